"""Rows that hold for a period, and what the rooms beside this one share."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from portal.core.models import OfficialQuerySet
from portal.core.periods import FiscalYear, covers


def rows_of(model: str) -> Any:
    """The rows of a neighbouring model, which itself imports this module."""
    return apps.get_model("municipalities", model).objects


def as_number(code: Any) -> Cast:
    """A municipality's code as a number is sorted in half the time."""
    return Cast(code, models.IntegerField())


# Fiscal years before and after every other: those of an unknown beginning, and of what still runs.
ALWAYS, NEVER = 0, 9999


class InForceQuerySet(OfficialQuerySet):
    """Rows that hold for a period [``starts``, ``ends``)."""

    starts, ends = "starts_on", "ends_on"

    def year_spans(self) -> models.QuerySet:
        """The code of the municipality, and the fiscal years at whose end (31 March) each row holds.

        They are told by the first of them, and by the first after it at whose end the row does not hold; the two are
        equal for a row that holds at no year's end. ALWAYS: its beginning is unknown; NEVER: it still runs.
        """
        towns = self.order_by().annotate(town=as_number("municipality"))
        return towns.annotate(first=self._first_year(), past=self._past_year()).values_list("town", "first", "past")

    def running_since(self) -> models.QuerySet:
        """The code of each municipality of which a row has no end, and the first fiscal year at whose end one holds."""
        towns = self.filter(self._runs()).order_by().values("municipality")
        # The least of one code is that code; made a number before, it would be grouped by as well, past the index.
        town, first = as_number(models.Min("municipality")), models.Min(self._first_year())
        return towns.annotate(town=town, first=first).values_list("town", "first")

    def ended(self) -> Self:
        """The rows with an end, gone by or to come."""
        return self.exclude(self._runs())

    def _runs(self) -> Q:
        return Q(**{f"{self.ends}__isnull": True})

    def _first_year(self) -> Any:
        return Coalesce(FiscalYear(self.starts), ALWAYS)

    def _past_year(self) -> Any:
        return Coalesce(FiscalYear(self.ends), NEVER)

    def in_force(self, on: date | None = None) -> Self:
        """The rows whose period holds a day (today unless given)."""
        return self.filter(covers(on or timezone.localdate(), self.starts, self.ends))

    def at_places(self, codes: Iterable[str]) -> Self:
        """The rows of these municipalities."""
        return self.filter(municipality__in=list(codes))

    def current_and_ended(self, on: date | None = None) -> tuple[list, list]:
        """The rows that hold on a day and those over by it, in one query; what is yet to begin is in neither."""
        on = on or timezone.localdate()
        begun: Any = self.exclude(**{f"{self.starts}__gt": on}).annotate(is_current=covers(on, self.starts, self.ends))
        current: list = []
        ended: list = []
        for row in begun:
            (current if row.is_current else ended).append(row)
        return current, ended
