"""Changes that reach beyond one row."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, Q, QuerySet

from events.choices import DatePrecision
from events.models import Dated, Event, EventRole, Exhibition, FormerSchedule, Venue
from portal.core.changes import rows_written
from portal.core.models import ContactPoint
from portal.core.publishing import touch
from portal.core.wareki import fiscal_year_of


@transaction.atomic
def refresh_span(event: Event) -> None:
    """Gives a larger event the days of its parts: from the first day of the earliest to the last day of the latest.

    Without a part whose days are known it stays as it is.
    """
    whole = Event.objects.select_for_update().get(pk=event.pk)
    span = whole.sub_events.aggregate(first=Min("first_day"), last=Max("last_day"))
    known = (whole.first_day, whole.last_day, whole.date_precision)
    if span["first"] is None or known == (span["first"], span["last"], DatePrecision.DAY):
        return
    whole.first_day, whole.last_day = span["first"], span["last"]
    whole.fiscal_year = fiscal_year_of(whole.first_day)
    whole.date_precision = DatePrecision.DAY
    if whole.first_day == whole.last_day and whole.end_time and whole.start_time and whole.end_time <= whole.start_time:
        # It was the end on a later day.
        whole.end_time = None
    schedule = ["first_day", "last_day", "end_time", "fiscal_year", "date_precision"]
    whole.save(update_fields=[*schedule, "updated_at", "revision"])


@transaction.atomic
def refresh_places(events: QuerySet[Event]) -> None:
    """Notes the municipalities that events have to do with: those of their venues, owners, roles and participants.

    To be called where one of these was changed; ``Event.places`` is never written otherwise.
    """
    places = Event.places.through.objects
    chosen = events.order_by().values("pk")
    right = _pairs(Event.objects.filter(pk__in=chosen, venue__municipality__isnull=False), "pk", "venue__municipality")
    right |= _pairs(Event.objects.filter(pk__in=chosen, owner__isnull=False), "pk", "owner")
    right |= _pairs(EventRole.objects.filter(event__in=chosen, municipality__isnull=False), "event", "municipality")
    right |= _pairs(Event.participants.through.objects.filter(event__in=chosen), "event", "municipality")
    noted = {(event, code): pk for pk, event, code in places.filter(event__in=chosen).values_list("pk", *_PLACE)}
    wrong, missing = noted.keys() - right, right - noted.keys()
    places.filter(pk__in=[noted[pair] for pair in wrong]).delete()
    places.bulk_create((places.model(event_id=event, municipality_id=code) for event, code in missing), batch_size=500)
    rows_written.send(Event, keys={event for event, _ in wrong | missing})


_PLACE = ("event_id", "municipality_id")


def _pairs(rows: QuerySet, event: str, municipality: str) -> set[tuple[int, str]]:
    return set(rows.order_by().values_list(event, municipality))


@transaction.atomic
def venue_changed(venue: Venue) -> None:
    """Tells everything that takes place at a venue that what is said of it is new."""
    touch(venue.events.all())
    touch(Exhibition.objects.filter(Q(venue=venue) | Q(stops__venue=venue)))
    refresh_places(venue.events.all())


@transaction.atomic
def contact_changed(contact: ContactPoint) -> None:
    """Tells everything that people are to ask a contact point about that what is said of it is new."""
    touch(Event.objects.filter(contact=contact))
    touch(Exhibition.objects.filter(contact=contact))


# What makes a schedule: where one of these changes, people who noted it down must learn of it.
SCHEDULE = ("fiscal_year", "date_precision", "first_day", "last_day", "date_note")
TIMES = ("start_time", "end_time")


def keep_former_schedule(*, moved: Event | Exhibition, former: Dated, on: date) -> FormerSchedule | None:
    """Keeps the days for which something was announced, once it has been moved to others on a day.

    ``former`` is the record as it was. None where nothing was announced or the schedule is the same.
    """
    names = SCHEDULE + TIMES if isinstance(moved, Event) else SCHEDULE
    was = {name: getattr(former, name) for name in names}
    announced = was["date_precision"] != DatePrecision.UNKNOWN
    if not announced or _same(was, moved, [name for name in names if name not in ("fiscal_year", "date_note")]):
        return None
    record: dict[str, Any] = {"event": moved} if isinstance(moved, Event) else {"exhibition": moved}
    return FormerSchedule.objects.create(**record, **was, replaced_on=on)


def _same(was: dict[str, Any], now: Event | Exhibition, names: Iterable[str]) -> bool:
    return all(was[name] == getattr(now, name) for name in names)
