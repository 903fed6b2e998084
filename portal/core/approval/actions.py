"""The steps of approval: each is one transaction, written down, and told to the audit log."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.core.approval.models import Proposal, ProposalState, ProposalStep, StepKind
from portal.core.approval.rules import TRANSITIONS, authors_since
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.history.actions import keep_former, keep_version
from portal.core.history.models import VersionKind
from portal.core.history.snapshots import Snapshot, put_back, take
from portal.core.publishing import STATE_FIELDS, PublicationState, Publishable

NOT_YOUR_OWN = "自分が起案したもの、確認を依頼したものは、承認できません。"
TOO_LATE = "その間に手続きが進んだため、この操作はできません。画面を開き直してください。"
# What a record that was never public is called while it goes through the same steps.
_STATE_OF_RECORD = {
    ProposalState.DRAFT: PublicationState.DRAFT,
    ProposalState.IN_REVIEW: PublicationState.IN_REVIEW,
    ProposalState.APPROVED: PublicationState.APPROVED,
}


@transaction.atomic
def draft(*, record: Publishable, by: Any, changes: Snapshot | None = None, at: datetime | None = None) -> Proposal:
    """Notes that somebody wrote a record that was never public, or ``changes`` of one that was."""
    proposal = Proposal.objects.open_for(record) or Proposal(
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        created_at=at or timezone.now(),
    )
    if proposal.state != ProposalState.DRAFT:
        raise ValidationError(TOO_LATE)
    proposal.changes, proposal.subject = changes or {}, str(record)[:300]
    proposal.written_by = proposal.holder = by
    proposal.save()
    _keep_state_of_record(proposal, at)
    _note_step(proposal, StepKind.WRITTEN, by, at)
    return proposal


@transaction.atomic
def submit(*, proposal: Proposal, by: Any, comment: str = "", at: datetime | None = None) -> None:
    """Asks for review."""
    _move(proposal, StepKind.SUBMITTED)
    proposal.submitted_by, proposal.submitted_at, proposal.reminded_at = by, at or timezone.now(), None
    _finish(proposal, StepKind.SUBMITTED, by, at, comment)


@transaction.atomic
def take_back(*, proposal: Proposal, by: Any, comment: str = "", at: datetime | None = None) -> None:
    """Makes it a draft again, to be changed; it is to be reviewed anew."""
    _move(proposal, StepKind.TAKEN_BACK)
    _forget_decision(proposal)
    _finish(proposal, StepKind.TAKEN_BACK, by, at, comment)


@transaction.atomic
def remand(
    *, proposal: Proposal, by: Any, comment: str, as_substitute: bool = False, at: datetime | None = None
) -> None:
    """Sends it back to its author with a reason."""
    if not comment.strip():
        raise ValidationError("差し戻すときは、理由を書いてください。")
    _move(proposal, StepKind.REMANDED)
    _forget_decision(proposal)
    _finish(proposal, StepKind.REMANDED, by, at, comment, as_substitute)


@transaction.atomic
def approve(
    *, proposal: Proposal, by: Any, comment: str = "", as_substitute: bool = False, at: datetime | None = None
) -> None:
    """Approves what somebody else wrote. Raises ValidationError for an author of it."""
    if by.pk in authors_since(proposal.steps.all()) | {proposal.written_by_id, proposal.submitted_by_id}:
        raise ValidationError(NOT_YOUR_OWN)
    _move(proposal, StepKind.APPROVED)
    proposal.decided_by, proposal.decided_at = by, at or timezone.now()
    _finish(proposal, StepKind.APPROVED, by, at, comment, as_substitute)


@transaction.atomic
def publish(*, proposal: Proposal, by: Any, moment: datetime | None = None, at: datetime | None = None) -> None:
    """Makes it public now, or at a moment to come.

    A record that was never public is then public from that moment by itself; a change of a public one is put in place
    by ``publish_due``. Raises ValidationError where the change no longer fits the record.
    """
    at = at or timezone.now()
    record: Any = proposal.record
    later = moment is not None and moment > at
    if is_change_of_public(proposal) and later:
        _hold(proposal)
        if proposal.state != ProposalState.APPROVED:
            raise ValidationError(TOO_LATE)
        proposal.publish_at = moment
        _finish(proposal, StepKind.PUBLISHED, by, at, "反映する日時を決めました。")
        return
    _move(proposal, StepKind.PUBLISHED)
    former = type(record)._default_manager.select_for_update(no_key=True).get(pk=record.pk)
    # What was told of it since somebody looked at it stays told.
    record.refresh_from_db()
    if is_change_of_public(proposal):
        keep_former(record=record, before=lambda: take(former))
        if record.publication_state == PublicationState.WITHDRAWN:
            record.publication_state, record.withdrawal_note = PublicationState.PUBLISHED, ""
        put_back(record, proposal.changes, keep=STATE_FIELDS)
    else:
        record.publication_state = PublicationState.PUBLISHED
        record.publish_at = moment if later else at
        record.full_clean()
        record.save()
    settle(record, former)
    keep_version(record=record, by=proposal.written_by, kind=VersionKind.APPROVED, at=at)
    _finish(proposal, StepKind.PUBLISHED, by, at)


@transaction.atomic
def drop(*, proposal: Proposal, by: Any, comment: str = "", at: datetime | None = None) -> None:
    """Gives a change of a public record up; what was written stays readable in the steps' record."""
    if not is_change_of_public(proposal):
        raise ValidationError("公開前の記録は、取りやめるかわりに削除してください。")
    _move(proposal, StepKind.DROPPED)
    _finish(proposal, StepKind.DROPPED, by, at, comment)


