"""Which disasters and which support, and what it adds up to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from municipalities.models import Municipality
from portal.core.models import OfficialQuerySet
from portal.core.publishing import PublishableQuerySet


class DisasterQuerySet(PublishableQuerySet):
    def begun_by(self, day: date) -> Self:
        """Those that had begun by a day, and those of which no first day is known."""
        return self.filter(Q(first_day__isnull=True) | Q(first_day__lte=day))

    def by_struck_place(self, codes: Iterable[str]) -> dict[str, list[Any]]:
        """The disasters that struck each of these municipalities, the latest first, by their codes."""
        model: Any = self.model
        struck = model.struck_municipalities.through.objects.filter(municipality__in=list(codes))
        rows: Any = self.filter(pk__in=struck.values("disaster")).for_list()
        disasters = {row.pk: row for row in rows}
        found: dict[str, list[Any]] = defaultdict(list)
        for key, code in struck.values_list("disaster", "municipality").order_by("-disaster__first_day", "-disaster"):
            if key in disasters:
                found[code].append(disasters[key])
        return found

    def for_list(self) -> Self:
        """With the support given, in order."""
        records: QuerySet = apps.get_model("disaster_support", "SupportRecord").objects.order_by("listing_order", "pk")
        return self.prefetch_related(Prefetch("support_records", records))

    def for_detail(self) -> Self:
        """With the support given, the municipalities struck, and where each fact comes from."""
        struck = Municipality.objects.select_related("prefecture")
        return self.for_list().prefetch_related(
            "support_records__source_notes", "source_notes", Prefetch("struck_municipalities", struck)
        )


class SupportRecordQuerySet(OfficialQuerySet):
    def counted(self, at: datetime | None = None) -> Self:
        """The official records of official disasters that are public at a moment: what the totals count."""
        disasters = apps.get_model("disaster_support", "Disaster").objects.published(at).official()
        return self.official().filter(disaster__in=disasters.order_by().values("pk"))

    def of_disasters(self, disasters: DisasterQuerySet) -> Self:
        return self.filter(disaster__in=disasters.order_by().values("pk"))

    def stated_by(self, day: date) -> Self:
        """Those stated for a day until this one, and those of which the papers give no day."""
        return self.filter(Q(as_of__isnull=True) | Q(as_of__lte=day))

    def totals(self) -> QuerySet:
        """One row for each kind and giver: yen, people, number of records. Kinds are never summed across.

        ``in_words`` counts the records that have neither an amount nor a number of people.
        """
        return (
            self.order_by()
            .values("kind", "giver")
            .annotate(
                yen=Sum("amount_yen"),
                total_people=Sum("people"),
                record_count=Count("pk"),
                in_words=Count("pk", filter=~Q(description="")),
            )
            .order_by("kind", "giver")
        )

    def yen_of(self, kind: str) -> int:
        """What these records of one kind of money add up to, in whole yen."""
        return self.filter(kind=kind).aggregate(total=Sum("amount_yen"))["total"] or 0
