"""What people decide on a finding: noted as printed, corrected, dismissed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.core.models import SourceNote, User
from portal.core.publishing import Publishable
from portal.quality.choices import FindingState
from portal.quality.looking import check_saved, is_still_found
from portal.quality.models import Finding
from portal.quality.rules import stands_in

NOT_FROM_A_PAPER = "この記録には出典の記載がないため、資料のまま注記することはできません。"
STILL_FOUND = "点検し直しましたが、まだ同じ内容が見つかります。先に記録を直してください。"


class NotDecidable(Exception):
    """A decision that the records do not bear out; the message tells why, in Japanese."""


def notes_behind(finding: Finding) -> list[SourceNote]:
    """The notes that quote the paper for the record of a finding; first the one in which it stands."""
    notes = SourceNote.objects.filter(content_type=finding.content_type, object_id=finding.object_id)
    return sorted(notes.exclude(as_printed=""), key=lambda note: not stands_in(note.as_printed, finding.message))


@transaction.atomic
def accept_as_printed(*, finding: Finding, by: User, note: str, at: datetime | None = None) -> None:
    """Leaves the record as the paper has it, and explains it to the public with a ※ note.

    Raises NotDecidable where no paper is quoted for the record.
    """
    behind = notes_behind(finding)
    if not behind:
        raise NotDecidable(NOT_FROM_A_PAPER)
    behind[0].reason = note
    behind[0].save(update_fields=["reason"])
    if isinstance(finding.record, Publishable):
        # What its page says is another now.
        finding.record.save(update_fields=["updated_at", "revision"])
    _decide(finding, FindingState.ACCEPTED, by, at, reason=note)


@transaction.atomic
def dismiss(*, finding: Finding, by: User, reason: str, at: datetime | None = None) -> None:
    """Leaves the record as it is, for a reason."""
    _decide(finding, FindingState.DISMISSED, by, at, reason=reason)


@transaction.atomic
def confirm_corrected(*, finding: Finding, by: User, at: datetime | None = None) -> None:
    """Closes a finding whose record was put right. Raises NotDecidable where the rule still finds it."""
    if is_still_found(finding, at):
        raise NotDecidable(STILL_FOUND)
    check_saved(finding.record, at)
    _decide(finding, FindingState.CORRECTED, by, at, reason=finding.reason)


def _decide(finding: Finding, state: FindingState, by: User, at: datetime | None, *, reason: str) -> None:
    finding.state, finding.reason = state, reason
    finding.decided_by, finding.decided_at = by, at or timezone.now()
    finding.save(update_fields=["state", "reason", "decided_by", "decided_at"])
