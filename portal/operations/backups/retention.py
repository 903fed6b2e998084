"""Which backups are kept: pure functions of the moments at which they were made."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple


class Keep(NamedTuple):
    """Of how many days, weeks and months the newest backup is kept."""

    days: int
    weeks: int
    months: int


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return moment.year, moment.month


def kept(moments: Iterable[datetime], keep: Keep) -> set[datetime]:
    """Those to keep: the newest of all, and the newest of each of the latest days, weeks and months that have one."""
    newest_first = sorted(moments, reverse=True)
    found = set(newest_first[:1])
    for period, count in ((_day, keep.days), (_week, keep.weeks), (_month, keep.months)):
        found |= set(_newest_of_each(newest_first, period)[:count])
    return found


def _newest_of_each(newest_first: list[datetime], period: Callable[[datetime], object]) -> list[datetime]:
    newest: dict[object, datetime] = {}
    for moment in newest_first:
        newest.setdefault(period(moment), moment)
    return list(newest.values())
