"""Periods of days: a first day, and the first day after the end (None: unknown beginning, or still running).

Inside they are half-open, [starts, ends), so that periods that follow one another neither overlap nor leave a gap;
people read them inclusive (`last_day`).
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Func, IntegerField, Q


def covers(day: date, starts: str, ends: str) -> Q:
    """The rows whose period holds a day; ``starts`` and ``ends`` name the columns.

    An unknown beginning counts as begun.
    """
    begun = Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": day})
    running = Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": day})
    return begun & running


def overlaps(start: date | None, end: date | None, starts: str, ends: str) -> Q:
    """The rows whose period shares a day with [start, end)."""
    condition = Q()
    if end is not None:
        condition &= Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lt": end})
    if start is not None:
        condition &= Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": start})
    return condition


def last_day(ends: date | None) -> date | None:
    """The last day of a period, as it is printed."""
    return ends - timedelta(days=1) if ends else None


class FiscalYear(Func):
    """The fiscal year (年度) of a column of days, reckoned in SQL: the twin of ``wareki.fiscal_year_of``."""

    arity = 1
    output_field = IntegerField()
    template = "CAST(EXTRACT(YEAR FROM %(expressions)s - INTERVAL '3 months') AS integer)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        # 2016-03-31 is the number 20160331, and April the fourth hundred of a year: twice as fast as its own functions.
        template = "((REPLACE(%(expressions)s, '-', '') - 400) / 10000)"
        return self.as_sql(compiler, connection, template=template, **context)