@transaction.atomic
def hand_over(*, proposal: Proposal, to: Any, by: Any, at: datetime | None = None) -> None:
    """Makes somebody else the one who goes on with a proposal."""
    comment = f"{proposal.holder or '担当者なし'}から{to}へ"
    proposal.holder = to
    proposal.save(update_fields=["holder", "updated_at"])
    _note_step(proposal, StepKind.HANDED_OVER, by, at, comment)
    told = f"{StepKind.HANDED_OVER.label}：{comment}"
    note(AuditAction.APPROVAL, by=by, record=proposal.record, detail=told, at=at)


def close_for(*, record: Publishable, by: Any, at: datetime | None = None) -> None:
    """Gives up what is proposed of a record that is about to be deleted."""
    proposal = Proposal.objects.open_for(record)
    if proposal is not None:
        proposal.state = ProposalState.DROPPED
        proposal.save()
        _note_step(proposal, StepKind.DROPPED, by, at, "記録を削除しました。")


@transaction.atomic
def withdraw(*, record: Publishable, by: Any, explanation: str, at: datetime | None = None) -> None:
    """Takes down what is public, with an explanation for whoever opens its address."""
    if not explanation.strip():
        raise ValidationError("取り下げるときは、説明を書いてください。公開ページに表示します。")
    if not record.is_public(at):
        raise ValidationError(TOO_LATE)
    former: Any = type(record)._default_manager.get(pk=record.pk)
    keep_former(record=record, before=lambda: take(former))
    record.publication_state, record.withdrawal_note = PublicationState.WITHDRAWN, explanation
    record.save()
    settle(record, former)
    keep_version(record=record, by=by, kind=VersionKind.STATE, reason="取り下げました。", at=at)
    entry = note(AuditAction.WITHDRAWAL, by=by, record=record, detail=explanation, at=at)
    site: Any = admin.site
    site.withdrew(record, entry)


@transaction.atomic
def publish_due(at: datetime | None = None) -> tuple[int, list[str]]:
    """Puts approved changes in place whose minute has come: how many, and the subjects of those that no longer fit."""
    done, failed = 0, []
    for proposal in Proposal.objects.due(at):
        try:
            publish(proposal=proposal, by=None, at=at)
            done += 1
        except ValidationError:
            failed.append(proposal.subject)
    return done, failed


def is_change_of_public(proposal: Proposal) -> bool:
    """Whether what is proposed is a change of a record that the public has seen."""
    record: Any = proposal.record
    return record is not None and record.was_public()


@contextmanager
def as_applied(proposal: Proposal, record: Any) -> Iterator[None]:
    """Inside, the record in the database is as it is proposed to be; afterwards nothing of it remains.

    Raises ValidationError where the change no longer fits the record.
    """
    with transaction.atomic():
        if proposal.changes:
            put_back(record, proposal.changes, keep=STATE_FIELDS)
        yield
        transaction.set_rollback(True)


def settle(record: Any, former: Any) -> None:
    """Tells the back office of a record that was changed here, so that what depends on it is put right."""
    site: Any = admin.site
    site.changed(record, former)


def _move(proposal: Proposal, kind: StepKind) -> None:
    """Leads a proposal, as it is in the database now, to its next state. Raises ValidationError where it cannot go."""
    _hold(proposal)
    if proposal.state not in TRANSITIONS[kind].sources:
        raise ValidationError(TOO_LATE)
    proposal.state = TRANSITIONS[kind].target


def _hold(proposal: Proposal) -> None:
    """Holds a proposal until the end of the transaction, as it is now, whatever it was when somebody looked at it."""
    held = Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    proposal.state, proposal.changes = held.state, held.changes


def _forget_decision(proposal: Proposal) -> None:
    proposal.decided_by = proposal.decided_at = proposal.publish_at = None


def _finish(
    proposal: Proposal, kind: StepKind, by: Any, at: datetime | None, comment: str = "", as_substitute: bool = False
) -> None:
    proposal.save()
    _keep_state_of_record(proposal, at)
    step = _note_step(proposal, kind, by, at, comment, as_substitute)
    told = f"{kind.label}{'（代理）' if as_substitute else ''}{'：' + comment if comment else ''}"
    note(AuditAction.APPROVAL, by=by, record=proposal.record, detail=told, at=at)
    site: Any = admin.site
    site.stepped(proposal, step)


def _keep_state_of_record(proposal: Proposal, at: datetime | None) -> None:
    """A record that was never public stands where its proposal does.

    So what was to become public by itself one day, and is written anew, does not: it goes through review again.
    """
    record: Any = proposal.record
    state = _STATE_OF_RECORD.get(ProposalState(proposal.state))
    if state and record.publication_state != state and not record.was_public(at):
        record.publication_state = state
        record.save(update_fields=["publication_state", "updated_at", "revision"])


def _note_step(
    proposal: Proposal, kind: StepKind, by: Any, at: datetime | None, comment: str = "", as_substitute: bool = False
) -> ProposalStep:
    return ProposalStep.objects.create(
        proposal=proposal, kind=kind, by=by, at=at or timezone.now(), comment=comment, as_substitute=as_substitute
    )
