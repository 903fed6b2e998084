"""Mail to those who keep others waiting."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from portal.core.approval.models import Proposal
from portal.core.mail.actions import post

PATIENCE = timedelta(days=3)


@transaction.atomic
def remind(approvers: Callable[[Proposal], Iterable[Any]], at: datetime | None = None) -> int:
    """Mails each approver how much has been waiting for three days; how many mails were sent.

    ``approvers`` names those who may approve a proposal. The mail names no record and no person: it leads to the queue.
    The same proposal is told of again after another three days.
    """
    at = at or timezone.now()
    long_ago = at - PATIENCE
    unanswered = Q(reminded_at__isnull=True) | Q(reminded_at__lte=long_ago)
    waiting = list(Proposal.objects.waiting().filter(unanswered, submitted_at__lte=long_ago))
    counts: dict[str, int] = {}
    for proposal in waiting:
        for person in approvers(proposal):
            counts[person.email] = counts.get(person.email, 0) + 1
    for email, count in sorted(counts.items()):
        _mail(email, count)
    Proposal.objects.filter(pk__in=[proposal.pk for proposal in waiting]).update(reminded_at=at)
    return len(counts)


def _mail(email: str, count: int) -> None:
    queue = f"{settings.SITE_URL}{reverse('admin:core_proposal_changelist')}"
    body = render_to_string("mail/waiting_for_approval.txt", {"count": count, "queue": queue})
    post(to=email, subject=f"承認を待つものが{count}件あります", text=body)
