"""Which proposals: of a record, waiting, due."""

from datetime import datetime
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils import timezone


class ProposalQuerySet(QuerySet):
    def open(self) -> Self:
        return self.filter(state__in=["draft", "in_review", "approved"])

    def of(self, record: Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk))

    def open_for(self, record: Model) -> Any:
        """The open proposal of a record, or None."""
        return self.of(record).open().select_related("written_by", "submitted_by", "decided_by", "holder").first()

    def waiting(self) -> Self:
        """Those that somebody is to review, the longest waiting first."""
        people = ("content_type", "written_by", "submitted_by")
        return self.filter(state="in_review").select_related(*people).order_by("submitted_at", "pk")

    def held_by(self, user: Any) -> Self:
        """What is open and whose next step is somebody's: drafts of theirs, remanded ones, approved ones to publish."""
        return self.open().exclude(state="in_review").filter(holder=user).select_related("content_type")

    def with_records(self) -> Self:
        """With the record of each, a query for each kind."""
        return self.select_related("holder", "content_type").prefetch_related("record")

    def due(self, at: datetime | None = None) -> Self:
        """Approved changes whose minute has come."""
        return self.filter(state="approved", publish_at__lte=at or timezone.now()).order_by("publish_at", "pk")
