"""Which ward projects."""

from typing import Any, Self

from events.querysets.schedule import RecordQuerySet


class WardProjectQuerySet(RecordQuerySet):
    def matching(self, wanted: dict[str, Any]) -> Self:
        """The projects that have these values."""
        return self.filter(**wanted)

    def by_ward(self) -> Self:
        """Fiscal year by fiscal year, the oldest first, and in each by ward."""
        return self.order_by("fiscal_year", "ward", "title", "pk")

    def for_list(self) -> Self:
        return self.select_related("ward").prefetch_related("municipalities")

    def for_detail(self) -> Self:
        return self.select_related("ward").prefetch_related("municipalities__prefecture", "source_notes")
