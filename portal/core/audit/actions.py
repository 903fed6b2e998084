"""Writing the audit log."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from portal.core.audit.models import AuditAction, AuditEntry


def note(
    action: AuditAction,
    *,
    by: Any,
    record: Model | None = None,
    subject: str = "",
    detail: str = "",
    at: datetime | None = None,
) -> AuditEntry:
    """Writes down what somebody (None: the portal itself) did, and to which record."""
    return AuditEntry.objects.create(
        at=at or timezone.now(),
        by=by,
        action=action,
        content_type=ContentType.objects.get_for_model(record) if record is not None else None,
        object_id=str(record.pk) if record is not None else "",
        subject=(subject or (str(record) if record is not None else ""))[:300],
        detail=detail,
    )
