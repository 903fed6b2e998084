"""Which inquiries, and which words about pages."""

from datetime import datetime
from typing import Self

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.contact.choices import InquiryState


class InquiryQuerySet(QuerySet):
    def unclosed(self) -> Self:
        """Those about which somebody is to do something, the oldest first."""
        return self.exclude(state=InquiryState.CLOSED).order_by("created_at", "pk")

    def to_forget(self, *, closed_by: datetime, came_by: datetime) -> Self:
        """Those whose words are to be removed: closed by a moment, or come by another, whatever became of them."""
        return self.filter(Q(closed_at__lte=closed_by) | Q(created_at__lte=came_by), forgotten_at__isnull=True)


class PageFeedbackQuerySet(QuerySet):
    def came_by(self, at: datetime) -> Self:
        return self.filter(created_at__lte=at)

    def with_counts(self) -> Self:
        """With how many found the same page useful (``yes_count``) and how many did not (``no_count``)."""
        return self.annotate(yes_count=_of_same_page(self.model, True), no_count=_of_same_page(self.model, False))


def _of_same_page(model: type, is_useful: bool) -> Coalesce:
    same = model._default_manager.filter(path=OuterRef("path"), is_useful=is_useful)  # type: ignore[attr-defined]
    counted = same.order_by().values("path").annotate(count=Count(F("pk")))
    return Coalesce(Subquery(counted.values("count")), 0)
