"""People type a word and get what it names."""

from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest

from portal.search import finding
from portal.search.choices import Kind
from tests.factories.core import AttachmentFactory
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.factories.events import EventFactory, ExhibitionFactory, SpeakerFactory, TourStopFactory, WardProjectFactory
from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MunicipalityFactory,
    MunicipalitySuccessionFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardFactory,
)
from tests.factories.portal import NewsItemFactory, PublicationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["千代田区", "千代田", "ちよだ", "チヨダ", "ﾁﾖﾀﾞ", "chiyoda", "CHIYODA", "131016"])
def test_a_ward_is_found_however_it_is_called(ask, words):
    WardFactory(code="131016", name="千代田区", name_kana="ちよだく", name_en="Chiyoda")

    assert ask(words).urls == ["/wards/131016/"]
    assert ask(words).counts == {"すべて": 1, "特別区": 1}


@pytest.mark.parametrize("words", ["茅ヶ崎", "茅ケ崎市", "茅が崎", "茅ガ崎"])
def test_small_and_large_ke_and_ga_are_one_letter(ask, words):
    town = MunicipalityFactory(name="茅ヶ崎市", name_kana="ちがさきし")

    assert ask(words).urls == [town.get_absolute_url()]


@pytest.mark.parametrize("words", ["旧川町", "きゅうかわまち", "先川村"])
def test_an_old_name_leads_to_the_town_of_today(ask, words):
    first = MunicipalityFactory(name="先川村", name_kana="さきかわむら", dissolved_on=date(1955, 4, 1))
    second = MunicipalityFactory(name="旧川町", name_kana="きゅうかわまち", dissolved_on=date(2006, 1, 1))
    today = MunicipalityFactory(name="新川市", name_kana="しんかわし")
    MunicipalitySuccessionFactory(predecessor=first, successor=second)
    MunicipalitySuccessionFactory(predecessor=second, successor=today)

    assert ask(words).urls == [today.get_absolute_url()]


def test_until_its_last_day_a_town_is_found_itself(ask, time_machine):
    old = MunicipalityFactory(name="旧川町", name_kana="きゅうかわまち", dissolved_on=date(2027, 1, 1))
    new = MunicipalityFactory(name="新川市", name_kana="しんかわし")
    MunicipalitySuccessionFactory(predecessor=old, successor=new)

    time_machine.move_to(datetime(2026, 12, 31, 14, 59, tzinfo=UTC), tick=False)
    assert ask("旧川町").urls == [old.get_absolute_url(), new.get_absolute_url()]
    time_machine.move_to(datetime(2026, 12, 31, 15, 0, tzinfo=UTC), tick=False)
    assert ask("旧川町").urls == [new.get_absolute_url()]


@pytest.mark.parametrize("words", ["H30", "Ｈ30", "平成30年度", "2018年度"])
def test_a_fiscal_year_finds_what_lies_in_it(ask, words):
    in_march = EventFactory(title="三月の会", first_day=date(2019, 3, 31))
    undated = EventFactory(title="日は未定の会", first_day=None, last_day=None, fiscal_year=2018)
    named = DisasterFactory(name="平成30年7月豪雨")
    EventFactory(title="前の年度の会", first_day=date(2018, 3, 31))
    EventFactory(title="次の年度の会", first_day=date(2019, 4, 1))

    assert sorted(ask(words).urls) == sorted(record.get_absolute_url() for record in (in_march, undated, named))


def test_a_calendar_year_and_a_day_are_found_as_such(ask):
    event = EventFactory(title="冬の会", first_day=date(2019, 1, 11))

    for words in ("平成31年", "2019年", "平成31年1月11日", "2019-01-11", "H31.1.11", "2019年1月", "平成31年1月"):
        assert ask(words).urls == [event.get_absolute_url()]
    assert ask("平成30年").urls == []


def test_every_word_must_be_there(ask):
    both = NewsItemFactory(title="温泉のお知らせ", body="<p>特産品も並びます。</p>")
    NewsItemFactory(title="温泉だけのお知らせ")

    assert ask("温泉 特産品").urls == [both.get_absolute_url()]
    assert ask("温泉　特産品").total == 1


def test_letters_must_follow_one_another(ask):
    NewsItemFactory(title="京都と東京")

    assert ask("東京").total == 1
    assert ask("東京都").total == 0
    assert ask("都東").total == 0


def test_what_is_quoted_must_stand_so(ask):
    right = NewsItemFactory(title="Tokyo Bay の会")
    NewsItemFactory(title="Bay と Tokyo の会")

    assert ask("tokyo bay").total == 2
    assert ask('"tokyo bay"').urls == [right.get_absolute_url()]
    assert ask("「tokyo bay」").urls == [right.get_absolute_url()]


def test_one_letter_is_enough(ask):
    first, last = NewsItemFactory(title="港の会"), NewsItemFactory(title="みんなの港")
    NewsItemFactory(title="川の会")

    assert sorted(ask("港").urls) == sorted([first.get_absolute_url(), last.get_absolute_url()])


