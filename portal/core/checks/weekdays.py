"""Weekdays that people wrote behind dates, held against the calendar."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from portal.core.wareki import era_date, parse_date, weekday

# 平成29年12月26日(金), 12月26日(金), 9/9(土), 10日(日), 9日(土・祝), after NFKC. Without a weekday it still says which
# month the next day is of.
_DAY = re.compile(
    r"(?<!\d)(?:(?P<year>(?:令和|平成|昭和|大正|明治|(?<![A-Za-z])[RHSTM])(?:元|\d{1,2})(?:年|[./-])|\d{4}(?:年|[./-]))?\s*"
    r"(?P<month>\d{1,2})\s*(?P<mark>月|[./])\s*)?(?P<day>\d{1,2})\s*(?P<unit>日)?"
    r"(?P<said>\s*\(\s*(?P<weekday>[月火水木金土日])(?:曜日?)?(?:[・、,/]?祝日?)?\s*\))?",
    re.IGNORECASE,
)
# What stands between two days of which the second goes on from the first.
_GOES_ON = re.compile(r"\s*(?:[~〜\-–—・、,と]|から|及び|および)\s*")
_MIDDLE_OF_MONTH = 15


def wrong_weekdays(text: str, *, near: date | None, month_is_known: bool = True) -> list[str]:
    """For each date of a text whose weekday does not fit, or that does not exist, a sentence about it.

    A year that is not written is the one that brings the date closest to ``near``; a month that is not written is that
    of the date before it, else that of ``near`` if ``month_is_known``. Without ``near`` the date before stands for it,
    and a date of which nobody can tell the year is left alone.
    """
    return [
        sentence
        for said, year, month, day, name in _dates_in(unicodedata.normalize("NFKC", text), near, month_is_known)
        if (sentence := _doubt(said, year, month, day, name))
    ]


def _dates_in(text: str, near: date | None, month_is_known: bool) -> Iterator[tuple[str, int, int, int, str]]:
    """What is written, the year, month and day it means, and the weekday behind it, for the dates that have one."""
    before, end = (near if month_is_known else None), 0
    for match in _DAY.finditer(text):
        if not match["month"] and not (match["unit"] and before):
            continue
        goes_on = before is not None and _GOES_ON.fullmatch(text[end : match.start()])
        close = (before or near) if goes_on or not match["month"] else (near or before)
        if close is None and not match["year"]:
            continue
        year, month = _year_and_month(match, close or date.min)
        day, end = int(match["day"]), match.end()
        if match["said"]:
            yield match[0].strip(), year, month, day, match["weekday"]
        before = _day_or_none(year, month, day) or before


def _year_and_month(match: re.Match, near: date) -> tuple[int, int]:
    if not match["month"]:
        return near.year, near.month
    month = int(match["month"])
    if match["year"]:
        return _written_year(match["year"]), month
    if not 1 <= month <= 12:
        return near.year, month
    years = range(near.year - 1, near.year + 2)
    return min(years, key=lambda year: abs(date(year, month, _MIDDLE_OF_MONTH) - near)), month


def _written_year(said: str) -> int:
    """The western year of 「平成29年」, 「H29.」 or 「2017/」; 0, in which no day exists, for 「平成0年」."""
    try:
        return parse_date(f"{said[:-1]}年12月31日").year
    except ValueError:
        return 0


def _doubt(said: str, year: int, month: int, day: int, name: str) -> str:
    written = f"「{said.replace('(', '（').replace(')', '）')}」とありますが、"
    meant = _day_or_none(year, month, day)
    if meant is None:
        return f"{written}{year}年にその日はありません。" if year else f"{written}その年はありません。"
    return "" if weekday(meant) == name else f"{written}{era_date(meant)}は{weekday(meant)}曜日です。"


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
