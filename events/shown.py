"""Events and exhibitions as they stand at a moment, for the pages that show them."""

from datetime import datetime
from typing import NamedTuple

from events.models import Event, Exhibition, TourStop
from events.rules import NOT_TAKING_PLACE, ON_TOUR, State, is_stop_on, is_stop_unreported, state_at


class ShownEvent(NamedTuple):
    """An event as it stands at a moment, with its parts."""

    event: Event
    state: State
    parts: list["ShownEvent"]


class Station(NamedTuple):
    """A stop of a tour as it stands at a moment."""

    stop: TourStop
    is_here: bool
    is_unreported: bool


class ShownExhibition(NamedTuple):
    """An exhibition as it stands at a moment, with its tour; ``is_here``: it can be seen in its first place."""

    exhibition: Exhibition
    state: State
    is_here: bool
    stations: list[Station]


def shown_event(event: Event, at: datetime) -> ShownEvent:
    parts = [ShownEvent(part, _state(part, at), []) for part in event.sub_events.all()]
    return ShownEvent(event, _state(event, at), parts)


def _state(event: Event, at: datetime) -> State:
    return state_at(event, at, start_time=event.start_time)


def shown_exhibition(exhibition: Exhibition, at: datetime) -> ShownExhibition:
    takes_place = exhibition.status not in NOT_TAKING_PLACE
    is_here = exhibition.is_on(at)
    stations = [
        Station(
            stop,
            takes_place and is_stop_on(stop.state, stop.first_day, stop.last_day, at),
            is_stop_unreported(stop.state, stop.last_day, exhibition.fiscal_year, at),
        )
        for stop in exhibition.stops.all()
    ]
    is_on_tour = any(station.is_here for station in stations)
    state = ON_TOUR if is_on_tour and not is_here else state_at(exhibition, at)
    return ShownExhibition(exhibition, state, is_here, stations)
