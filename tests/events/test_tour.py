"""Where a tour goes next."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from events.choices import StopState
from events.models import TourStop
from events.tour import latest_day, next_stop

NOON = datetime(2026, 10, 10, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
PAST = {"first_day": date(2026, 9, 1), "last_day": date(2026, 9, 9), "state": StopState.HELD}
HERE = {"first_day": date(2026, 10, 10), "last_day": date(2026, 10, 12), "state": StopState.HELD}
SOON = {"first_day": date(2026, 10, 20), "last_day": date(2026, 10, 22), "state": StopState.PLANNED}
LATER = {"first_day": date(2026, 11, 20), "last_day": date(2026, 11, 22), "state": StopState.PLANNED}
PLANNED, ARRANGING = {"state": StopState.PLANNED}, {"state": StopState.ARRANGING}
CANCELLED, UNKNOWN = {"state": StopState.CANCELLED}, {"state": StopState.UNKNOWN}


@pytest.mark.parametrize(
    ("stops", "expected"),
    [
        ([PAST, HERE, SOON, LATER], 2),
        ([PAST, HERE, LATER, SOON], 3),
        ([PAST, HERE, PLANNED, SOON], 3),
        ([PAST, HERE, PLANNED, ARRANGING], 2),
        ([PAST, HERE, CANCELLED, UNKNOWN, ARRANGING], 4),
        ([PLANNED, HERE], None),
        ([PAST, PLANNED], 1),
        ([ARRANGING], 0),
        ([PAST, HERE], None),
        ([SOON | CANCELLED, PLANNED], 1),
        ([SOON | ARRANGING], None),
        ([], None),
    ],
)
def test_the_next_with_known_days_else_the_first_that_is_open(stops, expected):
    rows = [TourStop(**fields) for fields in stops]

    found = next_stop(rows, 2026, NOON)

    assert found is (None if expected is None else rows[expected])


@pytest.mark.parametrize(
    ("fields", "fiscal_year", "last"),
    [
        ({"last_day": date(2026, 10, 12)}, 2018, date(2026, 10, 12)),
        ({}, 2018, date(2020, 3, 31)),
        ({"fiscal_year": 2018}, 2018, date(2019, 3, 31)),
        ({"fiscal_year": 2021}, 2018, date(2022, 3, 31)),
    ],
)
def test_by_when_a_stop_must_be_over(fields, fiscal_year, last):
    assert latest_day(TourStop(**fields), fiscal_year) == last


def test_a_plan_of_long_ago_is_not_next():
    assert next_stop([TourStop(**PLANNED)], 2018, NOON) is None
    assert next_stop([TourStop(**PLANNED, fiscal_year=2026)], 2018, NOON) is not None
