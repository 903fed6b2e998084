"""Which ties and memberships, on a day."""

from datetime import date
from typing import Any, Self

from django.db.models import Count
from django.utils import timezone

from municipalities.querysets.period import InForceQuerySet
from municipalities.querysets.place import still_there
from portal.core.wareki import fiscal_year_start

_PARTNERS = Count("municipality", distinct=True)


class WardTieQuerySet(InForceQuerySet):
    def _with_existing(self, on: date | None) -> Self:
        there = still_there(on or timezone.localdate(), "municipality__")
        return self.official().in_force(on).filter(there).order_by()

    def partners_by_ward(self, on: date | None = None) -> dict[str, int]:
        """How many municipalities each ward is officially tied with on a day, by its code; none: no entry."""
        counted = self._with_existing(on).values_list("ward")
        return dict(counted.annotate(total=_PARTNERS))

    def partners_by_ward_and_prefecture(self, on: date | None = None) -> dict[tuple[str, str], int]:
        """The same for each ward and prefecture, by their codes."""
        counted = self._with_existing(on).values_list("ward", "municipality__prefecture")
        return {(ward, prefecture): total for ward, prefecture, total in counted.annotate(total=_PARTNERS)}

    def for_list(self) -> Self:
        return self.select_related("ward", "municipality__prefecture").order_by("municipality", "ward", "kind")

    def for_open_data(self) -> Self:
        """With all that a row of open data tells of each, in an order that stays."""
        return self.select_related("ward", "municipality__prefecture").order_by("ward", "municipality", "kind", "pk")


class MembershipQuerySet(InForceQuerySet):
    starts, ends = "registered_on", "withdrawn_on"

    def of(self, municipality: Any) -> Self:
        return self.filter(municipality=municipality)

    def latest_first(self) -> Self:
        return self.order_by("-registered_on", "-pk")

    def to_confirm(self, on: date, year: int) -> Self:
        """The members on a day who were members before a fiscal year began, and were not asked in it."""
        before = self.in_force(on).filter(registered_on__lt=fiscal_year_start(year))
        return before.exclude(confirmations__fiscal_year=year).select_related("municipality").order_by("pk")
