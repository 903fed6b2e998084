"""Where a tour goes next. Pure functions, no database."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from django.utils import timezone

from events.choices import StopState
from events.rules import STOPS_TAKING_PLACE, is_stop_on


class Stop(Protocol):
    """A stop of a tour, in whatever is known of it."""

    @property
    def state(self) -> str: ...
    @property
    def first_day(self) -> date | None: ...
    @property
    def last_day(self) -> date | None: ...
    @property
    def fiscal_year(self) -> int | None: ...


AnyStop = TypeVar("AnyStop", bound=Stop)


def latest_day(stop: Stop, fiscal_year: int) -> date:
    """The day by which a stop must be over. A tour may run into the fiscal year after its exhibition's."""
    if stop.last_day is not None:
        return stop.last_day
    return date((stop.fiscal_year or fiscal_year + 1) + 1, 3, 31)


def next_stop(stops: Sequence[AnyStop], fiscal_year: int, at: datetime | None = None) -> AnyStop | None:
    """The stop to which a tour comes next after a moment; None where there is none, or where nobody can say.

    The first of those whose days are known and to come; else, behind where it is or was, the first that is planned or
    being arranged and can still take place. ``stops`` are in the order of the tour; the fiscal year is the
    exhibition's.
    """
    today = timezone.localdate(at)
    coming = [stop for stop in stops if stop.first_day and stop.first_day > today and stop.state in STOPS_TAKING_PLACE]
    if coming:
        return min(coming, key=lambda stop: stop.first_day or today)
    reached = [n for n, stop in enumerate(stops) if _is_reached(stop, at)]
    ahead = stops[max(reached, default=-1) + 1 :]
    open_still = (StopState.PLANNED, StopState.ARRANGING)
    return next(
        (s for s in ahead if s.first_day is None and s.state in open_still and latest_day(s, fiscal_year) >= today),
        None,
    )


def _is_reached(stop: Stop, at: datetime | None) -> bool:
    """Whether the tour has been there, or is there."""
    is_over = stop.last_day is not None and stop.last_day < timezone.localdate(at)
    return is_over or stop.state == StopState.HELD or is_stop_on(stop.state, stop.first_day, stop.last_day, at)