def test_names_come_before_readings_before_texts_before_what_is_older(ask):
    body_old = NewsItemFactory(title="古い知らせ", body="<p>湯川で</p>", publish_at=datetime(2020, 1, 1, tzinfo=UTC))
    body_new = NewsItemFactory(title="新しい知らせ", body="<p>湯川で</p>", publish_at=datetime(2021, 1, 1, tzinfo=UTC))
    holds = NewsItemFactory(title="秋の湯川だより")
    begins = NewsItemFactory(title="湯川まつり")
    town = MunicipalityFactory(name="湯川村", name_kana="ゆがわむら")

    assert ask("湯川").urls == [row.get_absolute_url() for row in (town, begins, holds, body_new, body_old)]


def test_a_town_by_its_reading_comes_before_what_takes_place_there(ask):
    ward = WardFactory(name="港区", name_kana="みなとく")
    project = WardProjectFactory(ward=ward, title="海の教室")

    assert ask("みなと").urls == [ward.get_absolute_url(), project.get_absolute_url()]


def test_the_records_around_one_are_told_with_it(ask):
    event = EventFactory(title="秋の会")
    SpeakerFactory(event=event, name="話者太郎", topic="里山資本")
    event.attachments.add(AttachmentFactory(title="当日配布資料"))
    exhibition = ExhibitionFactory(title="冬の展示")
    TourStopFactory(exhibition=exhibition, ward=WardFactory(name="渋谷区", name_kana="しぶやく"))
    disaster = DisasterFactory(name="台風")
    SupportRecordFactory(disaster=disaster, kind="goods", item="飲料水", quantity=5, unit="本", amount_yen=None)
    agreement = CooperationAgreementFactory(bodies=[PartnerBodyFactory(name="海辺県町村会")])
    paper = PublicationFactory(title="だより", attachment=AttachmentFactory(title="全紙面"))

    assert ask("里山資本").urls == [event.get_absolute_url()]
    assert ask("当日配布資料").urls == [event.get_absolute_url()]
    assert ask("しぶや", kind="exhibition").urls == [exhibition.get_absolute_url()]
    assert ask("飲料水").urls == [disaster.get_absolute_url()]
    assert ask("海辺県町村会").titles == [f"{agreement.title}との広域連携協定"]
    assert ask("全紙面").urls == [f"/publications/#publication-{paper.pk}"]


def test_the_numbers_are_those_of_the_lists(ask):
    prefecture = PrefectureFactory(name="湖県", name_kana="みずうみけん")
    for number in range(3):
        MunicipalityFactory(prefecture=prefecture, name=f"里{number}町")
    NewsItemFactory(title="湖県の知らせ")
    EventFactory(title="湖県の会", is_demo=True)
    whole = ask("湖県")

    assert whole.counts == {"すべて": 6, "都道府県": 1, "自治体": 3, "イベント": 1, "お知らせ": 1}
    assert whole.total == len(whole.urls) == 6
    for kind in (Kind.PREFECTURE, Kind.MUNICIPALITY, Kind.EVENT, Kind.NEWS):
        part = ask("湖県", kind=kind.value)
        assert part.total == len(part.urls) == whole.counts[kind.label]
        assert part.counts == whole.counts


def test_pages_follow_one_another_without_gap_or_repetition(ask):
    for number in range(45):
        NewsItemFactory(title=f"第{number}の知らせ")
    pages = [ask("知らせ", page=number) for number in (1, 2, 3)]

    assert [len(page.urls) for page in pages] == [20, 20, 5]
    assert len({url for page in pages for url in page.urls}) == 45
    assert f'href="?q={quote("知らせ")}&amp;page=2"' in pages[0].html
    assert ask("知らせ", page=4).response.status_code == 404
    assert ask("知らせ", page="x").response.status_code == 404


def test_of_very_many_the_best_are_shown_and_nothing_is_said_of_the_rest(ask, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 5)
    for number in range(8):
        NewsItemFactory(title=f"第{number}号", body="<p>催しのご案内</p>")
    named = [EventFactory(title="催し").get_absolute_url(), EventFactory(title="夏の催し").get_absolute_url()]
    whole = ask("催し")

    assert whole.urls[:2] == named
    assert whole.total == len(whole.urls) == 5
    assert "見つかったもの（5件以上）" in whole.html
    assert whole.counts == {}
    assert ask("催し", kind="event").total == 2
    assert "イベント（2件）" in ask("催し", kind="event").html
    assert ask("催し", kind="news").total == 5


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries, rows):
    for _ in range(rows):
        EventFactory(title="温泉の会")

    with django_assert_max_num_queries(3):
        client.get("/search/?q=温泉")
    with django_assert_max_num_queries(3):
        client.get("/search/suggestions/?q=温泉")
