"""Which events: by time, place, kind, and how much is fetched with them."""

from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone

from events.choices import JOINT_KINDS
from events.querysets.schedule import ScheduledQuerySet, rows_of
from portal.core.models import Image
from portal.core.wareki import fiscal_year_of


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

    def joint(self) -> Self:
        """What the 23 wards hold together (23区一体事業)."""
        return self.filter(kind__in=JOINT_KINDS)

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
        parts = rows_of("Event").published(at).filter(parent=OuterRef("pk"), **wanted)
        return self.filter(Q(**wanted) | Exists(parts))

    def in_calendar(self, at: datetime | None = None) -> Self:
        """What stands in a calendar: an event whose parts are public and have days is there as its parts."""
        parts = rows_of("Event").published(at).filter(parent=OuterRef("pk"), first_day__isnull=False)
        return self.exclude(Exists(parts))

    def in_prefecture(self, code: str) -> Self:
        """The events that are about a prefecture, or parts of one that is."""
        about = rows_of("Event_prefectures").filter(prefecture=code)
        whole = Exists(about.filter(event=OuterRef("parent")))
        return self.filter(Exists(about.filter(event=OuterRef("pk"))) | whole)

    def in_municipality(self, code: str) -> Self:
        """The events that a municipality or ward, known by its code, holds, hosts or has another part in.

        Parts of such an event are among them.
        """
        there = rows_of("Event_places").filter(municipality=code)
        return self.filter(Exists(there.filter(event=OuterRef("pk"))) | Exists(there.filter(event=OuterRef("parent"))))

    def in_programme_order(self) -> Self:
        """The parts of an event as its programme has them."""
        return self.order_by("listing_order", F("first_day").asc(nulls_last=True), "pk")

    def for_list(self) -> Self:
        return self.select_related("venue")

    def with_parts(self, at: datetime | None = None) -> Self:
        """With those parts of each event that are public at a moment."""
        parts = rows_of("Event").published(at).for_list().in_programme_order()
        return self.prefetch_related(Prefetch("sub_events", parts))

    def for_detail(self, at: datetime | None = None) -> Self:
        """With all that the page of an event tells at a moment."""
        roles = rows_of("EventRole").select_related("body", "company", "municipality__prefecture")
        one_each = self.select_related("venue__municipality", "contact", "parent")
        return one_each.with_parts(at).prefetch_related(
            Prefetch("roles", roles),
            "prefectures",
            Prefetch("images", Image.objects.may_be_shown(at)),
            "attachments",
            "source_notes",
        )
