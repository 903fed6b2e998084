"""Sending many events to review, and telling the public at once that it does not take place as announced."""

import copy
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from events.choices import DatePrecision, Status
from events.models import Event
from municipalities.models import WardStaff
from portal.core.approval.actions import TOO_LATE, drop, settle, submit, take_back
from portal.core.approval.models import Proposal, ProposalState
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.history.actions import keep_former, keep_version
from portal.core.history.models import VersionKind
from portal.core.history.snapshots import Snapshot, take
from portal.core.mail.actions import post
from portal.core.models import User
from portal.core.wareki import fiscal_year_of
from portal.roles import secretaries

# What an announcement decides: whatever else is proposed of an event says nothing of it any more.
DECIDED = frozenset(
    {
        *("status", "status_reason", "status_changed_on", "fiscal_year", "date_precision"),
        *("first_day", "last_day", "start_time", "end_time"),
    }
)


@transaction.atomic
def submit_all(*, events: Iterable[Event], by: Any, at: datetime | None = None) -> int:
    """Asks for review of those that are drafts; of how many."""
    keys = {str(event.pk) for event in events}
    kind = ContentType.objects.get_for_model(Event)
    drafts = Proposal.objects.filter(content_type=kind, object_id__in=keys, state=ProposalState.DRAFT).order_by("pk")
    for proposal in drafts:
        submit(proposal=proposal, by=by, at=at)
    return len(drafts)


@transaction.atomic
def announce(
    *, event: Event, status: Status, reason: str, by: Any, schedule: Mapping[str, Any] = {}, at: datetime | None = None
) -> Event:
    """Tells the public at once what became of a public event; ``schedule`` is its new days and times, if it is moved.

    People may be on their way: nobody approves this, but the secretariat and the ward are told. The days of before stay
    on record. What is proposed of the event gives way. Raises ValidationError where the event is not public (any more)
    or would break a rule.
    """
    # In the order in which publishing holds them: neither then waits for the other for ever.
    proposal = Proposal.objects.of(event).open().select_for_update(no_key=True).first()
    told: Event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if not told.is_public(at):
        raise ValidationError(TOO_LATE)
    former = copy.copy(told)
    keep_former(record=told, before=lambda: take(former))
    told.status = status
    is_as_announced = status == Status.PLANNED
    told.status_reason = "" if is_as_announced else reason
    told.status_changed_on = None if is_as_announced else timezone.localdate(at)
    if is_as_announced:
        told.change_note = reason
    for name, value in schedule.items():
        setattr(told, name, value)
    if told.first_day and schedule:
        told.fiscal_year, told.date_precision = fiscal_year_of(told.first_day), DatePrecision.DAY
    told.full_clean()
    told.save()
    if proposal is not None:
        _let_give_way(proposal, by, at)
    settle(told, former)
    keep_version(record=told, by=by, kind=VersionKind.CHANGED, reason="承認を待たずに知らせました。", at=at)
    detail = f"承認を待たない公表：{told.get_status_display()}（{reason}）"
    note(AuditAction.APPROVAL, by=by, record=told, detail=detail, at=at)
    _tell_who_answers(told, reason, at)
    return told


def left_of(changes: Snapshot) -> Snapshot:
    """What is left of a proposed change once all of it that an announcement decides is taken out; empty for nothing."""
    fields = {name: value for name, value in changes.get("fields", {}).items() if name not in DECIDED}
    rows = {name: kept for name, kept in changes.get("rows", {}).items() if name != "former_schedules"}
    return {part: values for part, values in (changes | {"fields": fields, "rows": rows}).items() if values}


def _let_give_way(proposal: Proposal, by: Any, at: datetime | None) -> None:
    """Takes out of a proposal all that has been decided; what then says nothing is given up."""
    left = left_of(proposal.changes)
    if left == proposal.changes:
        return
    if left:
        proposal.changes = left
        proposal.save(update_fields=["changes", "updated_at"])
        return
    if proposal.state == ProposalState.APPROVED:
        take_back(proposal=proposal, by=by, at=at)
    drop(proposal=proposal, by=by, comment="日程や実施状況を、承認を待たずに知らせたため。", at=at)


def _tell_who_answers(event: Event, reason: str, at: datetime | None) -> None:
    """Mails those who would have been asked."""
    address = f"{settings.SITE_URL}{event.get_absolute_url()}"
    context = {"event": event, "reason": reason, "address": address}
    text = render_to_string("mail/members/announced.txt", context)
    subject = f"会員自治体の催しのお知らせ（{event.get_status_display()}）"
    for person in _who_answers(event, at):
        key = f"announced-{event.pk}-{event.revision}-{person.pk}"
        post(to=person.email, subject=subject, text=text, key=key, at=at)


def _who_answers(event: Event, at: datetime | None) -> list[User]:
    """The secretariat, and who approves for the ward that an event is addressed to."""
    posts = WardStaff.objects.approving(timezone.localdate(at)).filter(ward=event.addressed_to_id)
    of_ward = User.objects.filter(is_active=True, is_staff=True, pk__in=posts.values("user"))
    return list((secretaries() | of_ward).distinct().order_by("pk"))
