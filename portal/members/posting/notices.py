"""Mail about what members write: to those who are to decide, and to those who wrote it once that is done.

It goes only to people who work for the municipality on the day, once for each step, and holds nothing of the record but
what it is called.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from municipalities.models import MemberStaff, Municipality
from portal.core.approval.models import Proposal, ProposalStep, StepKind
from portal.core.audit.models import AuditEntry
from portal.core.mail.actions import post
from portal.core.models import User
from portal.members.posting.records import municipality_of, page_of
from portal.roles import approvers_of

_DECISIONS: Mapping[str, str] = {
    StepKind.REMANDED: "差し戻されました",
    StepKind.APPROVED: "承認されました",
    StepKind.PUBLISHED: "公開の手続きが済みました",
}


def tell_of_step(proposal: Proposal, step: ProposalStep) -> None:
    """Mails whoever a step of what a member wrote concerns; nobody of any other."""
    record: Any = proposal.record
    municipality = municipality_of(record)
    if municipality is None:
        return
    if step.kind == StepKind.SUBMITTED:
        if _at(municipality, [step.by_id]):
            _tell_approvers(proposal, step)
    elif step.kind in _DECISIONS:
        writers = [proposal.written_by_id, proposal.submitted_by_id, proposal.holder_id]
        people = _at(municipality, writers)
        moment = proposal.publish_at or record.publish_at
        _tell_writers(record, people, _DECISIONS[step.kind], step.kind, f"step-{step.pk}", moment)


def tell_of_withdrawal(record: Any, entry: AuditEntry) -> None:
    """Mails those who last wrote a record of a member that it was taken down."""
    municipality = municipality_of(record)
    if municipality is None:
        return
    last = Proposal.objects.of(record).order_by("-created_at", "-pk").first()
    writers = [last.written_by_id, last.submitted_by_id, last.holder_id] if last else []
    people = _at(municipality, writers)
    _tell_writers(record, people, "取り下げられました", StepKind.WITHDRAWN, f"withdrawal-{entry.pk}")


def _at(municipality: Municipality, keys: Iterable[Any]) -> list[User]:
    """Those of these people who work for a municipality today."""
    held = MemberStaff.objects.at(municipality).filter(user__in=[key for key in keys if key is not None])
    return [one.user for one in held]


def _tell_writers(
    record: Any, people: Iterable[User], what: str, kind: str, key: str, moment: datetime | None = None
) -> None:
    context = {
        "record": record,
        "label": record._meta.verbose_name,
        "what": what,
        "kind": kind,
        "moment": moment if moment and moment > timezone.now() else None,
        "page": f"{settings.SITE_URL}{page_of(record)}",
    }
    text = render_to_string("mail/members/decided.txt", context)
    for person in people:
        post(to=person.email, subject=f"{record._meta.verbose_name}：{what}", text=text, key=f"{key}-{person.pk}")


def _tell_approvers(proposal: Proposal, step: ProposalStep) -> None:
    context = {"queue": f"{settings.SITE_URL}{reverse('admin:core_proposal_changelist')}"}
    text = render_to_string("mail/members/submitted.txt", context)
    subject = "会員自治体から確認の依頼があります"
    for person in approvers_of(proposal):
        post(to=person.email, subject=subject, text=text, key=f"step-{step.pk}-{person.pk}")
