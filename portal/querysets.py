"""Which news, publications, papers and published figures."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.db.models import Prefetch, Q, QuerySet

from portal.choices import FigureOrigin
from portal.core.models import Image, OfficialQuerySet
from portal.core.publishing import PublishableQuerySet
from portal.core.wareki import fiscal_year_of


class NewsItemQuerySet(PublishableQuerySet):
    def for_list(self) -> Self:
        return self.order_by("-publish_at", "-pk")

    def for_detail(self, at: datetime | None = None) -> Self:
        return self.prefetch_related(Prefetch("images", Image.objects.may_be_shown(at)), "attachments", "source_notes")


class PublicationQuerySet(PublishableQuerySet):
    def for_list(self, at: datetime | None = None) -> Self:
        covers = Prefetch("cover", Image.objects.may_be_shown(at))
        return self.select_related("attachment").prefetch_related(covers).order_by("-issued_on", "-pk")


class PublishedFigureQuerySet(OfficialQuerySet):
    def printed(self) -> Self:
        """What stands in the papers, without what was fixed from the records."""
        return self.filter(origin=FigureOrigin.PRINTED)

    def counted(self) -> Self:
        """What was fixed from the records, the newest day first."""
        return self.filter(origin=FigureOrigin.COUNTED).order_by("-as_of", "table", "listing_order")

    def not_frozen(self) -> Self:
        return self.filter(frozen_at__isnull=True)

    def of_table(self, table: str) -> Self:
        """The cells of one printed table, row by row, the older column first."""
        return self.filter(table=table).in_printed_order()

    def in_printed_order(self) -> Self:
        return self.order_by("table", "listing_order", "row", "fiscal_year")

    def stated_by(self, day: date) -> Self:
        """What was stated for a day until this one; where the paper gives no day, what has its fiscal year begun."""
        undated = Q(as_of__isnull=True, fiscal_year__lte=fiscal_year_of(day))
        return self.filter(undated | Q(as_of__lte=day))

    def with_sources(self) -> Self:
        return self.prefetch_related("source_notes")

    def with_explanations(self) -> Self:
        return self.select_related("explanation")

    def latest_totals(self) -> dict[str, Any]:
        """The newest total of each table, by table."""
        totals: Iterable[Any] = self.filter(is_total=True).order_by("fiscal_year")
        return {figure.table: figure for figure in totals}


class PolicyDocumentQuerySet(QuerySet):
    def decided_by(self, day: date) -> Self:
        """The papers decided in the month of a day or before it: more than the month is not known."""
        same_year = Q(decided_year=day.year, decided_month__lte=day.month)
        return self.filter(same_year | Q(decided_year__lt=day.year))
