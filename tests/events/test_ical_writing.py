"""Entries written as iCalendar, read back by two readers."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.ical.entries import CANCELLED, CONFIRMED, TENTATIVE, Entry
from events.ical.writing import Heading, calendar_of
from portal.core.text import plain
from tests.calendars import read

TOKYO = ZoneInfo("Asia/Tokyo")
ONE_DAY = timedelta(days=1)
MOMENT = datetime(2026, 4, 1, 3, 4, 5, tzinfo=UTC)
HEADING = Heading("港区のイベント", "https://portal.example", "portal.example")
ENTRY = Entry(
    key="event-1",
    path="/events/1/",
    title="全国連携講演会",
    standing=CONFIRMED,
    category="講演会・シンポジウム・セミナー",
    first_day=date(2026, 10, 10),
    last_day=date(2026, 10, 10),
    start_time=None,
    end_time=None,
    place="東京区政会館",
    point=(35.699, 139.749),
    description="概要です。",
    contact="港区役所 企画課",
    whole="",
    revision=3,
    created=MOMENT - ONE_DAY,
    changed=MOMENT,
)


def written(heading: Heading = HEADING, **facts) -> bytes:
    return calendar_of([ENTRY._replace(**facts)], heading)


def read_one(heading: Heading = HEADING, **facts):
    (entry,) = read(written(heading, **facts)).values()
    return entry


@pytest.mark.parametrize(
    ("first", "last", "end"),
    [
        (date(2026, 10, 10), date(2026, 10, 10), date(2026, 10, 11)),
        (date(2026, 10, 10), date(2026, 10, 12), date(2026, 10, 13)),
        # The end of a month, of a year, of 平成; a leap day, and the day before it.
        (date(2026, 9, 30), date(2026, 9, 30), date(2026, 10, 1)),
        (date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)),
        (date(2019, 4, 30), date(2019, 5, 1), date(2019, 5, 2)),
        (date(2019, 4, 29), date(2019, 4, 30), date(2019, 5, 1)),
        (date(2028, 2, 28), date(2028, 2, 28), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 2, 29), date(2028, 3, 1)),
        (date(2026, 2, 28), date(2026, 2, 28), date(2026, 3, 1)),
        # Longer than a year.
        (date(2026, 4, 1), date(2027, 5, 31), date(2027, 6, 1)),
    ],
)
def test_whole_days_end_before_the_day_after_the_last(first, last, end):
    entry = read_one(first_day=first, last_day=last)

    assert (entry.start, entry.end) == (first, end)
    assert not isinstance(entry.start, datetime)
    assert entry.zone == ""


@pytest.mark.parametrize(
    "day", [date(2026, 10, 10), date(2026, 12, 31), date(2028, 2, 29), date(2019, 4, 30), date(2019, 5, 1)]
)
def test_the_hours_of_a_day_are_those_of_tokyo(day):
    entry = read_one(first_day=day, last_day=day, start_time=time(13), end_time=time(16, 30))

    assert entry.start == datetime.combine(day, time(13), TOKYO) == datetime.combine(day, time(4), UTC)
    assert entry.end - entry.start == timedelta(hours=3, minutes=30)
    assert (entry.zone, entry.start.utcoffset()) == ("Asia/Tokyo", timedelta(hours=9))


def test_hours_are_written_as_local_time_under_a_zone_that_the_calendar_brings():
    body = written(start_time=time(0, 30), end_time=time(8)).decode()

    assert "DTSTART;TZID=Asia/Tokyo:20261010T003000\r\n" in body
    assert "DTEND;TZID=Asia/Tokyo:20261010T080000\r\n" in body
    (zone,) = icalendar.Calendar.from_ical(body).walk("VTIMEZONE")
    (standard,) = zone.walk("STANDARD")
    assert zone["TZID"] == "Asia/Tokyo"
    assert standard["TZOFFSETTO"].td == standard["TZOFFSETFROM"].td == timedelta(hours=9)


def test_an_end_that_nobody_wrote_down_is_not_invented():
    entry = read_one(start_time=time(13))

    assert (entry.start, entry.end) == (datetime(2026, 10, 10, 13, tzinfo=TOKYO), None)


@pytest.mark.parametrize(
    "facts",
    [
        {"end_time": time(17)},
        {"last_day": date(2026, 10, 11), "start_time": time(10), "end_time": time(17)},
    ],
)
def test_several_days_and_a_day_without_a_beginning_are_whole_days(facts):
    entry = read_one(**facts)

    assert entry.start == date(2026, 10, 10)
    assert entry.end == facts.get("last_day", entry.start) + ONE_DAY


def test_an_entry_says_all_that_is_known():
    entry = read_one(whole="event-9")

    assert entry.texts == {
        "SUMMARY": "全国連携講演会",
        "DESCRIPTION": "概要です。\n詳しくは：https://portal.example/events/1/",
        "LOCATION": "東京区政会館",
        "STATUS": "CONFIRMED",
        "URL": "https://portal.example/events/1/",
        "CONTACT": "港区役所 企画課",
        "RELATED-TO": "event-9@portal.example",
        "TRANSP": "TRANSPARENT",
    }
    assert entry.categories == ["講演会・シンポジウム・セミナー"]
    assert entry.point == (35.699, 139.749)
    assert (entry.sequence, entry.stamp, entry.changed, entry.created) == (3, MOMENT, MOMENT, MOMENT - ONE_DAY)


def test_what_is_not_known_is_not_written():
    entry = read_one(place="", point=None, contact="", description="")

    assert set(entry.texts) == {"SUMMARY", "DESCRIPTION", "STATUS", "URL", "TRANSP"}
    assert entry.lines == ["詳しくは：https://portal.example/events/1/"]
    assert entry.point is None


def test_the_number_of_an_entry_comes_from_the_authority_alone():
    elsewhere = HEADING._replace(address="https://www.portal.example")

    assert list(read(written())) == list(read(written(elsewhere))) == ["event-1@portal.example"]


@pytest.mark.parametrize(
    ("keeps_cancelled", "standing", "status"),
    [
        (False, CANCELLED, "CANCELLED"),
        (True, CANCELLED, None),
        (False, TENTATIVE, "TENTATIVE"),
        (True, TENTATIVE, "TENTATIVE"),
        (True, CONFIRMED, "CONFIRMED"),
    ],
)
def test_a_calendar_that_keeps_what_is_cancelled_has_no_such_status(keeps_cancelled, standing, status):
    entry = read_one(HEADING._replace(keeps_cancelled=keeps_cancelled), standing=standing)

    assert entry.texts.get("STATUS") == status


@pytest.mark.parametrize(
    ("facts", "busy"),
    [
        ({"start_time": time(13)}, "OPAQUE"),
        ({"start_time": time(13), "standing": CANCELLED}, "TRANSPARENT"),
        ({"start_time": time(13), "standing": TENTATIVE}, "TRANSPARENT"),
        ({}, "TRANSPARENT"),
        ({"start_time": time(13), "last_day": date(2026, 10, 11)}, "TRANSPARENT"),
    ],
)
def test_people_are_busy_only_in_the_hours_of_what_takes_place(facts, busy):
    assert read_one(**facts).texts["TRANSP"] == busy


@pytest.mark.parametrize(
    "words",
    [
        "講演、討論,展示;即売",
        "円記号\\と\\nの文字",
        "一行目\n二行目\n\n四行目",
        "「引用」\"quoted\" 'single'",
        "a:b=c;d",
        "絵文字🍵と𠮷野家、合字が",
        "END:VEVENT",
        "、" * 200,
        "x" * 300,
    ],
)
def test_text_comes_back_as_it_was_written(words):
    entry = read_one(title=words, place=words, contact=words, description=words)

    assert {entry.texts[name] for name in ("SUMMARY", "LOCATION", "CONTACT")} == {words}
    assert entry.texts["DESCRIPTION"].startswith(f"{words}\n")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_and_makes_no_line_of_its_own(words):
    words = plain(f"「{words}」")

    assert read_one(title=words).title == words


# In the summers of 1948 to 1951 clocks in Japan stood an hour ahead: the zone that our calendars bring does not say so.
@given(
    first=st.dates(date(1952, 1, 1), date(2199, 1, 1)),
    length=st.integers(0, 800),
    hours=st.none() | st.tuples(st.times(), st.none() | st.times()),
)
def test_any_days_are_understood_the_same_by_both_readers(first, length, hours):
    last = first + timedelta(days=length)
    start, end = (moment and moment.replace(microsecond=0) for moment in hours or (None, None))
    if start and end and end <= start:
        end = None
    entry = read_one(first_day=first, last_day=last, start_time=start, end_time=end)

    if length == 0 and start:
        assert entry.start.replace(tzinfo=None) == datetime.combine(first, start)
    else:
        assert (entry.start, entry.end) == (first, last + ONE_DAY)


def test_a_single_file_names_no_calendar():
    calendar = icalendar.Calendar.from_ical(written())

    assert (calendar["VERSION"], calendar["CALSCALE"]) == ("2.0", "GREGORIAN")
    assert [name for name in calendar if name.startswith(("X-", "NAME", "REFRESH", "METHOD"))] == []


def test_a_subscription_says_its_name_and_how_often_to_look_again():
    heading = HEADING._replace(is_live=True, note="日程の早いものから500件です。")
    calendar = icalendar.Calendar.from_ical(calendar_of([ENTRY], heading))

    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "港区のイベント"
    assert calendar["DESCRIPTION"] == calendar["X-WR-CALDESC"] == "日程の早いものから500件です。"
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"PT6H"
    assert calendar["X-PUBLISHED-TTL"] == "PT6H"
    assert calendar["X-WR-TIMEZONE"] == "Asia/Tokyo"


def test_a_subscription_that_holds_everything_explains_nothing():
    calendar = icalendar.Calendar.from_ical(calendar_of([], HEADING._replace(is_live=True)))

    assert "X-WR-CALDESC" not in calendar
    assert read(calendar_of([], HEADING)) == {}


def test_the_same_entries_give_the_same_bytes():
    assert written() == written()
    assert written(revision=4) != written()
