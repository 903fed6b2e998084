"""Which events, exhibitions, tour stops and ward projects: by time, place, kind."""

from datetime import datetime
from typing import Any, NamedTuple, Self

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from events.choices import DatePrecision, Status, StopState
from events.rules import NOT_TAKING_PLACE, STOPS_TAKING_PLACE
from portal.core.models import Image
from portal.core.publishing import PublishableQuerySet
from portal.core.wareki import fiscal_year_of


def _rows(model: str) -> Any:
    """The rows of a neighbouring model, which itself imports this module."""
    return apps.get_model("events", model).objects


class RecordQuerySet(PublishableQuerySet):
    """Rows that are published, official or fictional, and belong to a fiscal year."""

    def in_fiscal_year(self, year: int) -> Self:
        return self.filter(fiscal_year=year)

    def fiscal_years(self, *others: "RecordQuerySet") -> list[int]:
        """The fiscal years that these rows, or others as well, belong to; newest first."""
        years, *more = [rows.order_by().values_list("fiscal_year", flat=True).distinct() for rows in (self, *others)]
        return sorted(years.union(*more) if more else years, reverse=True)


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

    def over(self, at: datetime | None = None) -> Self:
        """What is over at a moment, or was held on days that nobody wrote down."""
        now = timezone.localtime(at)
        over_today = Q(last_day=now.date(), end_time__lte=now.time())
        undated = Q(last_day__isnull=True, fiscal_year__lt=fiscal_year_of(now.date()))
        return self.filter(Q(last_day__lt=now.date()) | over_today | undated)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def first_of_each_kind(self) -> Self:
        """Of these rows, the first of each kind by its first day."""
        sooner = Q(first_day__lt=OuterRef("first_day")) | Q(first_day=OuterRef("first_day"), pk__lt=OuterRef("pk"))
        return self.exclude(Exists(self.filter(sooner, kind=OuterRef("kind")))).soonest_first()

    def whole(self) -> Self:
        """Without the parts of larger events, which are shown with their whole."""
        return self.filter(parent__isnull=True)

    def matching(self, wanted: dict[str, Any], at: datetime | None = None) -> Self:
        """The events that have these values, or of which a part that is public at a moment has them."""
        parts = _rows("Event").published(at).filter(parent=OuterRef("pk"), **wanted)
        return self.filter(Q(**wanted) | Exists(parts))

    def in_municipality(self, code: str) -> Self:
        """The events that a municipality or ward, known by its code, holds, hosts or has another part in."""
        return self.filter(Exists(_rows("Event_places").filter(event=OuterRef("pk"), municipality=code)))

    def in_programme_order(self) -> Self:
        """The parts of an event as its programme has them."""
        return self.order_by("listing_order", F("first_day").asc(nulls_last=True), "pk")

    def for_list(self) -> Self:
        return self.select_related("venue")

    def with_parts(self, at: datetime | None = None) -> Self:
        """With those parts of each event that are public at a moment."""
        parts = _rows("Event").published(at).for_list().in_programme_order()
        return self.prefetch_related(Prefetch("sub_events", parts))

    def for_detail(self, at: datetime | None = None) -> Self:
        """With all that the page of an event tells at a moment."""
        roles = apps.get_model("events", "EventRole").objects.select_related(
            "body", "company", "municipality__prefecture"
        )
        one_each = self.select_related("venue__municipality", "contact", "parent")
        return one_each.with_parts(at).prefetch_related(
            Prefetch("roles", roles),
            "prefectures",
            Prefetch("images", Image.objects.may_be_shown(at)),
            "attachments",
            "source_notes",
        )


class ExhibitionQuerySet(ScheduledQuerySet):
    def on_view(self, at: datetime | None = None) -> Self:
        """What people can go and see on the day of a moment, in its first place or at a stop of its tour.

        Where only the month is known, nobody can be sent there.
        """
        in_first_place = Q(pk__in=self.on_now(at).order_by().values("pk"))
        on_tour = Exists(_rows("TourStop").on_now(at).filter(exhibition=OuterRef("pk")))
        return self.filter(in_first_place | on_tour).exclude(status__in=NOT_TAKING_PLACE).soonest_first()

    def for_list(self) -> Self:
        """With the venue and, in order, the stops of the tour and their wards."""
        stops: QuerySet = _rows("TourStop").select_related("ward", "venue").order_by("listing_order", "pk")
        return self.select_related("venue", "prefecture").prefetch_related(Prefetch("stops", stops))

    def with_images(self, at: datetime | None = None) -> Self:
        """With the pictures that may be shown at a moment."""
        return self.prefetch_related(Prefetch("images", Image.objects.may_be_shown(at)))

    def for_detail(self, at: datetime | None = None) -> Self:
        """With all that the page of an exhibition tells at a moment."""
        one_each = self.for_list().select_related("venue__municipality", "prefecture", "contact")
        return one_each.prefetch_related(
            Prefetch("images", Image.objects.may_be_shown(at)), "attachments", "source_notes"
        )


class HostingCount(NamedTuple):
    """How often a ward is named as a stop of a tour, and how many of these times only as planned."""

    stops: int
    planned: int


class TourStopQuerySet(QuerySet):
    def of_public_exhibitions(self, at: datetime | None = None) -> Self:
        return self.filter(exhibition__in=_rows("Exhibition").published(at).order_by().values("pk"))

    def official(self) -> Self:
        """A stop is fictional where its exhibition is."""
        return self.filter(exhibition__is_demo=False)

    def on_now(self, at: datetime | None = None) -> Self:
        """The stops, planned or reported, at which a tour is on the day of a moment."""
        today = timezone.localdate(at)
        return self.filter(first_day__lte=today, last_day__gte=today, state__in=STOPS_TAKING_PLACE)

    def hosting_counts(self) -> dict[str, HostingCount]:
        """How often each ward is named, by its code; a ward that never is has no entry. No cancelled stops."""
        named = self.filter(ward__isnull=False, state__in=STOPS_TAKING_PLACE)
        planned = Count("pk", filter=Q(state=StopState.PLANNED))
        counted = named.order_by().values_list("ward").annotate(stops=Count("pk"), planned=planned)
        return {code: HostingCount(*counts) for code, *counts in counted}

    def for_ward_page(self) -> Self:
        return self.select_related("exhibition", "venue").order_by("-exhibition__first_day", "listing_order")


class WardProjectQuerySet(RecordQuerySet):
    def matching(self, wanted: dict[str, Any]) -> Self:
        """The projects that have these values."""
        return self.filter(**wanted)

    def for_list(self) -> Self:
        return self.select_related("ward").prefetch_related("municipalities")

    def for_detail(self) -> Self:
        return self.select_related("ward").prefetch_related("municipalities__prefecture", "source_notes")
