"""The home page: what the project is, its numbers, what is coming, where to go on."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from disaster_support.choices import Giver, SupportKind
from events.choices import Status
from portal.choices import FigureState, FigureTable
from portal.core.wareki import era_date
from tests.factories.core import ImageFactory
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory, VenueFactory
from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardFactory,
)
from tests.factories.portal import NewsItemFactory, PublishedFigureFactory

pytestmark = pytest.mark.django_db

NOT_PUBLIC = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
]
TO_COME = date(2199, 4, 1)


@pytest.fixture
def page(client):
    return lambda: client.get("/")


def text_of(response):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))


def total(table, fiscal_year, value, **extra):
    return PublishedFigureFactory(
        table=table, row="total", label="合計", fiscal_year=fiscal_year, value=value, is_total=True, **extra
    )


def test_an_empty_site_says_what_is_missing_and_offers_the_next_step(page):
    response = page()
    text = text_of(response)

    assert response.status_code == 200
    assert text.count("公表値はまだ登録されていません。") == 2
    for message in (
        "いま効力のある協定の記録はありません。",
        "都道府県の情報はまだ登録されていません。",
        "予定されているイベントはまだありません。",
        "いま開催している展示はありません。",
        "お知らせはまだありません。",
        "23区の情報はまだ登録されていません。",
        "被災地支援の記録はまだ登録されていません。",
    ):
        assert message in text


def test_the_title_is_the_name_once_and_there_is_no_breadcrumb(page):
    html = page().content.decode()

    assert "<title>特別区全国連携プロジェクト</title>" in html
    assert "<h1>特別区全国連携プロジェクト</h1>" in html
    assert 'class="breadcrumb"' not in html
    assert html.count('<meta name="description"') == 1


def test_everything_can_be_searched_from_here(page):
    html = page().content.decode()

    assert html.count('method="get" action="/search/"') == 2
    assert html.count('type="search" name="q"') == 2
    assert '<label class="site-search__label" for="words">サイト内をさがす</label>' in html


def test_the_printed_totals_stand_with_unit_and_day_and_lead_to_their_tables(page):
    as_of = date(2021, 1, 1)
    total(FigureTable.PARTNERS, 2015, 660)
    total(FigureTable.PARTNERS, 2020, 1035, as_of=as_of)
    total(FigureTable.PROJECTS, 2015, 553, unit="事業")
    total(FigureTable.PROJECTS, 2020, 747, unit="事業", as_of=as_of)
    PublishedFigureFactory(table=FigureTable.PARTNERS, fiscal_year=2020, value=732)
    response = page()

    text = text_of(response)
    assert "連携自治体1,035自治体令和3年1月1日現在（公表値）" in text
    assert "連携事業747事業令和3年1月1日現在（公表値）" in text
    assert 'href="/statistics/#partners"' in response.content.decode()
    assert 'href="/statistics/#projects"' in response.content.decode()


def test_a_total_without_a_day_stands_with_its_fiscal_year(page):
    total(FigureTable.PARTNERS, 2015, 660)

    assert "連携自治体660自治体平成27年度（公表値）" in text_of(page())


def test_a_fictional_total_and_one_that_did_not_exist_are_no_number(page):
    total(FigureTable.PARTNERS, 2020, 9999, is_demo=True)
    total(FigureTable.PROJECTS, 2020, None, state=FigureState.DID_NOT_EXIST)

    assert text_of(page()).count("公表値はまだ登録されていません。") == 2


def test_bodies_and_members_of_agreements_in_force_are_counted_once(page):
    towns = [MunicipalityFactory() for _ in range(3)]
    CooperationAgreementFactory(bodies=[PartnerBodyFactory(), PartnerBodyFactory()], members=towns[:2])
    CooperationAgreementFactory(bodies=[PartnerBodyFactory()], members=towns[1:])
    for extra in [*NOT_PUBLIC, {"is_demo": True}, {"ends_on": date(2020, 1, 1)}, {"signed_on": TO_COME}]:
        CooperationAgreementFactory(members=[MunicipalityFactory()], **extra)

    today = era_date(timezone.localdate())
    assert f"広域連携協定3団体3自治体{today}現在（記録から算出）" in text_of(page())


def test_prefectures_stand_on_the_map_in_the_order_of_their_codes_with_their_official_count(page):
    south = PrefectureFactory(code="47", name="沖縄県", tile_row=11, tile_column=0)
    PrefectureFactory(code="01", name="北海道", tile_row=0, tile_column=13)
    PrefectureFactory(code="46", name="鹿児島県", tile_row=10, tile_column=1)
    MembershipFactory(municipality=MunicipalityFactory(prefecture=south))
    MembershipFactory(municipality=MunicipalityFactory(prefecture=south), is_demo=True)
    response = page()

    assert [(tile.prefecture.name, tile.number, tile.step) for tile in response.context["tiles"]] == [
        ("北海道", 0, 0),
        ("鹿児島県", 0, 0),
        ("沖縄県", 1, 1),
    ]
    html = response.content.decode()
    assert 'data-column="0" data-row="11" data-step="1"><a class="tile-map__link" href="/prefectures/47/">' in html
    assert "沖縄県1自治体" in text_of(response)
    assert 'href="/prefectures/">都道府県の一覧を表で見る</a>' in html


def test_the_legend_says_in_words_what_each_tint_stands_for(page):
    PrefectureFactory()

    assert "01～910～2930～4950以上" in text_of(page())


def test_the_five_events_that_come_next_are_shown_soonest_first(page):
    for day in (6, 5, 4, 3, 2, 1):
        EventFactory(title=f"{day}日の催し", first_day=TO_COME.replace(day=day))

    assert [event.title for event in page().context["events"]] == [f"{day}日の催し" for day in (1, 2, 3, 4, 5)]


def test_an_event_shows_day_kind_place_and_what_became_of_it(page):
    EventFactory(
        title="北の市", first_day=TO_COME, status=Status.POSTPONED, venue=VenueFactory(name="区政会館"), is_demo=True
    )

    text = text_of(page())
    assert "4月1日（月）講演会・シンポジウム・セミナー延期デモ北の市会場：区政会館" in text


def test_an_event_of_several_days_shows_its_last_and_what_is_to_be_known_of_its_days(page):
    EventFactory(title="南の市", first_day=TO_COME, last_day=TO_COME.replace(day=3), date_note="小雨決行")

    text = text_of(page())
    assert "4月1日（月）～3日（水）" in text
    assert text.count("小雨決行") == 1


def test_an_event_whose_day_is_not_known_says_what_is(page):
    month = {"date_precision": "month", "first_day": TO_COME, "last_day": TO_COME.replace(day=30)}
    unknown = {"date_precision": "unknown", "first_day": None, "last_day": None, "fiscal_year": 2198}
    EventFactory(**month)
    EventFactory(**unknown)
    EventFactory(**unknown, date_note="調整中")

    text = text_of(page())
    assert '<time class="date-block__words" datetime="2199-04">' in page().content.decode()
    assert "令和180年度日程は不明" in text
    assert text.count("調整中") == 1


def test_what_is_over_cancelled_or_not_public_is_not_announced(page):
    EventFactory(first_day=date(2017, 9, 9))
    EventFactory(first_day=TO_COME, status=Status.CANCELLED)
    whole = EventFactory(first_day=TO_COME, title="全体")
    EventFactory(first_day=TO_COME, title="部分", parent=whole)
    for extra in NOT_PUBLIC:
        EventFactory(first_day=TO_COME, **extra)
        ExhibitionFactory(first_day=date(2020, 1, 1), last_day=TO_COME, **extra)
        NewsItemFactory(**extra)
    response = page()

    assert [event.title for event in response.context["events"]] == ["全体"]
    assert response.context["on_view"] == []
    assert list(response.context["news"]) == []


def test_exhibitions_on_view_are_shown_with_a_picture_that_may_be_shown(page):
    tea = ExhibitionFactory(title="お茶の京都", first_day=date(2020, 1, 1), last_day=TO_COME, is_demo=True)
    tea.images.add(ImageFactory(alt_text="昔の茶畑", rights_until=date(2020, 1, 1)), ImageFactory(alt_text="茶畑"))
    ExhibitionFactory(title="縄文の大地", first_day=date(2019, 1, 8), last_day=date(2019, 2, 14))
    response = page()

    text = text_of(response)
    assert "お茶の京都デモ1月1日（水）～" in text
    assert "縄文の大地" not in text
    assert 'alt="茶畑"' in response.content.decode()
    assert "昔の茶畑" not in response.content.decode()


def test_an_exhibition_on_tour_is_announced_where_it_is_now(page):
    tour = ExhibitionFactory(
        first_day=date(2019, 1, 8), last_day=date(2019, 2, 14), venue=VenueFactory(name="前の会場")
    )
    days = {"first_day": date(2020, 1, 1), "last_day": TO_COME, "state": "planned"}
    TourStopFactory(exhibition=tour, ward=WardFactory(number=3), venue=VenueFactory(name="区民ホール"), **days)

    text = text_of(page())
    assert "1月1日（水）～令和181年4月1日（月）第3区区民ホール" in text
    assert "前の会場" not in text


def test_the_five_newest_notices_are_shown(page):
    for day in range(1, 7):
        NewsItemFactory(title=f"{day}日の知らせ", publish_at=datetime(2020, 5, day, tzinfo=UTC))

    assert [item.title for item in page().context["news"]] == [f"{day}日の知らせ" for day in (6, 5, 4, 3, 2)]


def test_wards_stand_in_their_official_order(page):
    for number in (23, 1, 9):
        WardFactory(number=number)

    assert [ward.name for ward in page().context["wards"]] == ["第1区", "第9区", "第23区"]


def test_disaster_support_is_one_kind_of_money_and_a_number_of_disasters(page):
    flood, quake = DisasterFactory(), DisasterFactory()
    SupportRecordFactory(disaster=flood, amount_yen=76_000_000)
    SupportRecordFactory(disaster=quake, amount_yen=207_000_000, giver=Giver.NOT_STATED)
    SupportRecordFactory(disaster=quake, amount_yen=1_000_000_000, kind=SupportKind.DONATION)
    SupportRecordFactory(disaster=quake, amount_yen=1_000_000, kind=SupportKind.SYMPATHY)
    SupportRecordFactory(disaster=quake, amount_yen=5, is_demo=True)
    for extra in [*NOT_PUBLIC, {"is_demo": True}]:
        SupportRecordFactory(disaster=DisasterFactory(**extra), amount_yen=7)
    response = page()

    text = text_of(response)
    assert "復興支援金の合計2億8,300万円" in text
    assert "支援した災害2件" in text
    assert '<data value="283000000">' in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    for number in range(rows):
        EventFactory(first_day=TO_COME)
        exhibition = ExhibitionFactory(first_day=date(2020, 1, 1), last_day=TO_COME)
        TourStopFactory(exhibition=exhibition)
        NewsItemFactory()
        SupportRecordFactory()
        CooperationAgreementFactory(members=[MunicipalityFactory()])
        total(FigureTable.PARTNERS, 2015 + number, 660)

    with django_assert_num_queries(12):
        client.get("/")
