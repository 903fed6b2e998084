"""What the rows of events, exhibitions and projects have in common: years, days, who may see them."""

from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.db.models import F, Q
from django.utils import timezone

from events.choices import DatePrecision, Status
from events.querysets.years import fiscal_years
from events.rules import NOT_TAKING_PLACE
from portal.core.publishing import PublishableQuerySet
from portal.core.wareki import fiscal_year_of


def rows_of(model: str) -> Any:
    """The rows of a neighbouring model, which itself imports this module."""
    return apps.get_model("events", model).objects


class RecordQuerySet(PublishableQuerySet):
    """Rows that are published, official or fictional, and belong to a fiscal year."""

    def in_fiscal_year(self, year: int) -> Self:
        return self.filter(fiscal_year=year)

    def taking_place(self) -> Self:
        """Without what was cancelled, postponed or withheld."""
        return self.exclude(status__in=NOT_TAKING_PLACE)

    def counted(self) -> Self:
        """What the official numbers of projects count: neither fictional, nor cancelled, postponed or withheld."""
        return self.official().taking_place()

    def fiscal_years(self, *others: "RecordQuerySet") -> list[int]:
        """The fiscal years that these rows, or others as well, belong to; newest first."""
        return fiscal_years(self, *others)

    def until_fiscal_year(self, year: int) -> Self:
        """What belongs to a fiscal year or to one before it."""
        return self.filter(fiscal_year__lte=year)


class ScheduledQuerySet(RecordQuerySet):
    """Rows with a first and a last day, both inclusive, or only a fiscal year."""

    def upcoming(self, at: datetime | None = None) -> Self:
        """What is still to come or going on at a moment and not cancelled, soonest first; unknown days come last."""
        today = timezone.localdate(at)
        unknown_but_this_year = Q(last_day__isnull=True, fiscal_year__gte=fiscal_year_of(today))
        still_to_come = Q(last_day__gte=today) | unknown_but_this_year
        return self.filter(still_to_come).exclude(status=Status.CANCELLED).soonest_first()

    def on_now(self, at: datetime | None = None) -> Self:
        """What takes place on the day of a moment, as far as the day is known."""
        today = timezone.localdate(at)
        going_on = self.filter(first_day__lte=today, last_day__gte=today, date_precision=DatePrecision.DAY)
        return going_on.exclude(status__in=NOT_TAKING_PLACE).soonest_first()

    def held(self, at: datetime | None = None) -> Self:
        """What had begun by the day of a moment; where the days are unknown, nobody can say."""
        begun = self.filter(first_day__lte=timezone.localdate(at))
        return begun.exclude(status__in=NOT_TAKING_PLACE)

    def in_calendars_since(self, day: date) -> Self:
        """What people can put into their calendars, its days being known, unless it was over before a day."""
        return self.filter(date_precision=DatePrecision.DAY, last_day__gte=day)

    def soonest_first(self) -> Self:
        return self.order_by(
            F("first_day").asc(nulls_last=True), F("last_day").asc(nulls_last=True), "fiscal_year", "pk"
        )

    def by_fiscal_year(self) -> Self:
        """Fiscal year by fiscal year, the oldest first; in each year unknown days come last."""
        return self.order_by("fiscal_year", F("first_day").asc(nulls_last=True), "listing_order", "pk")

    def latest_first(self) -> Self:
        return self.order_by("-fiscal_year", F("first_day").desc(nulls_last=True), "listing_order", "pk")
