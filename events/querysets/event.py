"""Which events: by time, place, kind, and how much is fetched with them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone

from events.querysets.event_page import roles_with_pages
from events.querysets.schedule import ScheduledQuerySet, rows_of
from portal.core.publishing import PublicationState
from portal.core.wareki import fiscal_year_of

# More than these are not looked through for duplicates.
MOST_ALIKE = 200


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

    def without_parts_of_these(self) -> Self:
        """Without the parts of events that are themselves among these rows."""
        return self.exclude(parent__in=self.order_by().values("pk"))

    def with_role_of(self, **holder: Any) -> Self:
        """The events in which a holder has a role: ``body__in``, ``company`` or another column of the role."""
        return self.filter(Exists(rows_of("EventRole").filter(event=OuterRef("pk"), **holder)))

    def alike(self, event: Any) -> Self:
        """Other events of the same day and the same owner or venue, at most so many; not its whole and its parts.

        Where the day is unknown, those of the same fiscal year whose day is unknown as well.
        """
        same_day = Q(first_day=event.first_day) if event.first_day else Q(first_day=None, fiscal_year=event.fiscal_year)
        same_place = Q(owner=event.owner_id) if event.owner_id else Q(owner=None)
        if event.venue_id:
            same_place |= Q(venue=event.venue_id)
        others = self.exclude(publication_state=PublicationState.WITHDRAWN)
        if event.pk:
            others = others.exclude(Q(pk=event.pk) | Q(parent__isnull=False, parent=event.pk))
        if event.parent_id:
            others = others.exclude(Q(pk=event.parent_id) | Q(parent__isnull=False, parent=event.parent_id))
        return others.filter(same_day, same_place).order_by("pk")[:MOST_ALIKE]

    def on_days_of(self, events: Iterable[Any]) -> Self:
        """What may be alike any of these: all of the same days, and of the same years where the days are unknown."""
        days = {event.first_day for event in events if event.first_day}
        years = {event.fiscal_year for event in events if not event.first_day}
        same = Q(first_day__in=days) | Q(first_day=None, fiscal_year__in=years)
        told = ("title", "first_day", "fiscal_year", "start_time", "owner", "venue", "parent")
        return self.filter(same).exclude(publication_state=PublicationState.WITHDRAWN).only(*told).order_by("pk")

    def prefectures_of(self, events: Iterable[Any]) -> list[tuple[int, str]]:
        """Each of these events with the code of each prefecture it has to do with: chosen, or of its places."""
        keys = [event.pk for event in events]
        chosen = rows_of("Event_prefectures").filter(event__in=keys).values_list("event", "prefecture")
        there = rows_of("Event_places").filter(event__in=keys).values_list("event", "municipality__prefecture")
        return [*chosen, *there]

    def with_parts_among(self, events: Iterable[Any]) -> set[int]:
        """The keys of those of these events that have parts."""
        parts = self.filter(parent__in=[event.pk for event in events]).order_by()
        return set(parts.values_list("parent", flat=True).distinct())

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
        """With what the page of an event tells at a moment, but for its files and places (``event_page``)."""
        one_each = self.select_related("venue__municipality__prefecture", "contact", "parent")
        return one_each.with_parts(at).prefetch_related(
            Prefetch("roles", roles_with_pages(at)), "speakers", "former_schedules", "source_notes"
        )
