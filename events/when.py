"""When people look for something to go to: today, this weekend, a period of their own. Pure functions, no database."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from django.db import models


class When(models.TextChoices):
    TODAY = "today", "今日"
    TOMORROW = "tomorrow", "明日"
    WEEKEND = "weekend", "今週末"
    WEEK = "week", "7日間"
    MONTH = "month", "今月"
    NEXT_MONTH = "next_month", "来月"
    PERIOD = "period", "期間を指定"
    PAST = "past", "これまで"
    ALL = "all", "すべての期間"


# Those that look ahead from today, soonest first: what is over or cancelled is no answer to them.
AHEAD = (When.TODAY, When.TOMORROW, When.WEEKEND, When.WEEK, When.MONTH, When.NEXT_MONTH)


class Span(NamedTuple):
    """A first and a last day, both inclusive; None: open on that side."""

    first: date | None
    last: date | None


ANY_DAY = Span(None, None)


def span_of(when: str, today: date) -> Span:
    """The days that one of ``AHEAD`` means on a day. A week begins on Monday; on Sunday the weekend is that day's."""
    match when:
        case When.TODAY:
            return Span(today, today)
        case When.TOMORROW:
            return Span(today + timedelta(days=1), today + timedelta(days=1))
        case When.WEEKEND:
            saturday = today + timedelta(days=5 - today.weekday())
            return Span(saturday, saturday + timedelta(days=1))
        case When.WEEK:
            return Span(today, today + timedelta(days=6))
        case When.MONTH:
            return month_of(today)
    return month_of(next_month(today))


def month_of(day: date) -> Span:
    """The month that a day lies in."""
    return Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def next_month(day: date) -> date:
    """The first day of the month after a day's."""
    return day.replace(day=monthrange(day.year, day.month)[1]) + timedelta(days=1)


def previous_month(day: date) -> date:
    """The first day of the month before a day's."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
