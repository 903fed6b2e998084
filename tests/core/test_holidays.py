"""Public holidays by name."""

from datetime import date

import pytest

from portal.core.holidays import holidays_of


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2018, 9, 23), "秋分の日"),
        (date(2019, 5, 1), "天皇の即位の日"),
        (date(2019, 4, 30), "国民の休日"),
        (date(2026, 1, 1), "元日"),
        (date(2026, 9, 22), "国民の休日"),
        (date(2028, 2, 23), "天皇誕生日"),
        (date(2018, 12, 23), "天皇誕生日"),
        (date(2026, 12, 31), None),
    ],
)
def test_a_day_has_its_name(day, name):
    assert holidays_of(day.year, day.month).get(day) == name


@pytest.mark.parametrize(("year", "month"), [(1947, 1), (1948, 1), (2026, 6), (2199, 12)])
def test_a_month_without_any_is_empty(year, month):
    assert holidays_of(year, month) == {}
