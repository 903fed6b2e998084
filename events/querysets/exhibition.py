"""Which exhibitions and stops of their tours: on view, of a ward, counted by ward."""

from datetime import datetime
from typing import NamedTuple, Self

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from events.choices import StopState
from events.querysets.schedule import ScheduledQuerySet, rows_of
from events.rules import NOT_TAKING_PLACE, STOPS_TAKING_PLACE
from portal.core.models import Image


class ExhibitionQuerySet(ScheduledQuerySet):
    def on_view(self, at: datetime | None = None) -> Self:
        """What people can go and see on the day of a moment, in its first place or at a stop of its tour.

        Where only the month is known, nobody can be sent there.
        """
        in_first_place = Q(pk__in=self.on_now(at).order_by().values("pk"))
        on_tour = Exists(rows_of("TourStop").on_now(at).filter(exhibition=OuterRef("pk")))
        return self.filter(in_first_place | on_tour).exclude(status__in=NOT_TAKING_PLACE).soonest_first()

    def for_list(self) -> Self:
        """With the venue and, in order, the stops of the tour and their wards."""
        stops: QuerySet = rows_of("TourStop").select_related("ward", "venue").order_by("listing_order", "pk")
        return self.select_related("venue", "prefecture").prefetch_related(Prefetch("stops", stops))

    def with_images(self, at: datetime | None = None) -> Self:
        """With the pictures that may be shown at a moment."""
        return self.prefetch_related(Prefetch("images", Image.objects.may_be_shown(at)))

    def for_detail(self, at: datetime | None = None) -> Self:
        """With all that the page of an exhibition tells at a moment."""
        one_each = self.for_list().select_related("venue__municipality__prefecture", "prefecture", "contact")
        return one_each.prefetch_related(
            Prefetch("images", Image.objects.may_be_shown(at)), "attachments", "former_schedules", "source_notes"
        )


class HostingCount(NamedTuple):
    """How often a ward is named as a stop of a tour, and how many of these times only as planned."""

    stops: int
    planned: int


class TourStopQuerySet(QuerySet):
    def of_public_exhibitions(self, at: datetime | None = None) -> Self:
        return self.filter(exhibition__in=rows_of("Exhibition").published(at).order_by().values("pk"))

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
