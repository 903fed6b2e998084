"""Making and revoking links."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.previewing.models import PreviewLink
from portal.core.previewing.tokens import digest_of, new_token

LASTS = timedelta(days=7)


@transaction.atomic
def make_link(*, record: Model, recipient: str, by: Any, at: datetime | None = None) -> tuple[PreviewLink, str]:
    """A link to a record for seven days, and its token, which is told here and never again."""
    at, token = at or timezone.now(), new_token()
    link = PreviewLink.objects.create(
        digest=digest_of(token),
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        recipient=recipient,
        made_by=by,
        made_at=at,
        expires_at=at + LASTS,
    )
    note(AuditAction.PREVIEW, by=by, record=record, detail=f"作成：{recipient}", at=at)
    return link, token


@transaction.atomic
def revoke(*, link: PreviewLink, by: Any, at: datetime | None = None) -> None:
    """Closes a link for good."""
    link.revoked_at = at or timezone.now()
    link.save(update_fields=["revoked_at"])
    record: Any = link.record
    note(AuditAction.PREVIEW, by=by, record=record, subject=str(link), detail=f"取消し：{link.recipient}", at=at)
