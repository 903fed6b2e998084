"""Which versions: of a record, the latest."""

from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet


class VersionQuerySet(QuerySet):
    def of(self, record: Model) -> Self:
        """The versions of a record, the latest first."""
        kind = ContentType.objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=str(record.pk)).order_by("-number")

    def latest_of(self, record: Model) -> Any:
        """The latest version of a record, with who made it; None where none was kept."""
        return self.of(record).select_related("made_by").first()
