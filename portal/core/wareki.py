"""Dates as Japanese officials write them: eras, fiscal years, weekdays.

All dates are Gregorian ``datetime.date`` inside; these functions turn them into text and back.
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple


class Era(NamedTuple):
    name: str
    letter: str
    began: date


# Newest first. The first days are those of 元号法 and, for the eras before it, of the edicts that named them.
ERAS = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("明治", "M", date(1868, 10, 23)),
)
WEEKDAYS = "月火水木金土日"

_SEPARATED = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WESTERN = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ERA_NAMES = "令和|平成|昭和|大正|明治|[令平昭大明RHSTM]"
_ERA = re.compile(
    rf"({_ERA_NAMES})(元|\d{{1,2}})(?:年|[-/.])(\d{{1,2}})(?:月|[-/.])(\d{{1,2}})日?",
    re.IGNORECASE,
)
# 「（水）」, 「（水・祝）」, and without brackets only what cannot be the 日 of a date.
_WEEKDAY_SUFFIX = re.compile(
    r"(?:\((?P<short>[月火水木金土日])(?:曜日?)?(?:[・、,/]?祝日?)?\)|(?P<long>[月火水木金土日])曜日?)$"
)
_HYPHENS = re.compile(r"[‐‑‒–—―−ーｰ]")
_YEAR_UNKNOWN = re.compile(r"(?:\d{1,2}(?:年|[-/.]))?\d{1,2}[月/.-]\d{1,2}日?")


def era_of(day: date) -> Era | None:
    """The era in force on a day; None before 明治 (1868-10-23)."""
    return next((era for era in ERAS if day >= era.began), None)


def era_year(day: date) -> str:
    """The year of a day in its era: 「平成31年」, 「令和元年」; before 明治 the western year."""
    era = era_of(day)
    if era is None:
        return f"{day.year}年"
    number = day.year - era.began.year + 1
    return f"{era.name}{'元' if number == 1 else number}年"


def era_date(day: date) -> str:
    """「平成29年9月9日」."""
    return f"{era_year(day)}{day.month}月{day.day}日"


def era_month(day: date) -> str:
    """「平成29年12月」, for dates known to the month only."""
    return f"{era_year(day)}{day.month}月"


def weekday(day: date) -> str:
    """One character, 月 to 日, computed from the date."""
    return WEEKDAYS[day.weekday()]


def fiscal_year_of(day: date) -> int:
    """The fiscal year (年度, April to March) a day belongs to: 2019-01-11 is in 2018."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_start(year: int) -> date:
    """First day of a fiscal year."""
    return date(year, 4, 1)


def era_fiscal_year(year: int) -> str:
    """「平成30年度」 for 2018, 「令和元年度」 for 2019.

    A fiscal year carries one name throughout. 2019 is 令和元年度 although it began in 平成
    (「改元に伴う元号による年表示の取扱いについて」, 平成31年4月2日 関係省庁連絡会議申合せ), and 1988 stays 昭和63年度:
    the era in force on 1 May gives the name.
    """
    return f"{era_year(date(year, 5, 1))}度"


def parse_date(text: str) -> date:
    """A date as people type it: 2021-02-10, 2021/2/10, 20210210, 2021年2月10日, 令和3年2月10日, 令3.2.10, R3.2.10.

    Full-width digits, spaces and a trailing weekday are accepted (the weekday is not checked here).
    A day of an era after its last one (平成31年5月1日), as long-term papers print it, is read as the day it stands for.
    Raises ValueError for anything else and for days that do not exist.
    """
    plain = _WEEKDAY_SUFFIX.sub("", _plain(text))
    for pattern in (_SEPARATED, _COMPACT, _WESTERN):
        if match := pattern.fullmatch(plain):
            year, month, day = map(int, match.groups())
            return date(year, month, day)
    if match := _ERA.fullmatch(plain):
        name, year_text, month_text, day_text = match.groups()
        return date(_western_year(name, year_text), int(month_text), int(day_text))
    raise ValueError(f"日付として読めません: {text}")


def written_weekday(text: str) -> str | None:
    """The weekday in brackets behind a date as people type it, one character from 月 to 日; None without one."""
    match = _WEEKDAY_SUFFIX.search(_plain(text))
    return match["short"] or match["long"] if match else None


def lacks_year(text: str) -> bool:
    """Whether a text is a date of which nobody can tell the year: 2/10, 2月10日, 3.2.10, 21/2/10."""
    return _YEAR_UNKNOWN.fullmatch(_WEEKDAY_SUFFIX.sub("", _plain(text))) is not None


def parse_fiscal_year(text: str) -> int:
    """A fiscal year as people type it: 2021, 2021年度, 令和3年度, R3. Raises ValueError for anything else."""
    plain = _plain(text)
    if match := re.fullmatch(r"(\d{4})(?:年度?)?", plain):
        return int(match[1])
    if match := re.fullmatch(rf"({_ERA_NAMES})(元|\d{{1,2}})(?:年度?)?", plain, re.IGNORECASE):
        return _western_year(*match.groups())
    raise ValueError(f"年度として読めません（{text}）。例：2020、令和2年度")


def _plain(text: str) -> str:
    return _HYPHENS.sub("-", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))


def _western_year(name: str, year_text: str) -> int:
    era = next(era for era in ERAS if name.upper() in (era.name, era.name[0], era.letter))
    number = 1 if year_text == "元" else int(year_text)
    if number < 1:
        raise ValueError("元号の年は1以上です。")
    return era.began.year + number - 1


def short_date(day: date) -> str:
    """「9月9日（土）」, for lists."""
    return f"{day.month}月{day.day}日（{weekday(day)}）"


def long_date(day: date) -> str:
    """「平成29年9月9日（土曜日）」, for text."""
    return f"{era_date(day)}（{weekday(day)}曜日）"


def rest_of_range(last: date, first: date, weekday_suffix: str = "") -> str:
    """The end of a range, without what it shares with the beginning.

    「10日（日）」, 「10月1日（日）」, or in another year 「平成30年1月8日（月）」.
    """
    day = f"{last.day}日（{weekday(last)}{weekday_suffix}）"
    if era_year(last) != era_year(first):
        return f"{era_year(last)}{last.month}月{day}"
    return day if last.month == first.month else f"{last.month}月{day}"
