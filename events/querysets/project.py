"""Which ward projects."""

from typing import Any, Self

from events.querysets.schedule import RecordQuerySet


class WardProjectQuerySet(RecordQuerySet):
    def matching(self, wanted: dict[str, Any]) -> Self:
        """The projects that have these values."""
        return self.filter(**wanted)

    def for_list(self) -> Self:
        return self.select_related("ward").prefetch_related("municipalities")

    def for_detail(self) -> Self:
        return self.select_related("ward").prefetch_related("municipalities__prefecture", "source_notes")
