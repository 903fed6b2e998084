"""Which events: by time, place, kind, and how much is fetched with them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Self

from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from events.choices import JOINT_KINDS, DatePrecision
from events.entries import COLUMNS, NAMED, Entry
from events.querysets.choice_counts import Counts, place_counts, plain_counts
from events.querysets.event_page import roles_with_pages
from events.querysets.finding import (
    WHOLE,
    all_of,
    among,
    conditions,
    has,
    over,
    touching,
)
from events.querysets.schedule import ScheduledQuerySet, rows_of
from events.wanted import Wanted
from events.when import Span, When
from portal.core.models import Image
from portal.core.publishing import PublicationState

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
        return self.filter(over(timezone.localtime(at)))

    def owned_by(self, municipality: Any) -> Self:
        """What a municipality publishes itself."""
        return self.filter(owner=municipality)

    def never_public(self) -> Self:
        """What is still on its way to the public for the first time."""
        states = (PublicationState.DRAFT, PublicationState.IN_REVIEW, PublicationState.APPROVED)
        return self.filter(publication_state__in=states)

    def settled(self) -> Self:
        """What was approved for the public: it is there, will be at its moment, or was withdrawn."""
        return self.filter(publication_state__in=(PublicationState.PUBLISHED, PublicationState.WITHDRAWN))

    def ended_without_report(self, since: date, at: datetime | None = None) -> Self:
        """What is public, took place, ended on ``since`` or later but before the day of a moment, and tells nothing of
        how it was: the twin of ``Event.is_reported``."""
        days = Q(last_day__gte=since, last_day__lt=timezone.localdate(at), date_precision=DatePrecision.DAY)
        told = ~Q(results="") | Q(visitors__isnull=False) | Q(participant_count__isnull=False)
        return self.published(at).taking_place().filter(days).exclude(told)

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
        """Without the parts of larger events, which are shown with their whole.

        Left out rather than asked for: nearly every row has no whole, and the index would be a detour through them.
        """
        return self.exclude(parent__isnull=False)

    def findable(self, at: datetime | None = None) -> Self:
        """What is public at a moment, and so is the whole under which it is listed."""
        public = rows_of("Event").published(at).filter(pk=OuterRef("parent"))
        return self.published(at).filter(Q(parent__isnull=True) | has(public))

    def found(self, wanted: Wanted, at: datetime | None = None) -> Self:
        """The wholes that meet what is wanted by themselves or by one of their parts."""
        rows = self.findable(at).filter(all_of(conditions(wanted, at))).order_by()
        return self.filter(among(rows.values_list(WHOLE)))

    def listed(self, *, latest_first: bool) -> Self:
        """The few rows that were found, in their order; unknown days last, within their fiscal year where it leads.

        As ``soonest_first`` and ``latest_first``, but by expressions: with a column, PostgreSQL would walk the index of
        all events in order and hope to meet the few soon.
        """
        if latest_first:
            day = Coalesce("first_day", Value(date.min, DateField())).desc()
            return self.order_by((F("fiscal_year") + 0).desc(), day, "listing_order", "pk")
        day = Coalesce("first_day", Value(date.max, DateField())).asc()
        return self.order_by(day, F("last_day").asc(nulls_last=True), "fiscal_year", "pk")

    def meeting(self, wanted: Wanted, at: datetime | None = None) -> Self:
        """The rows, wholes and parts, that meet what is wanted, whenever they take place, cancelled ones as well."""
        return self.filter(all_of(conditions(replace(wanted, when=When.ALL, fiscal_year=None), at)))

    def choice_counts(self, wanted: Wanted, at: datetime | None = None) -> Counts:
        """How many events each further choice would give, and under ``total`` how many are found. Two queries."""
        rows = self.findable(at)
        return plain_counts(rows, wanted, at) | place_counts(rows, wanted, at)

    def counts_by_kind(self) -> dict[str, int]:
        """How many of these rows there are of each kind that has any."""
        return dict(self.order_by().values_list("kind").annotate(Count("pk")))

    def first_of_kinds(self, number: int) -> Self:
        """Of these rows the first so many of each kind, those with the earliest first day."""
        order = [F("first_day").asc(nulls_last=True), F("pk").asc()]
        return self.alias(place=Window(RowNumber(), partition_by="kind", order_by=order)).filter(place__lte=number)

    def touching(self, days: Span) -> Self:
        """What takes place, for all that is known, on one of these days."""
        return self.filter(touching(days))

    def known_days(self) -> Span:
        """The first and the last day of these rows, as far as days are known."""
        last = self.filter(last_day__isnull=False).order_by("-last_day").values("last_day")[:1]
        first = self.filter(first_day__isnull=False).order_by("first_day")
        found = first.values_list("first_day", Subquery(last)).first()
        return Span(*found) if found else Span(None, None)

    def calendar_entries(self) -> list[Entry]:
        """What the calendar shows of these rows, in the order of their days; of the very same days the first few."""
        hours = [F("start_time").asc(nulls_first=True), F("pk").asc()]
        alike = [F("date_precision"), F("first_day"), F("last_day")]
        ranked = self.annotate(
            rank=Window(RowNumber(), partition_by=alike, order_by=hours), alike=Window(Count("*"), partition_by=alike)
        )
        rows = ranked.filter(rank__lte=NAMED).order_by("first_day", *hours)
        return [Entry(*values) for values in rows.values_list(*COLUMNS, "rank", "alike")]

    def in_calendar(self, at: datetime | None = None) -> Self:
        """What stands in a calendar: an event whose parts are public and have days is there as its parts."""
        parts = rows_of("Event").published(at).filter(parent=OuterRef("pk"), first_day__isnull=False)
        return self.filter(~has(parts))

    def in_prefecture(self, code: str) -> Self:
        """The events that are about a prefecture, or parts of one that is."""
        return self._with_parts_of(rows_of("Event_prefectures").filter(prefecture=code))

    def in_municipality(self, code: str) -> Self:
        """The events that a municipality or ward, known by its code, holds, hosts or has another part in.

        Parts of such an event are among them.
        """
        return self._with_parts_of(rows_of("Event_places").filter(municipality=code))

    def _with_parts_of(self, links: Any) -> Self:
        """The events that are linked, and their parts.

        As one list of keys, from which both databases start where a place is all that is asked.
        """
        linked = links.order_by().values("event")
        parts = rows_of("Event").order_by().filter(parent__in=linked).values("pk")
        return self.filter(pk__in=linked.union(parts))

    def wholes_of(self, rows: "EventQuerySet") -> Self:
        """Of these, the events that are among the rows or have a part among them."""
        return self.filter(among(rows.order_by().values_list(WHOLE)))

    def newest_wholes(self) -> Self:
        """Without parts, newest published first."""
        return self.whole().order_by("-publish_at", "-pk")

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

    def for_calendar(self) -> Self:
        """With all that a calendar tells of an event."""
        return self.select_related("venue", "contact", "parent")

    def with_calendar_parts(self, at: datetime | None = None) -> Self:
        """With those parts of each event that are public at a moment, told as a calendar tells them."""
        parts = rows_of("Event").published(at).for_calendar().in_programme_order()
        return self.prefetch_related(Prefetch("sub_events", parts))

    def for_detail(self, at: datetime | None = None) -> Self:
        """With what the page of an event tells at a moment, but for its files and places (``event_page``)."""
        one_each = self.select_related("venue__municipality__prefecture", "contact", "parent")
        return one_each.with_parts(at).prefetch_related(
            Prefetch("roles", roles_with_pages(at)), "speakers", "former_schedules", "source_notes"
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
