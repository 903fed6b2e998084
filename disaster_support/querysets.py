"""Which disasters and which support, and what it adds up to."""

from typing import Self

from django.apps import apps
from django.db.models import Count, Prefetch, QuerySet, Sum

from portal.core.models import OfficialQuerySet
from portal.core.publishing import PublishableQuerySet


class DisasterQuerySet(PublishableQuerySet, OfficialQuerySet):
    def for_list(self) -> Self:
        """With the support given, in order, and where each figure comes from."""
        records: QuerySet = apps.get_model("disaster_support", "SupportRecord").objects.order_by("listing_order", "pk")
        return self.prefetch_related(Prefetch("support_records", records))

    def for_detail(self) -> Self:
        return self.prefetch_related("struck_municipalities__prefecture")


class SupportRecordQuerySet(OfficialQuerySet):
    def counted(self) -> Self:
        """The official records of disasters that are public: what the totals count."""
        disasters = apps.get_model("disaster_support", "Disaster").objects.published().official()
        return self.official().filter(disaster__in=disasters.order_by().values("pk"))

    def totals(self) -> QuerySet:
        """One row for each kind and giver: yen, people, number of records. Kinds are never summed across."""
        return (
            self.order_by()
            .values("kind", "giver")
            .annotate(yen=Sum("amount_yen"), total_people=Sum("people"), record_count=Count("pk"))
            .order_by("kind", "giver")
        )
