"""Saved events and exhibitions looked through with all that the database knows around them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from events.checks.records import Surroundings, check_event, check_exhibition
from events.models import Event, Exhibition
from events.querysets.event import MOST_ALIKE
from municipalities.models import Prefecture
from portal.core.checks import Doubt


def findings_on(item: Event | Exhibition, at: datetime | None = None) -> list[Doubt]:
    """What is doubtful about a saved event or exhibition at a moment."""
    if isinstance(item, Exhibition):
        return check_exhibition(item, around_exhibitions([item])[item.pk], at)
    return check_event(item, around_events([item])[item.pk], at)


def around_exhibitions(exhibitions: Sequence[Exhibition]) -> Mapping[int, Surroundings]:
    """What is known around each of these, by its key; one query."""
    prefectures = list(Prefecture.objects.all())
    return {
        exhibition.pk: Surroundings([exhibition.prefecture_id] if exhibition.prefecture_id else [], prefectures)
        for exhibition in exhibitions
    }


def around_events(events: Sequence[Event]) -> Mapping[int, Surroundings]:
    """What is known around each of these, by its key; five queries however many there are."""
    prefectures = list(Prefecture.objects.all())
    linked = _linked(Event.objects.prefectures_of(events))
    alike = _by_day(Event.objects.on_days_of(events))
    wholes = Event.objects.with_parts_among(events)
    return {
        event.pk: Surroundings(
            linked[event.pk], prefectures, list(_alike(event, alike[_day(event)])), event.pk in wholes
        )
        for event in events
    }


def _linked(pairs: Iterable[tuple[int, str]]) -> Mapping[int, set[str]]:
    linked: dict[int, set[str]] = defaultdict(set)
    for event, prefecture in pairs:
        linked[event].add(prefecture)
    return linked


def _day(event: Event) -> date | int:
    return event.first_day or event.fiscal_year


def _by_day(events: Iterable[Event]) -> Mapping[date | int, list[Event]]:
    days: dict[date | int, list[Event]] = defaultdict(list)
    for event in events:
        days[_day(event)].append(event)
    return days


def _alike(event: Event, same_day: Iterable[Event]) -> Iterator[Event]:
    """Those of the same day with the same owner or venue: the twin of ``EventQuerySet.alike``."""
    found = (other for other in same_day if _same_place(event, other) and not _one_family(event, other))
    yield from (other for _, other in zip(range(MOST_ALIKE), found, strict=False))


def _same_place(event: Event, other: Event) -> bool:
    return event.owner_id == other.owner_id or (event.venue_id is not None and event.venue_id == other.venue_id)


def _one_family(event: Event, other: Event) -> bool:
    """Whether they are one, a whole and its part, or parts of one whole."""
    family = {event.pk, event.parent_id} - {None}
    return other.pk in family or other.parent_id in family
