"""Which news, publications, papers and published figures."""

from typing import Self

from django.db.models import QuerySet

from portal.core.models import OfficialQuerySet
from portal.core.publishing import PublishableQuerySet


class NewsItemQuerySet(PublishableQuerySet, OfficialQuerySet):
    def for_list(self) -> Self:
        return self.order_by("-publish_at", "-pk")


class PublicationQuerySet(PublishableQuerySet, OfficialQuerySet):
    def for_list(self) -> Self:
        return self.select_related("attachment", "cover").order_by("-issued_on", "-pk")


class PublishedFigureQuerySet(QuerySet):
    def of_table(self, table: str) -> Self:
        """The cells of one printed table, row by row, the older column first."""
        return self.filter(table=table).order_by("listing_order", "fiscal_year", "as_of")
