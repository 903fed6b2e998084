"""The month as a calendar has it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from events.choices import EventKind, Status, StopState
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory, VenueFactory
from tests.factories.municipalities import PrefectureFactory, WardFactory
from tests.reading import headings, links, main_text, texts

pytestmark = pytest.mark.django_db

OCTOBER = "/events/calendar/2026/10/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(datetime(2026, 10, 7, 12, tzinfo=ZoneInfo("Asia/Tokyo")), tick=False):
        yield


def days(response) -> dict[str, str]:
    """What is said of each day of the month that has anything, by its date in words."""
    month = response.context["month"]
    cells = texts(response, "calendar__day")
    shown = [day for week in month.weeks for day in week]
    return {day.iso: cell for day, cell in zip(shown, cells, strict=True) if day.named or day.holiday or day.is_today}


def test_a_month_is_a_table_from_sunday_with_days_in_words(client):
    response = client.get(OCTOBER)

    assert headings(response, 1) == ["令和8年10月のイベントカレンダー"]
    head = [day.weekday for day in response.context["month"].weeks[0]]
    assert head == ["日", "月", "火", "水", "木", "金", "土"]
    html = response.content.decode()
    assert '<th scope="col">日<span class="visually-hidden">曜日</span></th>' in html
    assert days(response) == {"2026-10-07": "10月7日（水曜日） 今日", "2026-10-12": "10月12日（月曜日） スポーツの日"}
    assert html.count('aria-current="date"') == 1
    assert html.count("data-outside") == 4


def test_an_event_stands_on_each_of_its_days_in_full_only_on_the_first(client):
    EventFactory(title="秋の市", first_day=date(2026, 10, 9), last_day=date(2026, 10, 11), start_time="10:30")

    assert days(client.get(OCTOBER)) | {"2026-10-07": "", "2026-10-12": ""} == {
        "2026-10-07": "",
        "2026-10-09": "10月9日（金曜日） 10:30 秋の市",
        "2026-10-10": "10月10日（土曜日） 秋の市（続き）",
        "2026-10-11": "10月11日（日曜日） 秋の市（続き）",
        "2026-10-12": "",
    }


@pytest.mark.parametrize(
    ("address", "first", "last", "shown"),
    [
        ("2026/12", date(2026, 12, 30), date(2027, 1, 2), ["2026-12-30", "2026-12-31"]),
        ("2027/01", date(2026, 12, 30), date(2027, 1, 2), ["2027-01-01", "2027-01-02"]),
        ("2028/02", date(2028, 2, 28), date(2028, 3, 1), ["2028-02-28", "2028-02-29"]),
        ("2027/02", date(2027, 2, 28), date(2027, 3, 1), ["2027-02-28"]),
        ("2019/04", date(2019, 4, 29), date(2019, 5, 2), ["2019-04-29", "2019-04-30"]),
        ("2019/05", date(2019, 4, 29), date(2019, 5, 2), ["2019-05-01", "2019-05-02"]),
    ],
)
def test_over_the_end_of_a_year_a_leap_day_and_the_change_of_era(client, address, first, last, shown):
    EventFactory(title="またぐ催し", first_day=first, last_day=last)

    found = days(client.get(f"/events/calendar/{address}/"))

    assert [day for day, text in found.items() if "またぐ催し" in text] == shown
    assert "続き" not in found[shown[0]]


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("2019/04", "平成31年4月のイベントカレンダー"),
        ("2019/05", "令和元年5月のイベントカレンダー"),
        ("1989/01", "昭和64年1月のイベントカレンダー"),
        ("1947/05", "昭和22年5月のイベントカレンダー"),
        ("2199/12", "令和181年12月のイベントカレンダー"),
    ],
)
def test_a_month_has_the_name_of_its_era(client, address, heading):
    assert headings(client.get(f"/events/calendar/{address}/"), 1) == [heading]


@pytest.mark.parametrize(
    "address", ["2026/00", "2026/13", "2026/1", "1946/12", "2200/01", "0000/01", "２０２６/10", "2026/１０", "99999/01"]
)
def test_a_month_that_is_none_is_not_found(client, address):
    assert client.get(f"/events/calendar/{address}/").status_code == 404


def test_without_a_month_it_is_this_one(client):
    response = client.get("/events/calendar/")

    assert headings(response, 1) == ["令和8年10月のイベントカレンダー"]
    assert f'<link rel="canonical" href="http://testserver{OCTOBER}">' in response.content.decode()


def test_what_must_not_be_seen_is_nowhere(client):
    EventFactory(title="下書き", publication_state="draft")
    EventFactory(title="取下げ", publication_state="withdrawn")
    EventFactory(title="先の公開", publish_at=datetime(2027, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo")))
    ExhibitionFactory(title="下書きの展示", publication_state="draft")
    TourStopFactory(
        exhibition=ExhibitionFactory(title="取り下げた展示", first_day=date(2026, 9, 1), publication_state="withdrawn"),
        first_day=date(2026, 10, 10),
        last_day=date(2026, 10, 10),
    )
    whole = EventFactory(title="全体の催し")
    EventFactory(title="内緒の部分", parent=whole, publication_state="draft")

    text = main_text(client.get(OCTOBER))

    assert [word for word in ("下書き", "取下げ", "先の公開", "取り下げた", "内緒") if word in text] == []
    assert "全体の催し" in text


def test_parts_stand_in_place_of_their_whole(client):
    whole = EventFactory(title="全体の催し", first_day=date(2026, 10, 17), last_day=date(2026, 10, 18))
    EventFactory(title="歌", parent=whole, first_day=date(2026, 10, 17))
    EventFactory(title="踊り", parent=whole, first_day=date(2026, 10, 18), status=Status.CANCELLED)

    found = days(client.get(OCTOBER))

    assert found["2026-10-17"] == "10月17日（土曜日） 歌"
    assert found["2026-10-18"] == "10月18日（日曜日） 中止 踊り"


def test_exhibitions_and_the_stops_of_their_tours_are_marked(client):
    ward = WardFactory(code="131091", name="品川区")
    kyoto = ExhibitionFactory(
        title="京都の展示", first_day=date(2026, 10, 1), last_day=date(2026, 10, 2), venue=VenueFactory(name="区政会館")
    )
    week = {"first_day": date(2026, 10, 20), "last_day": date(2026, 10, 21)}
    TourStopFactory(exhibition=kyoto, ward=ward, **week)
    TourStopFactory(exhibition=kyoto, ward=ward, state=StopState.CANCELLED, **week)
    TourStopFactory(exhibition=kyoto, ward=None, state=StopState.ARRANGING, **week)

    found = days(client.get(OCTOBER))

    assert found["2026-10-01"] == "10月1日（木曜日） 展示 区政会館 京都の展示"
    assert found["2026-10-20"] == "10月20日（火曜日） 展示 品川区 京都の展示 展示 品川区 中止 京都の展示"


def test_what_runs_longer_than_a_month_stands_above_and_what_has_no_day_below(client):
    EventFactory(title="スタンプラリー", first_day=date(2026, 9, 1), last_day=date(2026, 12, 31))
    EventFactory(title="月末からの催し", first_day=date(2026, 10, 30), last_day=date(2026, 12, 1), is_demo=True)
    month = {"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 31), "date_precision": "month"}
    EventFactory(title="日にちは調整中の会", **month)

    response = client.get(OCTOBER)

    assert headings(response) == ["長い期間のもの", "日が決まっていないもの"]
    long, undated = texts(response, "calendar-aside__list")
    assert long == (
        "スタンプラリー 9月1日（火）～12月31日（木） この月を通して デモ 月末からの催し 10月30日（金）～12月1日（火）"
    )
    assert undated == "日にちは調整中の会"
    assert set(days(response)) == {"2026-10-07", "2026-10-12"}


def test_a_day_has_three_lines_for_its_events(client):
    for hour in (9, 10, 11):
        EventFactory(title=f"{hour}時の会", first_day=date(2026, 10, 17), start_time=f"{hour}:00")

    assert days(client.get(OCTOBER))["2026-10-17"] == "10月17日（土曜日） 9:00 9時の会 10:00 10時の会 11:00 11時の会"


def test_of_a_busy_day_two_are_named_and_the_rest_is_a_number_that_leads_to_the_list(client):
    for hour in range(9, 14):
        EventFactory(title=f"{hour}時の会", first_day=date(2026, 10, 17), start_time=f"{hour}:00", is_free=True)
    EventFactory(title="前日からの市", first_day=date(2026, 10, 16), last_day=date(2026, 10, 17), is_free=True)

    response = client.get(OCTOBER, {"free": "on"})

    assert days(response)["2026-10-17"] == "10月17日（土曜日） 9:00 9時の会 10:00 10時の会 ほか4件（10月17日）"
    address = links(response)["ほか4件（10月17日）"]
    assert address == "/events/?when=period&from=2026-10-17&to=2026-10-17&free=on"
    assert client.get(address).context["page"].paginator.count == 6


def test_an_empty_month_says_so_and_offers_the_next_step(client):
    response = client.get(OCTOBER)

    assert "令和8年10月の催しは、掲載されていません。これからのイベントもご覧ください。" in main_text(response)
    filtered = client.get(OCTOBER, {"kind": "ward"})
    assert "令和8年10月の条件に合う催しは、掲載されていません。" in main_text(filtered)
    assert links(filtered)["条件を外して見る"] == OCTOBER


def test_questions_are_kept_from_month_to_month(client):
    EventFactory(title="講演会", kind=EventKind.LECTURE)
    EventFactory(title="物産展", kind=EventKind.PROMOTION)
    ExhibitionFactory(title="展示")

    response = client.get(OCTOBER, {"kind": "lecture"})

    found = links(response)
    assert [word for word in ("講演会", "物産展", "展示") if word in found] == ["講演会"]
    assert found["前の月：令和8年9月"] == "/events/calendar/2026/09/?kind=lecture"
    assert found["次の月：令和8年11月"] == "/events/calendar/2026/11/?kind=lecture"
    assert found["この月のイベントを一覧で見る"] == "/events/?when=period&from=2026-10-01&to=2026-10-31&kind=lecture"
    assert links(client.get(found["次の月：令和8年11月"]))["今月"] == "/events/calendar/?kind=lecture"


def test_places(client):
    ward, other = WardFactory(code="131091", name="品川区"), WardFactory(code="131105", name="目黒区")
    kyoto = PrefectureFactory(code="26", name="京都府")
    EventFactory(title="品川の会", venue=VenueFactory(municipality=ward))
    EventFactory(title="京都の会").prefectures.set([kyoto])
    exhibition = ExhibitionFactory(title="京都の展示", prefecture=kyoto, venue=VenueFactory(municipality=other))
    days = {"first_day": date(2026, 10, 20), "last_day": date(2026, 10, 20)}
    TourStopFactory(exhibition=exhibition, ward=ward, **days)

    def shown(**asked):
        month = client.get(OCTOBER, asked).context["month"]
        return [(entry.title, entry.place) for week in month.weeks for day in week for entry, _ in day.named]

    assert shown(ward="131091") == [("品川の会", ""), ("京都の展示", "品川区")]
    assert shown(ward="131105") == [("京都の展示", "目黒区")]
    assert shown(prefecture="26") == [("京都の展示", "目黒区"), ("京都の会", ""), ("京都の展示", "品川区")]
    assert shown(status="cancelled") == []
    assert shown(online="on") == []


def test_a_wrong_question_is_explained_and_left_out(client):
    EventFactory(title="講演会")

    response = client.get(OCTOBER, {"ward": "999999", "when": "someday"})

    assert texts(response, "error-summary__list") == ["区：正しく選択してください。 999999 は候補にありません。"]
    assert "講演会" in links(response)


@pytest.mark.parametrize(
    ("address", "previous", "following", "indexed"),
    [
        ("2026/10", True, True, True),
        ("2018/07", True, True, True),
        ("2017/07", False, True, True),
        ("2017/06", False, True, False),
        ("2017/05", False, False, False),
        ("2027/10", True, False, True),
        ("2027/11", True, False, False),
        ("2100/01", False, False, False),
        ("1947/01", False, False, False),
    ],
)
def test_links_end_a_year_before_and_after_what_there_is(client, address, previous, following, indexed):
    EventFactory(first_day=date(2018, 7, 26))
    EventFactory(first_day=date(2030, 1, 1), publication_state="draft")

    response = client.get(f"/events/calendar/{address}/")

    found = " ".join(links(response))
    assert ("前の月" in found, "次の月" in found) == (previous, following)
    assert ('content="noindex"' not in response.content.decode()) is indexed


def test_what_was_asked_for_is_not_for_search_engines(client):
    assert 'content="noindex"' in client.get(OCTOBER, {"kind": "ward"}).content.decode()


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_month_takes_five_queries(client, rows, django_assert_num_queries):
    for n in range(rows):
        first = date(2026, 10, 1) + timedelta(days=n % 30)
        EventFactory(parent=EventFactory(first_day=first), first_day=first)
        exhibition = ExhibitionFactory(first_day=first)
        TourStopFactory(exhibition=exhibition, first_day=first, last_day=first, ward=WardFactory())

    with django_assert_num_queries(5):
        response = client.get(OCTOBER)

    assert response.context["month"].total == 3 * rows


def test_of_very_many_alike_the_first_few_are_named_and_all_are_counted(client):
    for n in range(40):
        EventFactory(title=f"会{n:02}", first_day=date(2026, 10, 17))
        EventFactory(title=f"市{n:02}", first_day=date(2026, 10, 17), last_day=date(2026, 10, 18))
    month = {"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 31), "date_precision": "month"}
    for n in range(5):
        EventFactory(title=f"調整中{n}", **month)

    response = client.get(OCTOBER)

    assert days(response)["2026-10-17"] == "10月17日（土曜日） 会00 市00 ほか78件（10月17日）"
    assert days(response)["2026-10-18"] == "10月18日（日曜日） 市00（続き） 市01（続き） ほか38件（10月18日）"
    assert texts(response, "calendar-aside__list") == ["調整中0 調整中1 調整中2"]
    assert "日を書かないものが、ほかに2件あります。" in main_text(response)
    assert response.context["month"].total == 85
