"""Asking, on the day after an event, how it was."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from municipalities.models import Membership, MemberStaff
from portal.core.mail.actions import post
from portal.core.models import Proposal, User

# What ended longer ago is not asked about any more: mail about it would come out of the blue.
ASKED_FOR = timedelta(days=30)
_TOLD = {"results", "visitors", "participant_count"}


def remind_reports(at: datetime | None = None) -> int:
    """Mails whoever wrote an event that is over, once, that its report is missing; of how many events.

    Where nobody who wrote it works for the municipality any more, all who do are asked.
    """
    today = timezone.localdate(at)
    members = Membership.objects.in_force(today).values("municipality")
    ended = Event.objects.ended_without_report(today - ASKED_FOR, at).filter(owner__in=members)
    asked = [_ask(event, at) for event in ended.select_related("owner").order_by("pk")]
    return asked.count(True)


@transaction.atomic
def _ask(event: Event, at: datetime | None) -> bool:
    if _is_being_reported(event):
        return False
    address = f"{settings.SITE_URL}{reverse('member_event_report', args=[event.pk])}"
    text = render_to_string("mail/members/report.txt", {"event": event, "address": address})
    subject = "開催報告のお願い"
    people = _people_to_ask(event, at)
    if not people:
        return False
    first, *others = people
    # One key for whoever is asked first: who works there may change from one day to the next.
    key = f"report-{event.pk}-{event.last_day}"
    if post(to=first.email, subject=subject, text=text, key=key, at=at) is None:
        return False
    for person in others:
        post(to=person.email, subject=subject, text=text, key=f"{key}-{person.pk}", at=at)
    return True


def _is_being_reported(event: Event) -> bool:
    proposal = Proposal.objects.open_for(event)
    return proposal is not None and bool(_TOLD & proposal.changes.get("fields", {}).keys())


def _people_to_ask(event: Event, at: datetime | None) -> list[User]:
    """Who wrote the event last, or goes on with it, if they work there; else all who do, the longest there first."""
    posts = MemberStaff.objects.at(event.owner, timezone.localdate(at))
    people: list[User] = [held.user for held in posts]
    latest: Any = Proposal.objects.of(event).order_by("-created_at", "-pk").first()
    authors = (latest.holder_id, latest.written_by_id) if latest else ()
    for author in authors:
        found = [person for person in people if person.pk == author]
        if found:
            return found
    return people
