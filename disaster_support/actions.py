"""Switching the disaster mode, and publishing what is told in an emergency; each is noted in the audit log."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from disaster_support.choices import ModeKind
from disaster_support.models import DisasterMode, EmergencyNotice
from disaster_support.models.emergency import DRILL_LASTS
from disaster_support.situation import situation
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction

ALONE = "緊急のため、一人の判断で公開しました。"


@transaction.atomic
def switch_on(*, kind: ModeKind, by: Any, reason: str = "", at: datetime | None = None) -> DisasterMode:
    """Begins the disaster mode or a drill of half an hour; ``by`` is None where it is done by command.

    Raises ValidationError where it is on already.
    """
    at = at or timezone.now()
    if DisasterMode.objects.in_force(at).select_for_update().with_kind(kind).exists():
        raise ValidationError(f"「{kind.label}」の表示は、すでに始まっています。")
    ends = at + DRILL_LASTS if kind == ModeKind.DRILL else None
    mode = DisasterMode(kind=kind, reason=reason, started_at=at, started_by=by, ended_at=ends)
    mode.full_clean()
    mode.save()
    note(AuditAction.SETTING, by=by, record=mode, detail=f"「{kind.label}」の表示を始めました。{reason}", at=at)
    situation.forget()
    return mode


@transaction.atomic
def switch_off(*, by: Any, at: datetime | None = None) -> int:
    """Ends whatever mode is on; how many were."""
    at = at or timezone.now()
    modes = list(DisasterMode.objects.in_force(at).select_for_update())
    for mode in modes:
        mode.ended_at, mode.ended_by = at, by
        mode.save(update_fields=["ended_at", "ended_by"])
        note(
            AuditAction.SETTING, by=by, record=mode, detail=f"「{mode.get_kind_display()}」の表示を終えました。", at=at
        )
    situation.forget()
    return len(modes)


@transaction.atomic
def publish_notice(*, notice: EmergencyNotice, by: Any, at: datetime | None = None) -> None:
    """Publishes a notice on the word of one person, which is recorded."""
    notice.published_at, notice.published_by = at or timezone.now(), by
    notice.full_clean()
    notice.save()
    note(AuditAction.APPROVAL, by=by, record=notice, detail=ALONE, at=at)
    situation.forget()


@transaction.atomic
def end_notice(*, notice: EmergencyNotice, by: Any, at: datetime | None = None) -> None:
    """Takes a notice off the pages; one that was yet to begin never begins."""
    at = at or timezone.now()
    notice.starts_at = min(notice.starts_at, at)
    notice.ends_at = at
    notice.save(update_fields=["starts_at", "ends_at", "updated_at"])
    note(AuditAction.WITHDRAWAL, by=by, record=notice, detail="表示を終えました。", at=at)
    situation.forget()
