"""Which links still open something."""

from datetime import datetime
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils import timezone

from portal.core.previewing.tokens import digest_of


class PreviewLinkQuerySet(QuerySet):
    def open(self, at: datetime | None = None) -> Self:
        return self.filter(revoked_at__isnull=True, expires_at__gt=at or timezone.now())

    def behind(self, token: str, at: datetime | None = None) -> Any:
        """The open link whose secret this is; None where there is none."""
        return self.open(at).filter(digest=digest_of(token)).first()

    def of(self, record: Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk))
