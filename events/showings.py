"""Where and when exhibitions can be seen: in their first place, then at each stop of their tour. No database."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from events.choices import DatePrecision, StopState
from events.models import Exhibition, TourStop, Venue
from events.rules import NOT_TAKING_PLACE, STOPS_TAKING_PLACE
from events.when import Span
from municipalities.models import Municipality


class Showing(NamedTuple):
    """An exhibition in one place, on known days, both inclusive; ``cancelled``: it was announced only."""

    exhibition: Exhibition
    place: Municipality | None
    venue: Venue | None
    first: date
    last: date
    note: str
    cancelled: bool

    def is_on(self, day: date) -> bool:
        return not self.cancelled and self.first <= day <= self.last

    def days_left(self, day: date) -> int:
        """How many days remain after a day; 0 on the last one."""
        return (self.last - day).days

    def touches(self, days: Span) -> bool:
        """Whether it takes place on one of these days."""
        return (days.last is None or self.first <= days.last) and (days.first is None or days.first <= self.last)

    @property
    def code(self) -> str:
        """The code of the ward or municipality; empty where it is not known."""
        return self.place.code if self.place else ""


def showings_of(exhibitions: Iterable[Exhibition]) -> list[Showing]:
    """Every place of these exhibitions whose days are known, by first day and ward. They need their stops."""
    found = [showing for exhibition in exhibitions for showing in _places(exhibition)]
    return sorted(found, key=lambda one: (one.first, one.code, one.exhibition.pk))


def _places(exhibition: Exhibition) -> list[Showing]:
    found = [_at_stop(exhibition, stop) for stop in exhibition.stops.all()]
    if exhibition.first_day and exhibition.last_day and exhibition.date_precision == DatePrecision.DAY:
        venue, days = exhibition.venue, (exhibition.first_day, exhibition.last_day)
        place = venue.municipality if venue else None
        found.append(Showing(exhibition, place, venue, *days, "", exhibition.status in NOT_TAKING_PLACE))
    return [showing for showing in found if showing is not None]


def _at_stop(exhibition: Exhibition, stop: TourStop) -> Showing | None:
    if not stop.first_day or not stop.last_day or stop.state in (StopState.ARRANGING, StopState.UNKNOWN):
        return None
    cancelled = exhibition.status in NOT_TAKING_PLACE or stop.state not in STOPS_TAKING_PLACE
    return Showing(exhibition, stop.ward, stop.venue, stop.first_day, stop.last_day, stop.note, cancelled)


def on_view(showings: Iterable[Showing], today: date) -> list[Showing]:
    """What can be seen on a day, in the order of the wards; what is outside them last."""
    return sorted((one for one in showings if one.is_on(today)), key=lambda one: one.code or "~")


def opening_soon(showings: Iterable[Showing], today: date, days: int) -> list[Showing]:
    """What opens after a day, within so many days of it."""
    until = today + timedelta(days=days)
    return [one for one in showings if not one.cancelled and today < one.first <= until]
