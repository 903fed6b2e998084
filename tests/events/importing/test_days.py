"""Days as town halls write them."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.choices import DatePrecision
from events.importing.days import NO_DAYS, Days, fiscal_year_in, read_days
from portal.core.wareki import era_date, weekday

MAY_1, MAY_3 = date(2025, 5, 1), date(2025, 5, 3)


@pytest.mark.parametrize(
    "text",
    [
        *("2025-05-01", "2025/5/1", "2025.5.1", "20250501", "2025年5月1日", "令和7年5月1日", "R7.5.1", "r7/5/1"),
        *("令和７年５月１日", " 令和 7年 5月 1日 ", "令和7年5月1日（木）", "令和7年5月1日(木曜日)", "2025/5/1(木・祝)"),
        *("令和7年5月1日木曜日", "45778", "45778.5", "2025−05−01", "R7.5.1～"),
    ],
)
def test_one_day(text):
    assert read_days(text) == Days(MAY_1, None)


@pytest.mark.parametrize(
    "text",
    [
        *("令和7年5月1日～3日", "令和7年5月1日〜5月3日", "令和7年5月1日（木）～3日（土）", "R7.5.1~R7.5.3"),
        *("2025/5/1～5/3", "2025/5/1-5/3", "2025-05-01～2025-05-03", "令和7年5月1日から5月3日", "2025年5月1日―3日"),
    ],
)
def test_a_range_in_one_cell(text):
    assert read_days(text) == Days(MAY_1, MAY_3)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("平成29年12月27日～平成30年1月5日", date(2017, 12, 27), date(2018, 1, 5)),
        ("平成31年4月30日～令和元年5月1日", date(2019, 4, 30), date(2019, 5, 1)),
        ("H31/4/30～R1/5/1", date(2019, 4, 30), date(2019, 5, 1)),
        ("令和6年2月28日～29日", date(2024, 2, 28), date(2024, 2, 29)),
    ],
)
def test_ranges_over_the_turn_of_a_year_of_an_era_and_into_a_leap_day(text, first, last):
    assert read_days(text) == Days(first, last)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2025-05-01 10:00", "10:00"),
        ("2025/5/1 10:00～16:00", "10:00~16:00"),
        ("令和7年5月1日（木）午前10時～午後4時", "午前10時~午後4時"),
        ("2025年5月1日10時30分", "10時30分"),
    ],
)
def test_a_time_behind_the_day_is_given_back(text, time):
    assert read_days(text) == Days(MAY_1, None, time=time)


@pytest.mark.parametrize("text", ["令和7年5月", "2025年5月", "2025-05", "2025/5", "R7.5"])
def test_a_month_is_its_first_and_last_day(text):
    assert read_days(text) == Days(MAY_1, date(2025, 5, 31), DatePrecision.MONTH)


@pytest.mark.parametrize("text", ["令和7年5月上旬", "令和7年5月頃", "2025年5月下旬予定"])
def test_about_a_month_keeps_its_words(text):
    assert read_days(text) == Days(MAY_1, date(2025, 5, 31), DatePrecision.MONTH, note=text)


@pytest.mark.parametrize("text", ["", " ", "-", "－", "ー"])
def test_blank_is_no_day(text):
    assert read_days(text) == NO_DAYS


@pytest.mark.parametrize("text", ["未定", "調整中", "日程調整中", "令和7年度", "令和7年度中", "2025年度末"])
def test_what_is_undecided_keeps_its_words(text):
    assert read_days(text) == NO_DAYS._replace(note=text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("令和7年5月1日（金）", "曜日が合いません。5月1日は木曜日です（「金」とあります）。"),
        ("令和7年5月1日（木）～3日（日）", "曜日が合いません。5月3日は土曜日です（「日」とあります）。"),
        ("5月1日", "年がありません（5月1日）。例：2025-05-01、令和7年5月1日"),
        ("令和7年2月30日", "日付として読めません（令和7年2月30日）。例：2025-05-01、令和7年5月1日"),
        ("令和7年5月1日～32日", "この日はありません（令和7年5月1日～32日）。"),
        (
            "令和7年5月1日、3日",
            "日が二つ以上あります（令和7年5月1日、3日）。行を分けるか、期間で書いてください。",
        ),
        ("5月1日～3日～5日", "期間が二つ以上あります（5月1日～3日～5日）。行を分けてください。"),
        ("令和7年13月", "月は1から12までです（令和7年13月）。"),
        ("毎週土曜日", "日付として読めません（毎週土曜日）。例：2025-05-01、令和7年5月1日"),
        ("25.5.1", "日付として読めません（25.5.1）。例：2025-05-01、令和7年5月1日"),
        ("=TODAY()", "日付として読めません（=TODAY()）。例：2025-05-01、令和7年5月1日"),
        ("99999", "日付として読めません（99999）。例：2025-05-01、令和7年5月1日"),
    ],
)
def test_what_is_no_day_is_refused_with_a_reason(text, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_days(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和3年度に延期", 2021),
        ("2021年度（日は未定または不明）", 2021),
        ("令和3年5月ごろ", 2021),
        ("令和3年2月ごろ", 2020),
        ("令和元年度", 2019),
        ("調整中", None),
        ("", None),
    ],
)
def test_the_fiscal_year_that_a_note_names(text, year):
    assert fiscal_year_in(text) == year


days = st.dates(date(1926, 12, 25), date(2100, 12, 31))


@given(days)
def test_every_day_is_read_in_era_and_in_iso_with_its_weekday(day):
    assert read_days(f"{era_date(day)}（{weekday(day)}）") == read_days(day.isoformat()) == Days(day, None)


@given(days, st.integers(1, 400))
def test_every_range_of_whole_days_is_read(first, length):
    last = first + timedelta(days=length)

    assert read_days(f"{era_date(first)}～{era_date(last)}") == Days(first, last)


@given(st.text(max_size=30))
def test_no_text_is_more_than_refused(text):
    try:
        found = read_days(text)
    except ValueError:
        return
    assert found.first is None or found.first <= date.max
