"""How official figures are compared and added up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.rules import addition, changes, growth, multiple, surplus, total_on

figures = st.integers(min_value=0, max_value=10**9)


@pytest.mark.parametrize(
    ("before", "after", "grown"),
    [
        (574, 732, 158),
        (149, 269, 120),
        (None, 372, 372),
        (660, 1035, 375),
        (552, 739, 187),
        (1, 8, 7),
        (553, 747, 194),
        (0, 5, 5),
        (5, 5, 0),
        (8, 1, -7),
        (5, None, None),
        (None, None, None),
    ],
)
def test_growth(before, after, grown):
    assert growth(before, after) == grown


@pytest.mark.parametrize(
    ("before", "after", "times"),
    [
        (660, 1035, "1.5"),
        (553, 747, "1.3"),
        (100, 199, "1.9"),
        (100, 200, "2.0"),
        (100, 1099, "10.9"),
        (3, 1, "0.3"),
        (7, 0, "0.0"),
    ],
)
def test_a_multiple_is_cut_off_after_one_decimal(before, after, times):
    assert str(multiple(before, after)) == times


@pytest.mark.parametrize(("before", "after"), [(None, 372), (0, 372), (660, None)])
def test_there_is_no_multiple_of_nothing(before, after):
    assert multiple(before, after) is None


@given(before=figures.filter(bool), after=figures)
def test_a_multiple_never_says_too_much_and_never_a_tenth_too_little(before, after):
    times = multiple(before, after)

    assert times * before <= after < (times + Decimal("0.1")) * before


@pytest.mark.parametrize(
    ("parts", "total", "summed", "more"),
    [
        ([732, 269, 372], 1035, 1373, 338),
        ([574, 149, None], 660, 723, 63),
        ([739, 8], 747, 747, 0),
        ([552, 1], 553, 553, 0),
        ([], 0, 0, 0),
        ([1], 3, 1, -2),
    ],
)
def test_parts_and_their_total(parts, total, summed, more):
    assert addition(parts) == summed
    assert surplus(parts, total) == more


@given(st.lists(st.sets(st.integers(0, 30)), max_size=5))
def test_a_thing_in_several_parts_is_surplus_once_for_each_part_but_one(sets):
    union = set().union(*sets)

    assert surplus(map(len, sets), len(union)) == sum(sum(thing in part for part in sets) - 1 for thing in union)


APRIL, MAY, JUNE = date(2016, 4, 1), date(2016, 5, 1), date(2016, 6, 1)


@pytest.mark.parametrize(
    ("periods", "found"),
    [
        ([], []),
        ([("a", APRIL, None), ("b", APRIL, None)], [(APRIL, 2, 2)]),
        ([("a", MAY, None), ("b", APRIL, None)], [(APRIL, 1, 1), (MAY, 2, 1)]),
        ([("a", APRIL, None), ("a", MAY, None)], [(APRIL, 1, 1)]),
        ([("a", APRIL, MAY)], [(APRIL, 1, 1), (MAY, 0, -1)]),
        ([("a", APRIL, MAY), ("a", MAY, JUNE)], [(APRIL, 1, 1), (JUNE, 0, -1)]),
        ([("a", APRIL, MAY), ("b", MAY, None)], [(APRIL, 1, 1)]),
    ],
    ids=["none", "together", "one by one", "twice in", "out again", "on without a gap", "one for another"],
)
def test_municipalities_come_and_go(periods, found):
    assert changes(periods) == found


def test_the_number_of_a_day_is_that_of_the_last_change():
    found = changes([("a", APRIL, None), ("b", MAY, JUNE)])

    days = [APRIL - timedelta(days=1), APRIL, MAY, JUNE - timedelta(days=1), JUNE]
    assert [total_on(found, day) for day in days] == [0, 1, 2, 2, 1]


days = st.integers(0, 40).map(lambda number: APRIL + timedelta(days=number))


@given(
    st.lists(st.tuples(st.sampled_from("abc"), days, st.none() | days).filter(lambda p: p[2] is None or p[1] < p[2])),
    days,
)
def test_each_municipality_is_counted_once_on_any_day(periods, day):
    there = {name for name, starts, ends in periods if starts <= day and (ends is None or day < ends)}

    assert total_on(changes(periods), day) == len(there)
