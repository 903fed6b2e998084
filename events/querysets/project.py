"""Which ward projects."""

import unicodedata
from collections import Counter
from typing import Any, NamedTuple, Self

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from events.querysets.schedule import RecordQuerySet, rows_of
from municipalities.models import Municipality

_COLUMNS = ("ward", "field", "fiscal_year", "status")


class ProjectFacets(NamedTuple):
    """How many projects there are of each ward, field, year, status, and with partners in each prefecture."""

    ward: Counter[str]
    field: Counter[str]
    fiscal_year: Counter[int]
    status: Counter[str]
    prefecture: dict[str, int]
    ward_names: dict[str, str]
    prefecture_names: dict[str, str]


class WardProjectQuerySet(RecordQuerySet):
    def matching(self, wanted: dict[str, Any]) -> Self:
        """The projects that have these values; ``q``, ``municipality`` and ``prefecture`` as the methods below."""
        rows = self.filter(**{name: value for name, value in wanted.items() if name in _COLUMNS})
        if words := wanted.get("q"):
            rows = rows.with_words(words)
        if municipality := wanted.get("municipality"):
            rows = rows.with_municipality(municipality)
        if prefecture := wanted.get("prefecture"):
            rows = rows.with_partner(municipality__prefecture=prefecture)
        return rows.counted() if wanted.get("counted") else rows

    def with_partner(self, *conditions: Q, **values: Any) -> Self:
        """The projects of which a partner municipality fulfils these conditions."""
        return self.filter(Exists(rows_of("WardProject_municipalities").filter(_OWN, *conditions, **values)))

    def with_municipality(self, text: str) -> Self:
        """The projects with a municipality of this code, or with these words in its name."""
        plain = unicodedata.normalize("NFKC", text).strip()
        return self.with_partner(Q(municipality=plain) | Q(municipality__name__contains=plain))

    def with_words(self, text: str) -> Self:
        """The projects that have every word in their title or summary, or in the name of a municipality."""
        rows = self
        for word in unicodedata.normalize("NFKC", text).split():
            partners = rows_of("WardProject_municipalities").filter(_OWN, municipality__name__contains=word)
            own = Q(title__icontains=word) | Q(summary__icontains=word) | Q(ward__name__contains=word)
            rows = rows.filter(own | Exists(partners))
        return rows

    def facets(self) -> ProjectFacets:
        """What these projects are counted by, in two queries."""
        groups = self.order_by("ward").values_list(*_COLUMNS, "ward__name").annotate(total=Count("pk"))
        found = ProjectFacets(Counter(), Counter(), Counter(), Counter(), {}, {}, {})
        for ward, field, year, status, name, total in groups:
            found.ward_names[ward] = name
            for counter, value in zip(found[:4], (ward, field, year, status), strict=True):
                counter[value] += total  # type: ignore[index]
        prefecture = ("municipality__prefecture", "municipality__prefecture__name")
        partners = rows_of("WardProject_municipalities").filter(wardproject__in=self.order_by().values("pk"))
        counted = partners.order_by("municipality__prefecture").values_list(*prefecture)
        for code, name, total in counted.annotate(total=Count("wardproject", distinct=True)):
            found.prefecture[code], found.prefecture_names[code] = total, name
        return found

    def by_ward(self) -> Self:
        """Fiscal year by fiscal year, the oldest first, and in each by ward."""
        return self.order_by("fiscal_year", "ward", "title", "pk")

    def for_list(self) -> Self:
        return self.select_related("ward").prefetch_related("municipalities")

    def for_table(self) -> Self:
        """In the order of a table that stays, with all that it tells."""
        partners = Prefetch("municipalities", Municipality.objects.select_related("prefecture"))
        return self.select_related("ward").prefetch_related(partners).order_by("-fiscal_year", "ward", "title", "pk")

    def for_detail(self) -> Self:
        return self.select_related("ward").prefetch_related("municipalities__prefecture", "source_notes")


_OWN = Q(wardproject=OuterRef("pk"))
