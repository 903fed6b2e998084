"""Events and exhibitions as they stand at a moment, for the pages that show them."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from events.choices import DatePrecision
from events.models import Event, Exhibition, TourStop
from events.rules import NOT_TAKING_PLACE, ON_TOUR, State, is_stop_on, is_stop_unreported, state_at
from events.tour import latest_day, next_stop
from portal.core.wareki import fiscal_year_of


class EventRow(NamedTuple):
    """What a list tells of an event, in plain values: those of the record, but ``kind`` as it is called."""

    url: str
    title: str
    kind: str
    is_demo: bool
    state: State
    venue: str
    date_precision: str
    first_day: date | None
    last_day: date | None
    fiscal_year: int
    date_note: str
    parts: tuple["EventRow", ...]


class ShownEvent(NamedTuple):
    """An event as it stands at a moment, with its parts."""

    event: Event
    state: State
    parts: list["ShownEvent"]

    @property
    def row(self) -> EventRow:
        event = self.event
        return EventRow(
            event.get_absolute_url(),
            event.title,
            str(event.get_kind_display()),
            event.is_demo,
            self.state,
            str(event.venue or ""),
            event.date_precision,
            event.first_day,
            event.last_day,
            event.fiscal_year,
            event.date_note,
            tuple(part.row for part in self.parts),
        )


class Station(NamedTuple):
    """A stop of a tour as it stands at a moment; ``other_year``: its fiscal year, where the exhibition has another."""

    stop: TourStop
    is_here: bool
    is_unreported: bool
    is_next: bool = False
    other_year: int | None = None


class ShownExhibition(NamedTuple):
    """An exhibition as it stands at a moment, with its tour; ``is_here``: it can be seen in its first place.

    ``is_next``: it begins there next.
    """

    exhibition: Exhibition
    state: State
    is_here: bool
    stations: list[Station]
    is_next: bool = False


def shown_event(event: Event, at: datetime) -> ShownEvent:
    parts = [ShownEvent(part, _state(part, at), []) for part in event.sub_events.all()]
    return ShownEvent(event, _state(event, at), parts)


def _state(event: Event, at: datetime) -> State:
    return state_at(event, at, start_time=event.start_time)


def shown_exhibition(exhibition: Exhibition, at: datetime) -> ShownExhibition:
    takes_place = exhibition.status not in NOT_TAKING_PLACE
    is_here = exhibition.is_on(at)
    stops = list(exhibition.stops.all())
    begins_next = takes_place and _begins_after(exhibition, at)
    following = next_stop(stops, exhibition.fiscal_year, at) if takes_place and not begins_next else None
    stations = [
        _station(exhibition, stop, takes_place, stop is following and stop.ward_id is not None, at) for stop in stops
    ]
    is_on_tour = any(station.is_here for station in stations)
    state = ON_TOUR if is_on_tour and not is_here else state_at(exhibition, at)
    return ShownExhibition(exhibition, state, is_here, stations, begins_next)


def _begins_after(exhibition: Exhibition, at: datetime) -> bool:
    """Whether the first place is still to come, on known days."""
    if exhibition.date_precision != DatePrecision.DAY or exhibition.first_day is None:
        return False
    return exhibition.first_day > timezone.localdate(at)


def _station(exhibition: Exhibition, stop: TourStop, takes_place: bool, is_next: bool, at: datetime) -> Station:
    year = fiscal_year_of(stop.first_day) if stop.first_day else stop.fiscal_year
    return Station(
        stop,
        takes_place and is_stop_on(stop.state, stop.first_day, stop.last_day, at),
        is_stop_unreported(stop.state, latest_day(stop, exhibition.fiscal_year), at),
        is_next,
        year if year != exhibition.fiscal_year else None,
    )
