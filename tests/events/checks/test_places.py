"""Stops of a tour and venues, on both sides of the border of each rule."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from events.checks.places import check_tour_stop, check_venue
from events.models import Exhibition, TourStop, Venue

AT = datetime(2020, 4, 1, 0, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
FIRST_DAY = date(2018, 8, 21)


def stop(exhibition_year=2018, **fields):
    exhibition = Exhibition(title="展示", fiscal_year=exhibition_year, first_day=FIRST_DAY)
    return TourStop(**{"exhibition": exhibition, "state": "planned"} | fields)


def codes(found):
    return [(doubt.code, doubt.field) for doubt in found]


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({}, "予定"),
        ({"state": "arranging"}, "調整中"),
        ({"first_day": date(2020, 3, 1), "last_day": date(2020, 3, 31), "exhibition_year": 2030}, "予定"),
    ],
)
def test_a_stop_that_is_over_and_still_to_come(fields, label):
    (doubt,) = check_tour_stop(stop(**fields), AT)

    assert (doubt.code, doubt.field) == ("stop_still_planned", "state")
    assert doubt.message == f"巡回の時期は過ぎていますが、「{label}」のままです。"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "held"},
        {"state": "cancelled"},
        {"state": "unknown"},
        {"exhibition_year": 2019},
        {"first_day": date(2020, 3, 1), "last_day": date(2020, 4, 1)},
    ],
)
def test_a_stop_that_may_still_come_or_is_settled(fields):
    assert codes(check_tour_stop(stop(**fields), AT)) == []


@pytest.mark.parametrize(("day", "found"), [(date(2018, 8, 20), [("period", "first_day")]), (FIRST_DAY, [])])
def test_a_tour_does_not_begin_before_its_exhibition(day, found):
    doubts = list(check_tour_stop(stop(state="held", first_day=day, last_day=day), AT))

    assert codes(doubts) == found
    assert all("平成30年8月21日" in doubt.message for doubt in doubts)


def test_an_exhibition_without_days_contradicts_no_stop():
    exhibition = Exhibition(title="展示", fiscal_year=2019)

    assert (
        codes(check_tour_stop(stop(exhibition=exhibition, first_day=FIRST_DAY, last_day=FIRST_DAY, state="held"))) == []
    )


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, [("missing_coordinates", "latitude")]),
        ({"latitude": 35, "longitude": 139}, []),
        ({"is_online": True}, []),
    ],
)
def test_a_venue_stands_somewhere_unless_it_is_online(fields, found):
    assert codes(check_venue(Venue(name="会館", **fields))) == found
