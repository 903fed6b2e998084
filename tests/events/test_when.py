"""The days that today, this weekend or next month mean."""

from datetime import date

import pytest

from events.wanted import Wanted
from events.when import Span, When, month_of, next_month, previous_month, span_of

WEDNESDAY = date(2026, 10, 7)


@pytest.mark.parametrize(
    ("when", "today", "first", "last"),
    [
        (When.TODAY, WEDNESDAY, WEDNESDAY, WEDNESDAY),
        (When.TOMORROW, date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 1)),
        (When.TOMORROW, date(2028, 2, 28), date(2028, 2, 29), date(2028, 2, 29)),
        (When.WEEKEND, WEDNESDAY, date(2026, 10, 10), date(2026, 10, 11)),
        (When.WEEKEND, date(2026, 10, 10), date(2026, 10, 10), date(2026, 10, 11)),
        (When.WEEKEND, date(2026, 10, 11), date(2026, 10, 10), date(2026, 10, 11)),
        (When.WEEKEND, date(2026, 10, 12), date(2026, 10, 17), date(2026, 10, 18)),
        (When.WEEK, date(2026, 12, 28), date(2026, 12, 28), date(2027, 1, 3)),
        (When.MONTH, date(2028, 2, 10), date(2028, 2, 1), date(2028, 2, 29)),
        (When.MONTH, date(2019, 4, 30), date(2019, 4, 1), date(2019, 4, 30)),
        (When.NEXT_MONTH, date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 31)),
        (When.NEXT_MONTH, date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 28)),
    ],
)
def test_what_is_meant_on_a_day(when, today, first, last):
    assert span_of(when, today) == Span(first, last)


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 31), date(2028, 2, 29), date(2019, 5, 1)])
def test_months_follow_one_another(day):
    first, last = month_of(day)

    assert first <= day <= last
    assert previous_month(next_month(day)) == first
    assert next_month(previous_month(day)) == first


@pytest.mark.parametrize(
    ("wanted", "ahead", "back"),
    [
        (Wanted(), True, False),
        (Wanted(kind="lecture"), True, False),
        (Wanted(when=When.WEEK), True, False),
        (Wanted(when=When.PAST), False, True),
        (Wanted(when=When.ALL), False, True),
        (Wanted(fiscal_year=2025), False, True),
        (Wanted(fiscal_year=2026), False, False),
        (Wanted(fiscal_year=2025, when=When.WEEK), True, False),
        (Wanted(when=When.PERIOD, span=Span(date(2018, 1, 1), date(2018, 1, 31))), False, True),
        (Wanted(when=When.PERIOD, span=Span(date(2018, 1, 1), WEDNESDAY)), False, False),
        (Wanted(when=When.PERIOD, span=Span(date(2018, 1, 1), None)), False, False),
    ],
)
def test_which_way_people_look(wanted, ahead, back):
    assert wanted.is_ahead is ahead
    assert wanted.looks_back(WEDNESDAY) is back


def test_a_place_is_in_the_ward_and_the_municipality_that_are_wanted():
    assert Wanted().is_in("")
    assert Wanted(ward="131091").is_in("131091")
    assert not Wanted(ward="131091").is_in("131105")
    assert not Wanted(ward="131091", municipality="012025").is_in("131091")


@pytest.mark.parametrize(
    ("wanted", "left_out"),
    [(Wanted(), False), (Wanted(ward="131091"), False), (Wanted(kind="ward"), True), (Wanted(free=True), True)],
)
def test_exhibitions_are_left_out_where_only_events_can_be_meant(wanted, left_out):
    assert wanted.leaves_out_exhibitions is left_out
