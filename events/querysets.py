"""Which events, exhibitions, tour stops and ward projects: by time, place, kind."""

from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from events.choices import Status
from portal.core.models import OfficialQuerySet
from portal.core.publishing import PublishableQuerySet
from portal.core.wareki import fiscal_year_of


def _rows(model: str) -> Any:
    """The rows of a neighbouring model, which itself imports this module."""
    return apps.get_model("events", model).objects


class RecordQuerySet(PublishableQuerySet, OfficialQuerySet):
    """Rows that are published, official or fictional, and belong to a fiscal year."""

    def in_fiscal_year(self, year: int) -> Self:
        return self.filter(fiscal_year=year)

    def fiscal_years(self) -> list[int]:
        """The fiscal years that have rows, newest first."""
        return list(self.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct())


class ScheduledQuerySet(RecordQuerySet):
    """Rows with a first and a last day, both inclusive, or only a fiscal year."""

    def upcoming(self, at: datetime | None = None) -> Self:
        """What is still to come or going on at a moment and not cancelled, soonest first; unknown days come last."""
        today = timezone.localdate(at)
        unknown_but_this_year = Q(last_day__isnull=True, fiscal_year__gte=fiscal_year_of(today))
        still_to_come = Q(last_day__gte=today) | unknown_but_this_year
        return self.filter(still_to_come).exclude(status=Status.CANCELLED).soonest_first()

    def on_now(self, at: datetime | None = None) -> Self:
        """What takes place on the day of a moment."""
        today = timezone.localdate(at)
        going_on = self.filter(first_day__lte=today, last_day__gte=today)
        return going_on.exclude(status__in=[Status.CANCELLED, Status.POSTPONED]).soonest_first()

    def soonest_first(self) -> Self:
        return self.order_by(
            F("first_day").asc(nulls_last=True), F("last_day").asc(nulls_last=True), "fiscal_year", "pk"
        )

    def latest_first(self) -> Self:
        return self.order_by("-fiscal_year", F("first_day").desc(nulls_last=True), "listing_order", "pk")


class EventQuerySet(ScheduledQuerySet):
    def upcoming(self, at: datetime | None = None) -> Self:
        """As for everything scheduled, and an event leaves at its end time on its last day."""
        now = timezone.localtime(at)
        return super().upcoming(at).exclude(last_day=now.date(), end_time__isnull=False, end_time__lte=now.time())

    def on_now(self, at: datetime | None = None) -> Self:
        """As for everything scheduled, and an event leaves at its end time on its last day."""
        now = timezone.localtime(at)
        return super().on_now(at).exclude(last_day=now.date(), end_time__isnull=False, end_time__lte=now.time())

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def whole(self) -> Self:
        """Without the parts of larger events, which are shown with their whole."""
        return self.filter(parent__isnull=True)

    def for_list(self) -> Self:
        return self.select_related("venue")


class ExhibitionQuerySet(ScheduledQuerySet):
    def for_list(self) -> Self:
        """With the venue and, in order, the stops of the tour and their wards."""
        stops: QuerySet = _rows("TourStop").select_related("ward", "venue").order_by("listing_order", "pk")
        return self.select_related("venue", "prefecture").prefetch_related(Prefetch("stops", stops))


class TourStopQuerySet(QuerySet):
    def of_public_exhibitions(self, at: datetime | None = None) -> Self:
        return self.filter(exhibition__in=_rows("Exhibition").published(at).order_by().values("pk"))

    def for_ward_page(self) -> Self:
        return self.select_related("exhibition", "venue").order_by("-exhibition__first_day", "listing_order")


class WardProjectQuerySet(RecordQuerySet):
    def for_list(self) -> Self:
        return self.select_related("ward").prefetch_related("municipalities")
