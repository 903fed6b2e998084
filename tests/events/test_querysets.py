"""Which rows at which moment: the database and the row itself give the same answer, and the right one."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.choices import DatePrecision, EventKind, Status, StopState
from events.models import Event, Exhibition, TourStop, WardProject
from events.querysets import HostingCount
from events.querysets.event_page import files_of
from events.rules import is_stop_on
from events.wanted import Wanted
from tests.factories.core import ImageFactory
from tests.factories.events import (
    EventFactory,
    EventRoleFactory,
    ExhibitionFactory,
    TourStopFactory,
    VenueFactory,
    WardProjectFactory,
)
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory

pytestmark = pytest.mark.django_db


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Asia/Tokyo"))


TWO_DAYS = {"first_day": date(2026, 10, 10), "last_day": date(2026, 10, 11)}
WITH_TIME = {"first_day": date(2026, 10, 10), "start_time": time(14), "end_time": time(16)}
TWO_WITH_TIME = TWO_DAYS | {"start_time": time(14), "end_time": time(16)}
YEAR_END = {"first_day": date(2027, 3, 31)}
LEAP_DAY = {"first_day": date(2028, 2, 29)}
ERA_CHANGE = {"first_day": date(2019, 4, 30), "last_day": date(2019, 5, 1)}
MONTH = {"first_day": date(2017, 12, 1), "last_day": date(2017, 12, 31), "date_precision": DatePrecision.MONTH}
UNKNOWN = {"first_day": None, "fiscal_year": 2026}

# name, fields, moment, still to come or going on, on that day
CASES = [
    ("the day before", TWO_DAYS, moment(2026, 10, 9, 23, 59), True, False),
    ("first minute of the first day", TWO_DAYS, moment(2026, 10, 10, 0, 0), True, True),
    ("last minute of the last day", TWO_DAYS, moment(2026, 10, 11, 23, 59), True, True),
    ("the day after", TWO_DAYS, moment(2026, 10, 12, 0, 0), False, False),
    (
        "the day after in Tokyo, still the last day in UTC",
        TWO_DAYS,
        datetime(2026, 10, 11, 15, 0, tzinfo=UTC),
        False,
        False,
    ),
    ("before its start time", WITH_TIME, moment(2026, 10, 10, 9, 0), True, True),
    ("the minute before its end time", WITH_TIME, moment(2026, 10, 10, 15, 59), True, True),
    ("the minute of its end time", WITH_TIME, moment(2026, 10, 10, 16, 0), False, False),
    ("end time of the first of two days", TWO_WITH_TIME, moment(2026, 10, 10, 16, 0), True, True),
    ("end time of the second of two days", TWO_WITH_TIME, moment(2026, 10, 11, 16, 0), False, False),
    ("last day of the fiscal year", YEAR_END, moment(2027, 3, 31, 23, 59), True, True),
    ("first day of the next fiscal year", YEAR_END, moment(2027, 4, 1, 0, 0), False, False),
    ("the day before a leap day", LEAP_DAY, moment(2028, 2, 28, 12), True, False),
    ("a leap day", LEAP_DAY, moment(2028, 2, 29, 12), True, True),
    ("the day after a leap day", LEAP_DAY, moment(2028, 3, 1, 0, 0), False, False),
    ("last day of 平成", ERA_CHANGE, moment(2019, 4, 30, 23, 59), True, True),
    ("first day of 令和", ERA_CHANGE, moment(2019, 5, 1, 0, 0), True, True),
    ("second day of 令和", ERA_CHANGE, moment(2019, 5, 2, 0, 0), False, False),
    ("the month before a month", MONTH, moment(2017, 11, 30, 23, 59), True, False),
    ("last day of a month", MONTH, moment(2017, 12, 31, 23, 59), True, False),
    ("the month after a month", MONTH, moment(2018, 1, 1, 0, 0), False, False),
    ("unknown days, the year before", UNKNOWN, moment(2026, 3, 31, 12), True, False),
    ("unknown days, last day of their year", UNKNOWN, moment(2027, 3, 31, 23, 59), True, False),
    ("unknown days, the year after", UNKNOWN, moment(2027, 4, 1, 0, 0), False, False),
]


@pytest.mark.parametrize(("fields", "at", "to_come", "on"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_event_and_database_agree_on_when(fields, at, to_come, on):
    event = EventFactory(**fields)

    assert (event.has_ended(at), event.is_on(at)) == (not to_come, on)
    assert list(Event.objects.upcoming(at)) == ([event] if to_come else [])
    assert list(Event.objects.on_now(at)) == ([event] if on else [])


# An exhibition has no times of the day.
EXHIBITION_CASES = [case for case in CASES if "start_time" not in case[1]]


@pytest.mark.parametrize(
    ("fields", "at", "to_come", "on"), [case[1:] for case in EXHIBITION_CASES], ids=[c[0] for c in EXHIBITION_CASES]
)
def test_exhibition_and_database_agree_on_when(fields, at, to_come, on):
    exhibition = ExhibitionFactory(**fields)

    assert (exhibition.has_ended(at), exhibition.is_on(at)) == (not to_come, on)
    assert list(Exhibition.objects.upcoming(at)) == ([exhibition] if to_come else [])
    assert list(Exhibition.objects.on_now(at)) == ([exhibition] if on else [])
    assert list(Exhibition.objects.on_view(at)) == ([exhibition] if on else [])


@pytest.mark.parametrize(
    ("status", "to_come", "on"),
    [
        (Status.PLANNED, True, True),
        (Status.HELD, True, True),
        (Status.CANCELLED, False, False),
        (Status.POSTPONED, True, False),
        (Status.CHANGED, True, True),
        (Status.WITHHELD, True, False),
    ],
)
def test_status_decides_what_is_to_come_and_on(status, to_come, on):
    at = moment(2026, 10, 10, 12)
    event, exhibition = EventFactory(status=status, **TWO_DAYS), ExhibitionFactory(status=status, **TWO_DAYS)

    assert list(Event.objects.upcoming(at)) == ([event] if to_come else [])
    assert list(Event.objects.on_now(at)) == ([event] if on else [])
    assert event.is_on(at) is on
    assert exhibition.is_on(at) is on
    assert list(Exhibition.objects.on_view(at)) == ([exhibition] if on else [])


NOON = moment(2026, 10, 10, 12)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("factory", [EventFactory, ExhibitionFactory, WardProjectFactory])
@pytest.mark.parametrize(
    ("fields", "public"),
    [
        ({"publish_at": NOON - SECOND}, True),
        ({"publish_at": NOON}, True),
        ({"publish_at": NOON + SECOND}, False),
        ({"publish_at": NOON - SECOND, "unpublish_at": NOON + SECOND}, True),
        ({"publish_at": NOON - SECOND, "unpublish_at": NOON}, False),
        ({"publication_state": "draft", "publish_at": None}, False),
        ({"publication_state": "in_review"}, False),
        ({"publication_state": "approved"}, False),
        ({"publication_state": "withdrawn"}, False),
    ],
)
def test_only_what_is_public_at_the_moment_is_published(factory, fields, public):
    row = factory(**fields)

    assert list(type(row).objects.published(NOON)) == ([row] if public else [])
    assert row.is_public(NOON) is public


def test_what_is_to_come_stands_soonest_first_and_unknown_days_last():
    unknown = EventFactory(first_day=None, fiscal_year=2026)
    later = EventFactory(first_day=date(2026, 12, 1))
    long = EventFactory(first_day=date(2026, 11, 1), last_day=date(2026, 11, 3))
    short = EventFactory(first_day=date(2026, 11, 1))

    assert list(Event.objects.upcoming(NOON)) == [short, long, later, unknown]


def test_the_latest_stand_first_and_within_a_year_unknown_days_last():
    old = EventFactory(first_day=date(2018, 9, 1))
    unknown = EventFactory(first_day=None, fiscal_year=2026)
    known = EventFactory(first_day=date(2026, 5, 1))

    assert list(Event.objects.latest_first()) == [known, unknown, old]


def test_held_is_what_had_begun_and_was_not_called_off():
    begun = EventFactory(first_day=date(2026, 10, 10))
    EventFactory(first_day=date(2026, 10, 11))
    EventFactory(first_day=date(2026, 10, 10), status=Status.CANCELLED)
    EventFactory(first_day=None, fiscal_year=2020)

    assert list(Event.objects.held(NOON)) == [begun]


def test_fiscal_years_newest_first_and_with_those_of_others():
    for first_day in (date(2019, 1, 11), date(2018, 4, 1), date(2026, 3, 31)):
        EventFactory(first_day=first_day)
    ExhibitionFactory(first_day=date(2021, 5, 11))

    assert Event.objects.fiscal_years() == [2025, 2018]
    assert Event.objects.fiscal_years(Exhibition.objects.all()) == [2025, 2021, 2018]
    assert WardProject.objects.fiscal_years() == []


def test_rows_of_a_fiscal_year_a_kind_and_the_official_ones():
    lecture = EventFactory(first_day=date(2019, 1, 11))
    fair = EventFactory(first_day=date(2019, 4, 1), kind=EventKind.PROMOTION, is_demo=True)

    assert list(Event.objects.in_fiscal_year(2018)) == [lecture]
    assert list(Event.objects.of_kind(EventKind.PROMOTION)) == [fair]
    assert list(Event.objects.official()) == [lecture]


def test_a_whole_is_found_by_itself_or_by_a_public_part():
    whole = EventFactory()
    EventFactory(parent=whole, status=Status.CHANGED)
    EventFactory(parent=whole, status=Status.CANCELLED, publication_state="draft")
    alone = EventFactory(status=Status.CHANGED)

    assert set(Event.objects.found(Wanted(status=Status.CHANGED), NOON)) == {whole, alone}
    assert list(Event.objects.found(Wanted(status=Status.CANCELLED), NOON)) == []


def test_parts_come_in_the_order_of_the_programme_without_those_not_public():
    whole = EventFactory()
    second = EventFactory(parent=whole, listing_order=2, first_day=date(2026, 10, 6))
    first = EventFactory(parent=whole, listing_order=1, first_day=date(2026, 10, 7))
    for hidden in ({"publication_state": "draft"}, {"publication_state": "withdrawn"}, {"publish_at": NOON + SECOND}):
        EventFactory(parent=whole, **hidden)

    (found,) = Event.objects.whole().with_parts(NOON)

    assert list(found.sub_events.all()) == [first, second]


def test_pictures_are_shown_until_the_last_day_of_their_rights():
    event = EventFactory()
    for_good, until_today = ImageFactory(), ImageFactory(rights_until=NOON.date())
    event.images.set([for_good, until_today, ImageFactory(rights_until=NOON.date() - timedelta(days=1))])

    assert files_of(event.pk, NOON).images == [for_good, until_today]


def test_what_is_found_is_looked_up_once_and_not_once_for_each_row_that_is_listed():
    listed = Event.objects.found(Wanted(), NOON).listed(latest_first=False)[:20]
    newest = Event.objects.wholes_of(Event.objects.filter(title="x")).newest_wholes()[:20]

    plans = [rows.explain() for rows in (listed, newest)]

    assert [("Semi Join" in plan, "CORRELATED LIST SUBQUERY" in plan) for plan in plans] == [(False, False)] * 2


def test_an_event_is_found_once_by_a_municipality_with_several_parts_in_it():
    town = MunicipalityFactory()
    event = EventFactory(owner=town, venue=VenueFactory(municipality=town))
    EventRoleFactory(event=event, municipality=town, name="")
    EventRoleFactory(event=event, municipality=town, name="", role="patron")
    EventFactory()

    assert list(Event.objects.in_municipality(town.pk)) == [event]


STOP = {"first_day": date(2026, 10, 10), "last_day": date(2026, 10, 12)}


@pytest.mark.parametrize(
    ("fields", "day", "on"),
    [
        (STOP, 9, False),
        (STOP, 10, True),
        (STOP, 12, True),
        (STOP, 13, False),
        (STOP | {"state": StopState.PLANNED}, 10, True),
        (STOP | {"state": StopState.ARRANGING}, 10, False),
        (STOP | {"state": StopState.UNKNOWN}, 10, False),
        (STOP | {"state": StopState.CANCELLED}, 10, False),
        ({}, 10, False),
    ],
)
def test_rule_and_database_agree_on_where_a_tour_is(fields, day, on):
    at = moment(2026, 10, day, 12)
    stop = TourStopFactory(exhibition=ExhibitionFactory(first_day=date(2026, 8, 1)), **fields)

    assert is_stop_on(stop.state, stop.first_day, stop.last_day, at) is on
    assert list(TourStop.objects.on_now(at)) == ([stop] if on else [])
    assert list(Exhibition.objects.on_view(at)) == ([stop.exhibition] if on else [])


def test_hosting_counts_name_by_name():
    minato, meguro = WardFactory(code="131032"), WardFactory(code="131105")
    TourStopFactory(ward=minato)
    TourStopFactory(ward=minato, state=StopState.PLANNED)
    TourStopFactory(ward=meguro, state=StopState.CANCELLED)
    TourStopFactory(ward=None, state=StopState.ARRANGING)

    assert TourStop.objects.hosting_counts() == {"131032": HostingCount(stops=2, planned=1)}


def test_stops_of_exhibitions_that_are_public_and_of_those_that_are_official():
    official = TourStopFactory()
    fictional = TourStopFactory(exhibition=ExhibitionFactory(is_demo=True))
    TourStopFactory(exhibition=ExhibitionFactory(publication_state="draft"))
    TourStopFactory(exhibition=ExhibitionFactory(publication_state="withdrawn"))
    TourStopFactory(exhibition=ExhibitionFactory(publish_at=NOON + SECOND))

    public = TourStop.objects.of_public_exhibitions(NOON)

    assert set(public) == {official, fictional}
    assert list(public.official()) == [official]


def test_a_calendar_has_the_parts_of_an_event_in_place_of_the_whole():
    whole, single, undated = EventFactory(), EventFactory(), EventFactory()
    part = EventFactory(parent=whole)
    EventFactory(parent=single, publication_state="draft")
    EventFactory(parent=undated, first_day=None, fiscal_year=2026)

    standing = Event.objects.published(NOON).in_calendar(NOON)

    assert set(standing.filter(first_day__isnull=False)) == {part, single, undated}


def test_the_parts_of_an_event_are_found_with_it_by_place():
    prefecture, town = PrefectureFactory(code="20"), MunicipalityFactory()
    whole = EventFactory(owner=town)
    whole.prefectures.set([prefecture])
    part = EventFactory(parent=whole)
    EventFactory()

    assert set(Event.objects.in_municipality(town.pk)) == {whole, part}
    assert set(Event.objects.in_prefecture("20")) == {whole, part}
