"""How events are found: each part of what is wanted as a condition on a row.

A row, whole or part, is found where it meets every condition by itself; what is listed is its whole.
"""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import When as InCase
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull
from django.utils import timezone

from events.choices import DatePrecision, Status
from events.wanted import Wanted
from events.when import Span, When
from portal.core.wareki import fiscal_year_of

WHOLE = Coalesce("parent_id", "pk")
Conditions = dict[str, Q]


def rows_of(model: str) -> Any:
    return apps.get_model("events", model).objects


def conditions(wanted: Wanted, at: datetime | None = None) -> Conditions:
    """What each given part of what is wanted asks of a row, by the name of the part."""
    given = {
        "when": _time_condition(wanted, at),
        "status": _status_condition(wanted),
        "fiscal_year": Q(fiscal_year=wanted.fiscal_year) if wanted.fiscal_year is not None else Q(),
        "kind": Q(kind=wanted.kind) if wanted.kind else Q(),
        "free": FREE if wanted.free else Q(),
        "online": ONLINE if wanted.online else Q(),
        "ward": _linked("Event_places", municipality=wanted.ward) if wanted.ward else Q(),
        "municipality": _linked("Event_places", municipality=wanted.municipality) if wanted.municipality else Q(),
        "prefecture": _linked("Event_prefectures", prefecture=wanted.prefecture) if wanted.prefecture else Q(),
    }
    return {name: condition for name, condition in given.items() if condition}


FREE = Q(is_free=True)
ONLINE = Q(is_also_online=True) | Q(venue__is_online=True)
NOT_CANCELLED = ~Q(status=Status.CANCELLED)


def _status_condition(wanted: Wanted) -> Q:
    """What is cancelled is nothing to go to; who asks for it by name finds it."""
    if wanted.status:
        return Q(status=wanted.status)
    return NOT_CANCELLED if wanted.is_ahead else Q()


def has(rows: QuerySet) -> Q:
    """Whether there is one of these rows, which refer to an outer one: looked up for each outer row by itself.

    Where few outer rows are left, that is quick; PostgreSQL turns EXISTS into a join with all that there is.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))


def among(keys: QuerySet) -> Case:
    """Whether a row's key is one of these. They are found first, and then each row is looked up among them.

    As a plain IN, PostgreSQL may walk all rows in their order and compare each with every key, in the hope that the
    first few of a list are together soon: among 100,000 events that took longer than a statement may take.
    """
    return Case(InCase(pk__in=keys, then=Value(True)), default=Value(False))


def _linked(links: str, **place: str) -> Q:
    """The rows that are linked with a place, or whose whole is."""
    there = rows_of(links).filter(**place)
    return has(there.filter(event=OuterRef("pk"))) | has(there.filter(event=OuterRef("parent")))


def _time_condition(wanted: Wanted, at: datetime | None) -> Q:
    now = timezone.localtime(at)
    if wanted.when == When.PAST:
        return over(now)
    if wanted.is_upcoming:
        return still_to_come(now)
    days = wanted.days(now.date())
    if days is None:
        return Q()
    return on_days(days) & not_over(now) if wanted.is_ahead else on_days(days)


def on_days(days: Span) -> Q:
    """The rows that take place on one of these days.

    Where only the month is known, the whole month must lie among them: then it is certain.
    """
    inside = Q()
    if days.last is not None:
        inside &= Q(last_day__lte=days.last)
    if days.first is not None:
        inside &= Q(first_day__gte=days.first)
    return touching(days) & (~Q(date_precision=DatePrecision.MONTH) | inside)


def touching(days: Span) -> Q:
    """The rows of which a day lies among these, or may, where only the month is known.

    Two ranges, each with an index of its own: what begins there, and what began before and still runs.
    One condition on both ends would lead an index through all that was ever before, or will be after.
    """
    first, last = days
    if first is None:
        return Q(first_day__lte=last)
    if last is None:
        return Q(last_day__gte=first)
    begins_there = Q(first_day__range=(first, last))
    return begins_there | Q(first_day__lt=first, last_day__gte=first, last_day__gt=F("first_day"))


def not_over(now: datetime) -> Q:
    """An event is over at its end time on its last day, where the time is known."""
    today = now.date()
    return Q(last_day__gte=today) & ~Q(last_day=today, end_time__isnull=False, end_time__lte=now.time())


def still_to_come(now: datetime) -> Q:
    """Not over, or on days that nobody knows of a fiscal year that is not over."""
    return not_over(now) | Q(last_day__isnull=True, fiscal_year__gte=fiscal_year_of(now.date()))


def over(now: datetime) -> Q:
    """The other side of ``still_to_come``."""
    today = now.date()
    over_today = Q(last_day=today, end_time__lte=now.time())
    unknown = Q(last_day__isnull=True, fiscal_year__lt=fiscal_year_of(today))
    return Q(last_day__lt=today) | over_today | unknown


def all_of(given: Conditions, *, but: tuple[str, ...] = ()) -> Q:
    """All conditions together, some left out."""
    condition = Q()
    for name, one in given.items():
        if name not in but:
            condition &= one
    return condition
