"""Which places where addresses are named."""

from typing import Self

from django.db.models import QuerySet


class LinkUseQuerySet(QuerySet):
    def broken(self) -> Self:
        """Those whose address no longer answers, the longest broken first."""
        return self.filter(link__state="broken").order_by("link__first_failed_at", "pk")

    def for_list(self) -> Self:
        return self.select_related("link", "content_type")

    def not_told(self) -> Self:
        """Those broken ones of which nobody has been told."""
        return self.broken().for_list().filter(link__told_at__isnull=True).prefetch_related("record")
