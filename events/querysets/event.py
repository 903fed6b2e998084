"""Which events: by time, place, kind, and how much is fetched with them."""

from dataclasses import replace
from datetime import date, datetime
from typing import Self

from django.db.models import Count, DateField, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from events.entries import COLUMNS, NAMED, Entry
from events.querysets.choice_counts import Counts, place_counts, plain_counts
from events.querysets.finding import (
    WHOLE,
    all_of,
    conditions,
    has,
    in_municipality,
    in_prefecture,
    over,
    touching,
)
from events.querysets.schedule import ScheduledQuerySet, rows_of
from events.wanted import Wanted
from events.when import Span, When
from portal.core.models import Image


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
        return self.filter(pk__in=rows.values_list(WHOLE))

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

    def for_calendar(self) -> list[Entry]:
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
        return self.filter(in_prefecture(code))

    def in_municipality(self, code: str) -> Self:
        """The events that a municipality or ward, known by its code, holds, hosts or has another part in.

        Parts of such an event are among them.
        """
        return self.filter(in_municipality(code))

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
