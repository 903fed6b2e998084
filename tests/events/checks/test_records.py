"""Each rule by which a saved event or exhibition is looked through, on both sides of its border."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from events.checks import Surroundings, check_event, check_exhibition
from events.models import Event, Exhibition
from municipalities.models import Prefecture

AT = datetime(2026, 10, 1, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
DAY = date(2026, 10, 10)
GUNMA = Prefecture(code="10", name="群馬県", name_kana="ぐんまけん")
SOUND = {
    "title": "全国連携講演会",
    "title_kana": "ぜんこくれんけいこうえんかい",
    "fiscal_year": 2026,
    "first_day": DAY,
    "last_day": DAY,
    "venue_id": 1,
}


def event(**fields):
    return Event(**SOUND | fields)


def codes(found):
    return [(finding.code, finding.field) for finding in found]


def test_nothing_is_said_of_a_sound_event():
    assert check_event(event(), Surroundings(prefectures=[GUNMA]), AT) == []


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"title_kana": ""}, "missing_reading", "title_kana"),
        ({"venue_id": None}, "missing_place", "venue"),
        ({"fiscal_year": 2025}, "fiscal_year", "fiscal_year"),
        ({"first_day": date(2027, 3, 31), "last_day": date(2027, 3, 31), "fiscal_year": 2027}, *("fiscal_year",) * 2),
        ({"first_day": date(2027, 4, 1), "last_day": date(2027, 4, 1)}, *("fiscal_year",) * 2),
        ({"last_day": date(2026, 10, 9)}, "end_before_start", "last_day"),
        ({"start_time": time(13), "end_time": time(12)}, "end_before_start", "end_time"),
        ({"start_time": time(13), "end_time": time(13)}, "end_before_start", "end_time"),
        ({"first_day": date(2026, 9, 29), "last_day": date(2026, 9, 30)}, "still_planned", "status"),
        ({"fee": "500円", "is_free": True}, "fee", "is_free"),
        ({"fee": "無料", "is_free": False}, "fee", "is_free"),
        ({"fee": "無料"}, "fee", "is_free"),
        ({"fee": "１，０００円"}, "fee", "is_free"),
        ({"application_deadline": date(2026, 10, 11)}, "deadline", "application_deadline"),
        (
            {"end_time": time(16), "application_deadline": DAY, "application_deadline_time": time(17)},
            *("deadline", "application_deadline"),
        ),
        ({"title": "ぐんまの日"}, "prefecture", "title"),
        ({"date_note": "10月10日（金）"}, "weekday", "date_note"),
        ({"programme": "1日目\n10月11日（土）講演"}, "weekday", "programme"),
    ],
)
def test_what_is_doubtful_is_told_once_with_its_field(fields, code, field):
    found = check_event(event(**fields), Surroundings(prefectures=[GUNMA]), AT)

    assert codes(found) == [(code, field)]


@pytest.mark.parametrize(
    "fields",
    [
        {"venue_id": None, "is_also_online": True},
        {"venue_id": None, "meeting_place": "駅前広場"},
        {"venue_id": None, "status": "cancelled"},
        {"first_day": date(2027, 1, 1), "last_day": date(2027, 3, 31)},
        {"last_day": date(2026, 10, 11), "start_time": time(13), "end_time": time(12)},
        {"first_day": date(2026, 9, 30), "last_day": date(2026, 9, 30), "status": "held"},
        {"first_day": date(2026, 9, 30), "last_day": date(2026, 10, 1)},
        {"first_day": None, "last_day": None, "date_precision": "unknown"},
        {"fee": "入場無料（飲食は有料）", "is_free": True},
        {"fee": "大人500円、小学生無料", "is_free": False},
        {"fee": "大人500円、小学生無料"},
        {"fee": "500円", "is_free": False},
        {"is_free": True},
        {"application_deadline": DAY},
        {"end_time": time(16), "application_deadline": DAY, "application_deadline_time": time(16)},
        {"application_deadline": date(2026, 12, 1), "first_day": None, "last_day": None},
        {"date_note": "10月10日（土）", "summary": "昨年は10月11日（日）に開きました。"},
    ],
)
def test_what_is_well_is_not_mentioned(fields):
    assert check_event(event(**fields), Surroundings(prefectures=[GUNMA]), AT) == []


def test_a_whole_is_where_its_parts_are():
    assert check_event(event(venue_id=None), Surroundings(has_parts=True), AT) == []


def test_a_prefecture_that_is_linked_may_be_named():
    assert check_event(event(title="ぐんまの日"), Surroundings({"10"}, [GUNMA]), AT) == []


@pytest.mark.parametrize(
    ("start", "other", "found"),
    [
        (None, None, [("duplicate", "title")]),
        (time(10), None, [("duplicate", "title")]),
        (time(10), time(10), [("duplicate", "title")]),
        (time(10), time(14), []),
    ],
)
def test_two_that_begin_at_different_times_are_two(start, other, found):
    around = Surroundings(alike=[Event(pk=7, title="全国連携 講演会", start_time=other)])

    assert codes(check_event(event(start_time=start), around, AT)) == found


def test_a_duplicate_is_named():
    around = Surroundings(alike=[Event(pk=7, title="全国連携 講演会"), Event(pk=8, title="港の写真展")])

    assert [finding.message for finding in check_event(event(), around, AT)] == [
        "同じ日の「全国連携 講演会」（番号7）とよく似ています。二重の登録ではありませんか。"
    ]


def test_a_year_that_is_not_written_is_taken_from_the_fiscal_year_where_the_days_are_unknown():
    unknown = {"first_day": None, "last_day": None, "date_precision": "unknown", "fiscal_year": 2017}

    assert codes(check_event(event(**unknown, date_note="1月8日（月）か3月31日（土）"), Surroundings(), AT)) == [
        ("still_planned", "status")
    ]
    found = check_event(event(**unknown, date_note="1月8日（日）"), Surroundings(), AT)
    assert [finding.message for finding in found if finding.code == "weekday"] == [
        "「1月8日（日）」とありますが、平成30年1月8日は月曜日です。"
    ]


def test_an_exhibition_is_looked_through_as_well():
    exhibition = Exhibition(
        title="第1回全国連携展示（北海道町村）",
        subtitle="ぐんまの名物",
        fiscal_year=2018,
        first_day=date(2018, 8, 21),
        last_day=date(2018, 9, 27),
        tour_note="10月1日（日）から巡回します。",
    )

    found = check_exhibition(exhibition, Surroundings({"01"}, [GUNMA]), AT)

    assert codes(found) == [("prefecture", "subtitle"), ("still_planned", "status"), ("weekday", "tour_note")]
    assert found[0].message == "「ぐんま」とありますが、群馬県は関係する都道府県に入っていません。"


HOKKAIDO = Prefecture(code="01", name="北海道", name_kana="ほっかいどう")
BOTH = Surroundings({"01", "10"}, [HOKKAIDO, GUNMA])
TWO_NAMES = "題名には「北海道」、その内容には「ぐんま」とあります。どちらかが誤りではありませんか。"


@pytest.mark.parametrize(
    "fields", [{"title": "北海道の催し「ぐんまの日」"}, {"title": "北海道の催し", "theme": "ぐんまの日"}]
)
def test_an_event_whose_title_and_body_name_two_prefectures(fields):
    found = check_event(event(**fields), BOTH, AT)

    assert [(finding.code, finding.field, finding.message) for finding in found] == [
        ("contradiction", "title", TWO_NAMES)
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "全国連携展示（北海道町村）", "subtitle": "ぐんま鉄たび"},
        {"title": "全国連携展示", "exhibitor": "北海道町村", "subtitle": "ぐんま鉄たび"},
        {"title": "全国連携展示（北海道町村）「ぐんま鉄たび」"},
    ],
)
def test_an_exhibition_whose_title_and_subtitle_name_two_prefectures(fields):
    exhibition = Exhibition(fiscal_year=2026, first_day=DAY, last_day=DAY, **fields)

    found = check_exhibition(exhibition, BOTH, AT)

    assert [(finding.code, finding.field, finding.message) for finding in found] == [
        ("contradiction", "subtitle", TWO_NAMES)
    ]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"visitors": 30}, [("told_too_early", "results")]),
        ({"results": "盛況でした。"}, [("told_too_early", "results")]),
        ({"status": "held"}, [("told_too_early", "status")]),
        ({"status": "held", "visitors": 30, "first_day": date(2026, 10, 1)}, []),
        ({"status": "held", "visitors": 30, "first_day": None, "last_day": None}, []),
        ({}, []),
    ],
)
def test_nothing_is_reported_before_it_begins(fields, found):
    assert codes(check_event(event(**fields), Surroundings(), AT)) == found


def test_an_exhibition_is_not_held_before_it_begins():
    exhibition = Exhibition(title="展示", fiscal_year=2026, first_day=DAY, last_day=DAY, status="held")

    assert codes(check_exhibition(exhibition, Surroundings(), AT)) == [("told_too_early", "status")]
