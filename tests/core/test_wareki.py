"""Dates as officials write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import wareki

# The first days of the eras, the days before, and a year's end and leap day.
ERA_BOUNDARIES = [
    (date(2019, 4, 30), "平成31年4月30日"),
    (date(2019, 5, 1), "令和元年5月1日"),
    (date(2020, 2, 29), "令和2年2月29日"),
    (date(1989, 1, 7), "昭和64年1月7日"),
    (date(1989, 1, 8), "平成元年1月8日"),
    (date(1926, 12, 24), "大正15年12月24日"),
    (date(1926, 12, 25), "昭和元年12月25日"),
    (date(1912, 7, 29), "明治45年7月29日"),
    (date(1912, 7, 30), "大正元年7月30日"),
    (date(1868, 10, 23), "明治元年10月23日"),
    (date(1868, 10, 22), "1868年10月22日"),
]


@pytest.mark.parametrize(("day", "text"), ERA_BOUNDARIES)
def test_a_date_is_written_in_its_era(day, text):
    assert wareki.era_date(day) == text


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2019, 1, 11), 2018),
        (date(2019, 3, 31), 2018),
        (date(2019, 4, 1), 2019),
        (date(2020, 2, 29), 2019),
        (date(2020, 12, 31), 2020),
    ],
)
def test_the_fiscal_year_begins_in_april(day, year):
    assert wareki.fiscal_year_of(day) == year


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2015, "平成27年度"),
        (2018, "平成30年度"),
        (2019, "令和元年度"),
        (2020, "令和2年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
    ],
)
def test_a_fiscal_year_has_one_name_throughout(year, name):
    assert wareki.era_fiscal_year(year) == name


@pytest.mark.parametrize(
    "text",
    [
        "2021-02-10",
        "2021/2/10",
        "2021.2.10",
        "20210210",
        "2021年2月10日",
        "令和3年2月10日",
        "令和３年２月１０日",
        "R3.2.10",
        "r3-2-10",
        "２０２１－２－１０",
        " 2021-02-10 ",
        "令和3年2月10日（水）",
        "令和3年2月10日(水曜日)",
        "令和 3年 2月 10日",
        "平成33年2月10日",
        "令3.2.10",
        "2021年2月10日 水曜日",
        "2021年2月10日（水・祝）",
        "2021ー2ー10",
        "㋿3年2月10日",
    ],
)
def test_every_usual_spelling_of_a_date_is_read(text):
    assert wareki.parse_date(text) == date(2021, 2, 10)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "いつか",
        "2021-02-30",
        "2021-13-01",
        "令和0年1月1日",
        "令和3年",
        "2021-2",
        "0000-01-01",
        "20211",
        "昭和元年13月1日",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        wareki.parse_date(text)


@pytest.mark.parametrize("text", ["平成31/4/30", "平31.4.30", "H31-4-30", "㍻31年4月30日", "平成31年4月30日（火）"])
def test_the_last_day_of_an_era_is_read(text):
    assert wareki.parse_date(text) == date(2019, 4, 30)


@pytest.mark.parametrize(
    "text", ["2/10", "2月10日", "2月10日（水）", "3.2.10", "21/2/10", "３－２－１０", "3年2月10日"]
)
def test_a_date_without_a_year_that_anybody_can_tell_is_refused_as_such(text):
    assert wareki.lacks_year(text)
    with pytest.raises(ValueError, match="日付として"):
        wareki.parse_date(text)


@pytest.mark.parametrize("text", ["2021-02-30", "令和3年2月10日", "いつか", "", "20211"])
def test_what_lacks_something_else_does_not_lack_a_year(text):
    assert not wareki.lacks_year(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *(("2021", 2021), ("２０２１年度", 2021), ("令和3年度", 2021), ("令和3年", 2021), ("R3", 2021)),
        *(("令和元年度", 2019), ("平成30年度", 2018), ("平30", 2018)),
    ],
)
def test_a_fiscal_year_is_read(text, year):
    assert wareki.parse_fiscal_year(text) == year


@pytest.mark.parametrize("text", ["", "3", "21", "令和", "令和0年度", "2021-04"])
def test_what_is_no_fiscal_year_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        wareki.parse_fiscal_year(text)


@given(st.integers(1900, 2098))
def test_a_written_fiscal_year_is_read_back(year):
    assert wareki.parse_fiscal_year(wareki.era_fiscal_year(year)) == year


@given(st.dates(min_value=date(1868, 10, 23), max_value=date(2100, 12, 31)))
def test_a_written_date_is_read_back(day):
    assert wareki.parse_date(wareki.era_date(day)) == day
    assert wareki.parse_date(wareki.long_date(day)) == day


def test_a_range_says_nothing_twice():
    first = date(2017, 9, 9)
    assert wareki.short_date(first) == "9月9日（土）"
    assert wareki.long_date(first) == "平成29年9月9日（土曜日）"
    assert wareki.rest_of_range(date(2017, 9, 10), first) == "10日（日）"
    assert wareki.rest_of_range(date(2017, 10, 1), first) == "10月1日（日）"
    assert wareki.rest_of_range(date(2018, 1, 8), first, "曜日") == "平成30年1月8日（月曜日）"
    assert wareki.rest_of_range(date(2019, 5, 1), date(2019, 4, 30)) == "令和元年5月1日（水）"


def test_a_month_has_no_day():
    assert wareki.era_month(date(2017, 12, 1)) == "平成29年12月"


def test_the_weekday_is_computed():
    assert [wareki.weekday(date(2017, 12, 25) + timedelta(days=n)) for n in range(7)] == list("月火水木金土日")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("平成29年12月26日（金）", "金"),
        ("2017/12/26（火曜日）", "火"),
        ("R3.2.10 (水曜)", "水"),
        ("平成29年12月26日", None),
        ("（金）", "金"),
        ("", None),
    ],
)
def test_the_weekday_behind_a_date_is_read(text, name):
    assert wareki.written_weekday(text) == name


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2020", 2020),
        ("２０２０年度", 2020),
        ("令和2年度", 2020),
        ("令和元年度", 2019),
        ("平成31年", 2019),
        ("R7", 2025),
    ],
)
def test_a_fiscal_year_of_a_table_is_read(text, year):
    assert wareki.parse_fiscal_year(text) == year


@pytest.mark.parametrize("text", ["", "昔", "20", "令和", "令和0年度", "2020年4月"])
def test_what_is_no_fiscal_year_in_a_table_is_refused(text):
    with pytest.raises(ValueError, match="年"):
        wareki.parse_fiscal_year(text)
