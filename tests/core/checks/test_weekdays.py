"""Weekdays behind dates: right, wrong, and of days that do not exist."""

from datetime import date

import pytest

from portal.core.checks.weekdays import wrong_weekdays

NEW_YEAR, LEAP, NEW_ERA, AUTUMN = date(2018, 1, 5), date(2024, 3, 1), date(2019, 5, 1), date(2017, 9, 9)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("平成29年12月26日（火）", AUTUMN),
        ("12月26日（火）から申し込めます。", NEW_YEAR),
        ("1月8日（月・祝）", date(2017, 12, 28)),
        ("12月30日（土）～1月8日（月）", NEW_YEAR),
        ("2月29日（木）", LEAP),
        ("平成31年4月30日（火）～令和元年5月1日（水）", NEW_ERA),
        ("平成31年4月30日（火）～5月1日（水）", NEW_ERA),
        ("R1.5.1(水)", AUTUMN),
        ("9/9(土)、10日（日）", AUTUMN),
        ("９月９日㈯", AUTUMN),
        ("2017/12/26（火曜日）", NEW_ERA),
        ("昭和39年10月10日（土）の大会から。9月9日（土）", AUTUMN),
        ("10・11日（土・日）", AUTUMN),
        ("第1回（土）、100（月）、1/2の確率", AUTUMN),
        ("日付のない文です（土）。", AUTUMN),
        ("", AUTUMN),
    ],
)
def test_what_fits_is_not_mentioned(text, near):
    assert wrong_weekdays(text, near=near) == []


@pytest.mark.parametrize(
    ("text", "near", "sentence"),
    [
        ("平成29年12月26日（金）", AUTUMN, "「平成29年12月26日（金）」とありますが、平成29年12月26日は火曜日です。"),
        ("12月26日（金）", NEW_YEAR, "「12月26日（金）」とありますが、平成29年12月26日は火曜日です。"),
        ("1月8日（日）", date(2017, 12, 28), "「1月8日（日）」とありますが、平成30年1月8日は月曜日です。"),
        ("12月30日（土）～1月8日（火）", NEW_YEAR, "「1月8日（火）」とありますが、平成30年1月8日は月曜日です。"),
        ("9/9(日)", AUTUMN, "「9/9（日）」とありますが、平成29年9月9日は土曜日です。"),
        ("9月9日（土）～10日（月）", AUTUMN, "「10日（月）」とありますが、平成29年9月10日は日曜日です。"),
        ("12月26日～28日（金）", NEW_YEAR, "「28日（金）」とありますが、平成29年12月28日は木曜日です。"),
        ("2月29日（金）", LEAP, "「2月29日（金）」とありますが、令和6年2月29日は木曜日です。"),
        ("2月29日（木）", date(2025, 3, 1), "「2月29日（木）」とありますが、2025年にその日はありません。"),
        ("令和7年2月29日（木）", LEAP, "「令和7年2月29日（木）」とありますが、2025年にその日はありません。"),
        ("平成31年5月1日（火）", NEW_ERA, "「平成31年5月1日（火）」とありますが、令和元年5月1日は水曜日です。"),
        ("13月1日（月）", AUTUMN, "「13月1日（月）」とありますが、2017年にその日はありません。"),
        ("平成0年1月1日（月）", AUTUMN, "「平成0年1月1日（月）」とありますが、その年はありません。"),
        ("2017.12.26㈮", NEW_ERA, "「2017.12.26（金）」とありますが、平成29年12月26日は火曜日です。"),
    ],
)
def test_what_does_not_fit_is_told_with_the_right_weekday(text, near, sentence):
    assert wrong_weekdays(text, near=near) == [sentence]


def test_a_day_alone_is_of_the_month_of_the_event_only_where_that_is_known():
    assert len(wrong_weekdays("9日（日）", near=AUTUMN)) == 1
    assert wrong_weekdays("9日（日）", near=AUTUMN, month_is_known=False) == []


def test_every_date_of_a_text_is_looked_at():
    text = "1日目：9月9日（金）\n2日目：9月10日（土）\n予備日：9月11日（月）"

    assert [sentence.split("」")[0] for sentence in wrong_weekdays(text, near=AUTUMN)] == [
        "「9月9日（金）",
        "「9月10日（土）",
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("12月26日（金）", 0),
        ("9/9（月）と10日（月）", 0),
        ("平成29年12月26日（金）", 1),
        ("平成29年12月25日（月）～26日（金）", 1),
        ("平成29年12月25日（月）から1月9日（月）まで", 1),
        ("平成29年12月25日（月）。締切は1月9日（火）", 0),
    ],
)
def test_without_a_day_near_by_only_dates_with_a_year_or_after_one_are_judged(text, wrong):
    assert len(wrong_weekdays(text, near=None, month_is_known=False)) == wrong
