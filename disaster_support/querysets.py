"""Which disasters and which support, and what it adds up to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

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
        records: Any = apps.get_model("disaster_support", "SupportRecord").objects.with_currency()
        ordered = records.select_related("ward").order_by("listing_order", "pk")
        return self.prefetch_related(Prefetch("support_records", ordered))

    def for_detail(self) -> Self:
        """With the support given, what happened, the municipalities struck, and where each fact comes from."""
        struck = Municipality.objects.select_related("prefecture")
        return self.for_list().prefetch_related(
            "support_records__source_notes", "source_notes", "steps", Prefetch("struck_municipalities", struck)
        )


def _ward(column: Any) -> Coalesce:
    """A ward's code, nothing as an empty text: nothing is like nothing."""
    return Coalesce(column, Value(""), output_field=CharField())


def _day(column: Any) -> Coalesce:
    """A day; one that is not stated comes before all others."""
    return Coalesce(column, Value(date.min, output_field=DateField()), output_field=DateField())


class SupportRecordQuerySet(OfficialQuerySet):
    def counted(self, at: datetime | None = None) -> Self:
        """The official records of official disasters that are public at a moment: what the totals count."""
        disasters = apps.get_model("disaster_support", "Disaster").objects.published(at).official()
        return self.official().filter(disaster__in=disasters.order_by().values("pk"))

    def of_disasters(self, disasters: DisasterQuerySet) -> Self:
        return self.filter(disaster__in=disasters.order_by().values("pk"))

    def with_currency(self, by: date | None = None) -> Self:
        """With ``is_superseded``: a later cumulative figure of the same support is stated, by a day if one is given."""
        same = {name: OuterRef(name) for name in ("disaster", "kind", "giver", "item", "unit", "job", "is_demo")}
        rows: QuerySet = self.model._default_manager.filter(**same, is_cumulative=True)
        others = rows.annotate(its_ward=_ward("ward"), day=_day("as_of")).filter(its_ward=_ward(OuterRef("ward")))
        own_day = _day(OuterRef("as_of"))
        later = others.filter(Q(day__gt=own_day) | Q(day=own_day, pk__gt=OuterRef("pk")))
        if by is not None:
            later = later.filter(day__lte=by)
        superseded = When(Q(is_cumulative=True) & Exists(later), then=True)
        return self.annotate(is_superseded=Case(superseded, default=False, output_field=BooleanField()))

    def current(self, by: date | None = None) -> Self:
        """Without the figures that later ones have taken the place of; as all stood by a day if one is given."""
        stated = self if by is None else self.stated_by(by)
        return stated.with_currency(by).filter(is_superseded=False)

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
