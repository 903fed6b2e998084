"""Writes what was planned for a batch of rows. To be called inside a transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from events.actions import SCHEDULE, TIMES, keep_former_schedule, refresh_places, refresh_span, venue_changed
from events.importing.planning import Plan
from events.models import Event, EventRole, Venue
from portal.core.changes import gathered, rows_written
from portal.core.models import ContactPoint
from portal.core.publishing import PublicationState


@gathered()
def write(plans: list[Plan], at: datetime, *, publish: bool) -> None:
    """Writes new and changed events with all that they share and take along."""
    _write_shared(plans)
    new = [plan for plan in plans if plan.is_new]
    for plan in new:
        _state(plan.event, at, publish=publish)
    Event.objects.bulk_create([plan.event for plan in new], batch_size=500)
    _relate_to_prefectures(plan.event for plan in new)
    changed = [plan for plan in plans if not plan.is_new]
    for plan in changed:
        _save(plan, at)
    _write_roles(plans)
    refresh_places(Event.objects.filter(pk__in=[plan.event.pk for plan in plans]))
    for whole in Event.objects.in_bulk({plan.event.parent_id for plan in changed} - {None}).values():
        refresh_span(whole)
    rows_written.send(Event, keys=[plan.event.pk for plan in plans])


def _state(event: Event, at: datetime, *, publish: bool) -> None:
    event.publication_state = PublicationState.PUBLISHED if publish else PublicationState.DRAFT
    event.publish_at = at if publish else None


def _write_shared(plans: list[Plan]) -> None:
    venues = _without_key(plan.event.venue for plan in plans)
    contacts = _without_key(plan.event.contact for plan in plans)
    Venue.objects.bulk_create(venues, batch_size=500)
    ContactPoint.objects.bulk_create(contacts, batch_size=500)
    completed = {(type(row), row.pk): row for plan in plans for row in plan.completed}
    for row in completed.values():
        row.save()
        if isinstance(row, Venue):
            venue_changed(row)


def _without_key(rows: Iterable[Any]) -> list[Any]:
    return list({id(row): row for row in rows if row is not None and row.pk is None}.values())


def _save(plan: Plan, at: datetime) -> None:
    event = plan.event
    if plan.attributes or plan.roles:
        event.save(update_fields=[*sorted(plan.attributes), "updated_at", "revision"])
    is_moved = plan.attributes & {*SCHEDULE, *TIMES}
    if plan.former and is_moved and plan.former.was_public(at):
        keep_former_schedule(moved=event, former=plan.former, on=timezone.localdate(at))


def _relate_to_prefectures(events: Iterable[Event]) -> None:
    """A member municipality's event is about its prefecture."""
    relation = Event.prefectures.through
    pairs = [(event.pk, event.owner.prefecture_id) for event in events if event.owner and not event.owner.is_ward]
    relation.objects.bulk_create(
        (relation(event_id=event, prefecture_id=prefecture) for event, prefecture in pairs), batch_size=500
    )


def _write_roles(plans: list[Plan]) -> None:
    had = [
        role.pk
        for plan in plans
        if not plan.is_new and plan.roles
        for role in plan.event.roles.all()
        if role.role in plan.roles
    ]
    EventRole.objects.filter(pk__in=had).delete()
    EventRole.objects.bulk_create(
        (
            EventRole(event=plan.event, role=kind, **holder)
            for plan in plans
            for kind, holders in plan.roles.items()
            for holder in holders
        ),
        batch_size=500,
    )
