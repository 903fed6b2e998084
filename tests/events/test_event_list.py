"""The list of events: what is to come, or what was asked for."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from events.choices import EventKind, Status
from tests.factories.events import EventFactory, ExhibitionFactory, VenueFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory
from tests.reading import headings, links, main_text, texts

pytestmark = pytest.mark.django_db

URL = "/events/"
# A Wednesday in October: the weekend is the 10th and 11th.
NOON = datetime(2026, 10, 7, 12, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def day(distance: int) -> date:
    """A day so many days from today."""
    return timezone.localdate() + timedelta(days=distance)


def titles(response) -> list[str]:
    return [row.title for row in response.context["events"]]


def test_without_a_filter_what_is_to_come_soonest_first(client):
    EventFactory(title="来月の講演会", first_day=day(30))
    EventFactory(title="明日の講演会", first_day=day(1))
    EventFactory(title="日程未定の講演会", first_day=None, fiscal_year=day(0).year + 1)
    EventFactory(title="昨日の講演会", first_day=day(-1))
    EventFactory(title="中止の講演会", first_day=day(1), status=Status.CANCELLED)

    response = client.get(URL)

    assert titles(response) == ["明日の講演会", "来月の講演会", "日程未定の講演会"]
    assert headings(response) == ["これからのイベント", "ほかの見方", "年度別の一覧"]
    assert 'class="disclosure" open' not in response.content.decode()


def test_what_the_public_must_not_see_is_nowhere(client):
    EventFactory(title="下書き", first_day=day(1), publication_state="draft")
    EventFactory(title="取下げ", first_day=day(1), publication_state="withdrawn")
    EventFactory(title="来年公開", first_day=day(1), publish_at=timezone.now() + timedelta(days=365))
    whole = EventFactory(title="全体", first_day=day(1))
    EventFactory(title="内緒の部分", first_day=day(1), parent=whole, publication_state="draft")
    hidden = EventFactory(title="内緒の全体", first_day=day(1), publication_state="draft")
    EventFactory(title="内緒の全体の部分", first_day=day(1), parent=hidden)

    for filters in ({}, {"kind": EventKind.LECTURE}, {"when": "tomorrow"}, {"when": "all"}):
        response = client.get(URL, filters)
        assert titles(response) == ["全体"]
        text = main_text(response)
        assert [word for word in ("下書き", "取下げ", "来年公開", "内緒") if word in text] == []
        assert "明日（1件）" in text


def test_an_entry_says_what_when_where_and_how_it_stands(client):
    event = EventFactory(
        title="歩く会", first_day=day(2), kind=EventKind.MEMBER, venue=VenueFactory(name="芝公園"), is_demo=True
    )

    response = client.get(URL)

    (entry,) = texts(response, "event-row")
    assert entry.split()[-5:] == ["歩く会", "会員自治体の催し", "開催予定", "デモ", "芝公園"]
    assert links(response)["歩く会"] == event.get_absolute_url()


def test_parts_are_listed_under_their_whole_only(client):
    whole = EventFactory(title="全体の催し", first_day=day(1))
    EventFactory(title="部分の催し", first_day=day(1), parent=whole, listing_order=1)

    response = client.get(URL)

    assert titles(response) == ["全体の催し"]
    (part,) = texts(response, "event-row__part")
    assert part.startswith("部分の催し")


def test_a_part_says_how_it_stands_only_where_it_differs(client):
    whole = EventFactory(first_day=date(2199, 4, 1), last_day=date(2199, 4, 2))
    EventFactory(title="歌", first_day=date(2199, 4, 1), parent=whole, listing_order=1)
    EventFactory(title="踊り", first_day=date(2199, 4, 2), parent=whole, listing_order=2, status=Status.CANCELLED)

    assert texts(client.get(URL), "event-row__part") == ["歌 4月1日（月）", "踊り 4月2日（火） 中止"]


@pytest.mark.parametrize(
    ("fields", "when"),
    [
        ({"first_day": date(2018, 7, 26)}, ["平成30年7月26日（木曜日）"]),
        ({"first_day": date(2018, 7, 26), "date_note": "雨天中止"}, ["平成30年7月26日（木曜日） （雨天中止）"]),
        ({"first_day": None, "fiscal_year": 2020, "date_note": "資料に記載なし"}, []),
    ],
)
def test_what_was_asked_for_says_its_year(client, fields, when):
    EventFactory(**fields)

    assert texts(client.get(URL, {"when": "past"}), "event-row__when") == when


def test_what_is_to_come_says_what_there_is_to_say_of_its_days(client):
    EventFactory(first_day=day(1), date_note="品物がなくなり次第終わります。")
    EventFactory(first_day=day(2))

    assert texts(client.get(URL), "event-row__when") == ["品物がなくなり次第終わります。"]


def test_an_event_leaves_at_its_end_time(client, noon):
    EventFactory(title="午前の部", first_day=NOON.date(), end_time="12:00")
    EventFactory(title="午後の部", first_day=NOON.date(), end_time="12:01")

    for filters in ({}, {"when": "today"}, {"when": "month"}):
        assert titles(client.get(URL, filters)) == ["午後の部"]
    assert titles(client.get(URL, {"when": "past"})) == ["午前の部"]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("today", ["7日"]),
        ("tomorrow", ["8日"]),
        ("weekend", ["10日"]),
        ("week", ["7日", "8日", "10日", "13日"]),
        ("month", ["10月のどこか", "7日", "8日", "10日", "13日", "14日"]),
        ("next_month", ["11月1日"]),
        ("past", ["6日"]),
        ("all", ["11月1日", "14日", "13日", "10日", "8日", "7日", "6日", "10月のどこか"]),
    ],
)
def test_the_times_people_ask_for(client, noon, when, found):
    for number in (6, 7, 8, 10, 13, 14):
        EventFactory(title=f"{number}日", first_day=date(2026, 10, number))
    EventFactory(title="11月1日", first_day=date(2026, 11, 1))
    EventFactory(title="10月のどこか", first_day=date(2026, 10, 1), last_day=date(2026, 10, 31), date_precision="month")
    EventFactory(title="日程不明", first_day=None, fiscal_year=2020)

    assert [title for title in titles(client.get(URL, {"when": when})) if title != "日程不明"] == found


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({"from": "2018-07-26", "to": "2018-07-26"}, ["講演会"]),
        ({"from": "平成30年7月26日", "to": "H30.9.8"}, ["物産展", "講演会"]),
        ({"from": "2018-09-09"}, ["物産展"]),
        ({"to": "２０１８年７月３０日"}, ["講演会"]),
        ({"when": "period", "from": "2018-10-01", "to": "2018-10-31"}, []),
    ],
)
def test_a_period_in_any_writing_both_ends_included(client, three, days, found):
    assert titles(client.get(URL, days)) == found


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({"from": "2017-12-01", "to": "2017-12-31"}, ["12月のどこか"]),
        ({"from": "2017-12-01", "to": "2017-12-30"}, []),
        ({"from": "2017-12-15", "to": "2017-12-15"}, []),
    ],
)
def test_where_only_the_month_is_known_it_is_found_in_a_period_that_holds_the_month(client, days, found):
    month = {"first_day": date(2017, 12, 1), "last_day": date(2017, 12, 31), "date_precision": "month"}
    EventFactory(title="12月のどこか", **month)

    assert titles(client.get(URL, days)) == found


@pytest.fixture
def three(db):
    EventFactory(title="講演会", first_day=date(2018, 7, 26), status=Status.HELD)
    fair = {"kind": EventKind.PROMOTION, "status": Status.HELD}
    EventFactory(title="物産展", first_day=date(2018, 9, 8), last_day=date(2018, 9, 9), **fair)
    EventFactory(title="中止の物産展", first_day=None, fiscal_year=2020, kind="promotion", status=Status.CANCELLED)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"when": "all", "kind": "promotion"}, ["中止の物産展", "物産展"]),
        ({"fiscal_year": "2018"}, ["物産展", "講演会"]),
        ({"when": "all", "status": "cancelled"}, ["中止の物産展"]),
        ({"kind": "promotion", "fiscal_year": "2018", "status": "held"}, ["物産展"]),
        ({"kind": "promotion"}, []),
        ({"kind": "promotion", "fiscal_year": "2020", "colour": "red"}, ["中止の物産展"]),
    ],
)
def test_filters_alone_and_together(client, three, filters, found):
    response = client.get(URL, filters)

    assert titles(response) == found
    assert 'class="disclosure" open' in response.content.decode()
    assert headings(response) == [f"条件に合うイベント（{len(found)}件）", "ほかの見方"]
    assert ("条件に合うイベントはありません。" in main_text(response)) is (found == [])


def test_places_are_those_of_the_event_and_of_its_whole(client):
    ward, town = WardFactory(code="131091", name="品川区"), MunicipalityFactory(name="第一町")
    prefecture = PrefectureFactory(code="20", name="長野県")
    here = EventFactory(title="品川で", first_day=day(1), venue=VenueFactory(municipality=ward))
    here.prefectures.set([prefecture])
    EventFactory(title="町が", first_day=day(2), owner=town)
    whole = EventFactory(title="全体", first_day=day(3))
    EventFactory(first_day=day(3), parent=whole, venue=VenueFactory(municipality=ward))

    assert titles(client.get(URL, {"ward": "131091"})) == ["品川で", "全体"]
    assert titles(client.get(URL, {"prefecture": "20"})) == ["品川で"]
    assert titles(client.get(URL, {"municipality": town.code})) == ["町が"]
    assert titles(client.get(URL, {"ward": "131091", "municipality": town.code})) == []


def test_free_and_online(client):
    EventFactory(title="無料", first_day=day(1), is_free=True)
    EventFactory(title="不明", first_day=day(2))
    EventFactory(title="有料で会場とオンライン", first_day=day(3), is_free=False, is_also_online=True)
    EventFactory(title="オンラインだけ", first_day=day(4), venue=VenueFactory(is_online=True), is_free=True)

    assert titles(client.get(URL, {"free": "on"})) == ["無料", "オンラインだけ"]
    assert titles(client.get(URL, {"online": "on"})) == ["有料で会場とオンライン", "オンラインだけ"]
    assert titles(client.get(URL, {"online": "on", "free": "on"})) == ["オンラインだけ"]


@pytest.mark.parametrize(
    ("filters", "messages"),
    [
        ({"kind": "song"}, ["種別：正しく選択してください。 song は候補にありません。"]),
        ({"fiscal_year": "2000"}, ["年度：正しく選択してください。 2000 は候補にありません。"]),
        ({"fiscal_year": "平成三十年"}, ["年度：正しく選択してください。 平成三十年 は候補にありません。"]),
        ({"status": "9" * 500}, [f"実施状況：正しく選択してください。 {'9' * 500} は候補にありません。"]),
        ({"ward": "131238"}, ["区：正しく選択してください。 131238 は候補にありません。"]),
        ({"municipality": "999999"}, ["市区町村：正しく選択してください。 999999 は候補にありません。"]),
        ({"when": "someday"}, ["いつ：正しく選択してください。 someday は候補にありません。"]),
        ({"from": "いつか"}, ["期間の初日：日付として読めません。例：2021-02-10、令和3年2月10日"]),
        ({"from": "2026-02-30"}, ["期間の初日：日付として読めません。例：2021-02-10、令和3年2月10日"]),
        (
            {"from": "0001-01-01"},
            ["期間の初日：昭和22年5月3日（1947-05-03）から2199-12-31までの日付を入れてください。"],
        ),
        ({"from": "2026-10-02", "to": "2026-10-01"}, ["期間の最終日：期間の最終日は、初日より前にできません。"]),
        ({"when": "period"}, ["期間の初日：期間の初日か最終日を入れてください。"]),
    ],
)
def test_a_wrong_filter_is_explained_and_left_out(client, three, filters, messages):
    EventFactory(title="明日の講演会", first_day=day(1))

    response = client.get(URL, filters)

    assert response.status_code == 200
    assert 'class="disclosure" open' in response.content.decode()
    assert texts(response, "error-summary__list") == messages
    assert headings(response)[0] == "これからのイベント"
    assert titles(response) == ["明日の講演会"]


def test_what_is_right_beside_something_wrong_still_counts(client, three):
    assert titles(client.get(URL, {"when": "all", "kind": "promotion", "from": "x"})) == ["中止の物産展", "物産展"]


def test_nothing_at_all_says_so_and_offers_the_next_step(client):
    response = client.get(URL)

    assert "これからのイベントは、まだ掲載されていません。" in main_text(response)
    assert "まだ記録がありません。" in main_text(response)
    assert links(response)["いま見られる展示"] == "/exhibitions/now/"


def test_where_nothing_is_found_the_next_step_keeps_the_rest(client, three):
    found = links(client.get(URL, {"when": "week", "kind": "promotion"}))

    assert found["すべての期間でさがす"] == "?when=all&kind=promotion"
    assert titles(client.get(URL + found["すべての期間でさがす"])) == ["中止の物産展", "物産展"]
    assert "すべての期間でさがす" not in links(client.get(URL, {"when": "all", "kind": "ward"}))


def test_the_calendar_is_asked_for_the_same_without_the_time(client):
    EventFactory(first_day=day(1))

    found = links(client.get(URL, {"when": "week", "kind": "lecture", "free": "on", "status": "planned"}))

    assert found["カレンダーで見る"] == "/events/calendar/?kind=lecture&status=planned&free=on"


def test_the_times_to_choose_keep_what_else_was_chosen(client):
    EventFactory(first_day=day(0), kind=EventKind.PROMOTION)
    EventFactory(first_day=day(0), kind=EventKind.LECTURE)

    response = client.get(URL, {"when": "today", "kind": "lecture"})

    found = links(response)
    assert found["今日（1件）"] == "?when=today&kind=lecture"
    assert found["これから"] == "?kind=lecture"
    assert 'href="?when=today&amp;kind=lecture" aria-current="true"' in response.content.decode()


def test_each_fiscal_year_leads_to_its_archive(client):
    EventFactory(first_day=date(2019, 1, 11))
    ExhibitionFactory(first_day=date(2019, 5, 14))
    EventFactory(first_day=date(2015, 5, 30), publication_state="draft")

    found = links(client.get(URL))

    assert {text: url for text, url in found.items() if "archive" in url} == {
        "令和元年度（2019年度）": "/events/archive/2019/",
        "平成30年度（2018年度）": "/events/archive/2018/",
    }


def test_matches_come_twenty_to_a_page_and_the_filter_stays(client):
    EventFactory.create_batch(21, first_day=date(2018, 7, 26))

    response = client.get(URL, {"kind": "lecture", "fiscal_year": "2018"})

    assert len(titles(response)) == 20
    assert links(response)["次のページ"] == "?kind=lecture&fiscal_year=2018&page=2"
    assert len(titles(client.get(URL, {"kind": "lecture", "fiscal_year": "2018", "page": "2"}))) == 1


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "９９", "9" * 400])
def test_a_page_that_does_not_exist_is_not_found(client, three, page):
    assert client.get(URL, {"page": page}).status_code == 404


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"when": "month"},
        {"when": "month", "ward": "131091", "kind": "lecture", "prefecture": "20", "free": "on"},
    ],
)
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_takes_six_queries(client, noon, rows, filters, django_assert_num_queries):
    ward, prefecture = WardFactory(code="131091"), PrefectureFactory(code="20")
    for _ in range(rows):
        venue = VenueFactory(municipality=ward)
        whole = EventFactory(first_day=date(2026, 10, 9), venue=venue, is_free=True)
        whole.prefectures.set([prefecture])
        EventFactory(first_day=date(2026, 10, 9), parent=whole)

    with django_assert_num_queries(6):
        response = client.get(URL, filters)

    assert response.context["page"].paginator.count == rows
    assert len(titles(response)) == min(rows, 20)
