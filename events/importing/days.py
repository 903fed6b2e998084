"""Days as town halls write them in tables: eras, ranges in one cell, weekdays, months, 「未定」. Pure functions."""

import calendar
import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from events.choices import DatePrecision
from portal.core.wareki import ERAS, parse_date, weekday


class Days(NamedTuple):
    """What a cell says of days, both inclusive; ``time`` and ``note`` are what it says besides."""

    first: date | None
    last: date | None
    precision: str = DatePrecision.DAY
    time: str = ""
    note: str = ""


NO_DAYS = Days(None, None, DatePrecision.UNKNOWN)
EXAMPLE = "例：2025-05-01、令和7年5月1日"

_UNDECIDED = re.compile(r"^(日程)?(未定|調整中|検討中|未確定|不明)|年度(中|内|末|予定)?$")
_ABOUT = re.compile(r"(上旬|中旬|下旬|頃|ごろ|中|予定)+$")
_RANGE = re.compile(r"[~〜―–—]|から|(?<=[日)/\d])-(?=\d+[月日/])(?!\d+-)")
_WEEKDAY = re.compile(r"\(([月火水木金土日])(?:曜日?)?[^()]*\)|([月火水木金土日])曜日?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_TIME_BEHIND = re.compile(r"^(.*?(?:日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}))T?((?:午前|午後)?\d{1,2}(?::\d|時).*)$")
_MONTH = re.compile(r"(?:(\d{4})|(令和|平成|昭和|[RHS])(元|\d{1,2}))(?:年|[-/.])(\d{1,2})月?", re.IGNORECASE)
_SHORT = re.compile(r"(?:(\d{1,2})[月/])?(\d{1,2})日?")
_FISCAL_YEAR = re.compile(r"(?:(\d{4})|(令和|平成|昭和)(元|\d{1,2}))年度")
_SERIAL_BEGINS, _FIRST_SERIAL, _LAST_SERIAL = date(1899, 12, 30), 20_000, 80_000


def read_days(text: str) -> Days:
    """The days that a cell speaks of; ``last`` is None where it names one day only.

    A month is its first and last day. What is undecided has no days and keeps its words as the note.
    Raises ValueError, saying why, for what is no day.
    """
    plain = _plain(text)
    if plain in ("", "-", "ー"):
        return NO_DAYS
    if month := _month(_ABOUT.sub("", plain)):
        return month._replace(note=text.strip() if _ABOUT.search(plain) else "")
    if _UNDECIDED.search(plain):
        return NO_DAYS._replace(note=text.strip())
    without_time, time = _split_time(plain)
    parts = _RANGE.split(without_time)
    if len(parts) > 2:
        raise ValueError(f"期間が二つ以上あります（{text}）。行を分けてください。")
    first = _day(parts[0], text)
    last = _day_after(first, parts[1], text) if len(parts) == 2 and parts[1] else None
    return Days(first, last, time=time)


def fiscal_year_in(text: str) -> int | None:
    """The fiscal year, or that of the month, that a note on an undecided day names: 「令和3年度中」 is 2021."""
    plain = _plain(text)
    if found := _FISCAL_YEAR.search(plain):
        return _year(*found.groups())
    if found := _MONTH.search(plain):
        *named, month = found.groups()
        return _year(*named) - (int(month) < 4)
    return None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("−", "-").replace("‐", "-")
    return re.sub(r"(?<=\d) +(?=\d{1,2}:)", "T", folded.strip()).replace(" ", "")


def _month(plain: str) -> Days | None:
    found = _MONTH.fullmatch(plain)
    if not found:
        return None
    *named, month_text = found.groups()
    year, month = _year(*named), int(month_text)
    if not 1 <= month <= 12:
        raise ValueError(f"月は1から12までです（{plain}）。")
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), DatePrecision.MONTH)


def _year(western: str | None, era_name: str | None, number: str | None) -> int:
    if western:
        return int(western)
    era = next(era for era in ERAS if (era_name or "").upper() in (era.name, era.letter))
    return era.began.year + (1 if number == "元" else int(number or 1)) - 1


def _split_time(plain: str) -> tuple[str, str]:
    found = _TIME_BEHIND.fullmatch(_without_weekdays(plain)) if re.search(r"\d:\d|\d時", plain) else None
    if not found:
        return plain, ""
    end = re.search(re.escape(found[2]) + "$", plain)
    return (plain[: end.start()].removesuffix("T"), found[2]) if end else (plain, "")


def _without_weekdays(plain: str) -> str:
    return _WEEKDAY.sub("", plain)


def _day(part: str, text: str) -> date:
    """A whole day: year, month and day."""
    plain = _without_weekdays(part)
    try:
        day = _from_serial(plain) or parse_date(plain)
    except ValueError as error:
        if _SHORT.fullmatch(plain):
            raise ValueError(f"年がありません（{text}）。{EXAMPLE}") from error
        if "、" in part or "," in part or "・" in plain:
            raise ValueError(f"日が二つ以上あります（{text}）。行を分けるか、期間で書いてください。") from error
        raise ValueError(f"日付として読めません（{text}）。{EXAMPLE}") from error
    _check_weekday(day, part)
    return day


def _day_after(first: date, part: str, text: str) -> date:
    """The end of a range: a whole day, or one that shares year or month with the first."""
    short = _SHORT.fullmatch(_without_weekdays(part))
    if not short:
        return _day(part, text)
    month, number = short.groups()
    try:
        day = first.replace(month=int(month or first.month), day=int(number))
    except ValueError as error:
        raise ValueError(f"この日はありません（{text}）。") from error
    _check_weekday(day, part)
    return day


def _from_serial(plain: str) -> date | None:
    """A day as spreadsheets count it, from the end of 1899."""
    found = _SERIAL.fullmatch(plain)
    if not found or not _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        return None
    return _SERIAL_BEGINS + timedelta(days=int(found[1]))


def _check_weekday(day: date, part: str) -> None:
    for brackets, bare in _WEEKDAY.findall(part):
        said = brackets or bare
        if said != weekday(day):
            raise ValueError(
                f"曜日が合いません。{day.month}月{day.day}日は{weekday(day)}曜日です（「{said}」とあります）。"
            )
