"""Which events: by time, place, kind, and how much is fetched with them."""

from datetime import date, datetime
from typing import Any, Self

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, Sum
from django.utils import timezone

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

    def telling_of(self, words: str) -> Self:
        """The events whose title, theme or summary holds the words."""
        return self.filter(Q(title__icontains=words) | Q(theme__icontains=words) | Q(summary__icontains=words))

    def within(self, first: date | None, last: date | None) -> Self:
        """The events that take place on a day from the first to the last, both inclusive; None: without an end."""
        rows = self if first is None else self.filter(last_day__gte=first)
        return rows if last is None else rows.filter(first_day__lte=last)

    def newest_first(self) -> Self:
        """An order in which each row has one place only, for lists in parts."""
        return self.order_by(F("first_day").desc(nulls_last=True), "-fiscal_year", "-pk")

    def for_api(self, at: datetime | None = None) -> Self:
        """With all that the API tells of an event at a moment."""
        roles = rows_of("EventRole").select_related("body", "company", "municipality")
        parts = rows_of("Event").published(at).in_programme_order()
        return self.select_related("venue").prefetch_related(
            Prefetch("roles", roles),
            Prefetch("sub_events", parts),
            "prefectures",
            "speakers",
            "former_schedules",
        )

    def for_open_data(self, at: datetime | None = None) -> Self:
        """With all that a row of open data tells of each at a moment, in an order that stays."""
        parts = rows_of("Event").published(at).official().in_programme_order()
        roles = rows_of("EventRole").select_related("body", "company", "municipality")
        return (
            self.select_related("owner__prefecture", "venue__municipality__prefecture", "contact")
            .prefetch_related(
                Prefetch("sub_events", parts),
                Prefetch("roles", roles.order_by("role", "pk")),
                Prefetch("images", Image.objects.may_be_shown(at)),
            )
            .order_by("pk")
        )

    def fingerprint(self, at: datetime | None = None) -> str:
        """Tells one state of the events that are public at a moment from another, in one query.

        What has begun or ended since is another state, and so is another day: pictures may be shown until one.
        """
        now = timezone.localtime(at)
        begun = Q(first_day__lt=now.date()) | Q(first_day=now.date(), start_time__lte=now.time())
        over = Q(last_day__lt=now.date()) | Q(last_day=now.date(), end_time__lte=now.time())
        counted = self.published(at).aggregate(
            rows=Count("pk"),
            keys=Sum("pk"),
            revisions=Sum("revision"),
            changed=Max("updated_at"),
            begun=Count("pk", filter=begun),
            over=Count("pk", filter=over),
        )
        return f"{now.date()} {sorted(counted.items())}"
