"""Very many events over ten years, spread evenly, with venues, parts, roles and places: written in bulk."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from events.choices import DatePrecision, EventKind, EventRoleKind, Status
from events.models import Event, EventRole, Venue
from municipalities.models import Municipality, Prefecture, Ward
from portal.core.wareki import fiscal_year_of

YEARS_BACK, YEARS_AHEAD = 9, 1
DAYS = 365 * (YEARS_BACK + YEARS_AHEAD)
# Of ten events one is a part of the one before it, and two last for three days.
PART_EVERY, LONG_EVERY = 10, 5
BATCH = 2_000
# So many coming events has the town whose calendar is subscribed to, at every size: what differs is all the rest.
SUBSCRIBED = 40


def write_events(number: int, today: date) -> None:
    """So many events, parts among them, from nine years before a day to one year after it."""
    wards = list(Ward.objects.all())
    subscribed, *towns = Municipality.objects.outside_the_wards().order_by("code")
    prefectures = list(Prefecture.objects.all())
    names = [Venue(name=f"第{n}会館", municipality=ward) for n, ward in enumerate(wards)]
    venues = Venue.objects.bulk_create(names)
    events = Event.objects.bulk_create(
        (_event(n, number, today, venues, towns) for n in range(number)), batch_size=BATCH
    )
    events += Event.objects.bulk_create(_event_of(subscribed, n, today, venues) for n in range(SUBSCRIBED))
    parts = [event for n, event in enumerate(events[:number]) if n % PART_EVERY == 1]
    for event in parts:
        event.parent_id = event.pk - 1
    Event.objects.bulk_update(parts, ["parent"], batch_size=BATCH)
    roles = [EventRole(event=e, role=EventRoleKind.ORGANIZER, municipality=_of(wards, e.pk // 7)) for e in events]
    EventRole.objects.bulk_create(roles, batch_size=BATCH)
    _link(events, wards, towns, prefectures)


def _event(n: int, number: int, today: date, venues: list[Venue], towns: list[Municipality]) -> Event:
    first = today + timedelta(days=n * DAYS // number - 365 * YEARS_BACK)
    return Event(
        title=f"第{n + 1}回 全国の魅力を伝える催し",
        kind=_of(EventKind.values, n),
        status=_of([Status.PLANNED] * 9 + [Status.CANCELLED], n // 3),
        date_precision=DatePrecision.DAY,
        first_day=first,
        last_day=first + timedelta(days=2 if n % LONG_EVERY == 0 else 0),
        fiscal_year=fiscal_year_of(first),
        start_time=time(10 + n % 8),
        venue=_of(venues, n // 2),
        owner=_of(towns, n // 11) if n % 3 == 0 else None,
        is_free=_of([True, False, None], n // 5),
        is_also_online=n % 4 == 0,
        publication_state="published",
        publish_at=timezone.make_aware(datetime.combine(today - timedelta(days=365 * (YEARS_BACK + 1)), time(9))),
    )


def _event_of(town: Municipality, n: int, today: date, venues: list[Venue]) -> Event:
    """One of the events of a town that has as many of them however many there are in all."""
    event = _event(n, SUBSCRIBED, today, venues, [town])
    event.owner, event.venue = town, None
    event.first_day = event.last_day = today + timedelta(days=1 + n)
    event.fiscal_year = fiscal_year_of(event.first_day)
    return event


def _link(events: list[Event], wards: list, towns: list, prefectures: list[Prefecture]) -> None:
    """The places of each event, as ``refresh_places`` would note them, and its prefecture."""
    place, prefecture = Event.places.through, Event.prefectures.through
    pairs = {
        (event.pk, code)
        for event in events
        for code in (event.venue and event.venue.municipality_id, event.owner_id, _of(wards, event.pk // 7).pk)
        if code
    }
    _bulk(place, (place(event_id=pk, municipality_id=code) for pk, code in sorted(pairs)))
    _bulk(prefecture, (prefecture(event_id=e.pk, prefecture=_of(prefectures, e.pk)) for e in events))


def _bulk(model: type, rows: Iterable) -> None:
    model.objects.bulk_create(rows, batch_size=BATCH)


def _of(values: list, n: int):
    return values[n % len(values)]
