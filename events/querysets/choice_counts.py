"""How many events each further choice of a filter would give. What is counted are wholes, as they are listed."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from events.choices import EventKind, Status
from events.querysets.finding import ONLINE, WHOLE, Conditions, all_of, conditions, not_over, on_days, rows_of, touching
from events.wanted import Wanted
from events.when import AHEAD, Span, month_of, next_month, span_of
from municipalities.rules import FIRST_WARD_CODE, LAST_WARD_CODE

Counts = dict[str, dict[str, int]]


def plain_counts(rows: QuerySet, wanted: Wanted, at: datetime | None = None) -> Counts:
    """How many wholes each choice of time, status, kind, free and online would give, all else as wanted.

    Under ``total``: how many are found. Of time only what looks ahead is counted: the rest grows with the years.
    A row that misses one thing only is what another choice of that thing would give.
    """
    given = conditions(wanted, at)
    now = timezone.localtime(at)
    days: dict[str, Q] = {when: on_days(span_of(when, now.date())) for when in AHEAD}
    flags = {"is_online": ONLINE, "in_time": given.get("when", Q()), "not_over": not_over(now), **days}
    answers = rows.filter(all_of(given, but=PLAIN)).filter(_scope(wanted, given, now.date())).order_by()
    facts = answers.annotate(whole=WHOLE, **{name: _flag(test) for name, test in flags.items()})
    found: dict[tuple[str, str], set[int]] = {choice: set() for choice in _CHOICES}
    for whole, kind, status, is_free, *flagged in facts.values_list("whole", "kind", "status", "is_free", *flags):
        for choice in _choices_met(wanted, kind, status, bool(is_free), dict(zip(flags, flagged, strict=True))):
            found[choice].add(whole)
    counts: Counts = {}
    for (facet, value), wholes in found.items():
        counts.setdefault(facet, {})[value] = len(wholes)
    return counts


# Conditions on columns of the row itself: one reading of the rows counts them all.
PLAIN = ("when", "status", "kind", "free", "online")
_CHOICES = [
    ("total", ""),
    *(("kind", kind) for kind in EventKind.values),
    *(("status", status) for status in Status.values),
    *(("when", when) for when in AHEAD),
    *(("free", "on"), ("online", "on")),
]


def _flag(test: Q) -> Any:
    return Case(When(test, then=True), default=False) if test else Value(True)


def _choices_met(
    wanted: Wanted, kind: str, status: str, is_free: bool, flags: dict[str, bool]
) -> Iterator[tuple[str, str]]:
    """The choices under which a row is found, all else as wanted."""
    not_cancelled = status != Status.CANCELLED
    met = {
        "when": flags["in_time"],
        "status": status == wanted.status if wanted.status else not_cancelled or not wanted.is_ahead,
        "kind": wanted.kind in ("", kind),
        "free": is_free or not wanted.free,
        "online": flags["is_online"] or not wanted.online,
    }
    missed = [name for name, is_met in met.items() if not is_met]
    if not missed:
        yield "total", ""
    if missed in ([], ["kind"]):
        yield "kind", kind
    if missed in ([], ["status"]):
        yield "status", status
    if is_free and not missed:
        yield "free", "on"
    if flags["is_online"] and not missed:
        yield "online", "on"
    if missed in ([], ["when"]) and (wanted.status or not_cancelled):
        yield from (("when", when) for when in AHEAD if flags[when] and flags["not_over"])


def _scope(wanted: Wanted, given: Conditions, today: date) -> Q:
    """No more rows than can be counted: those of the time that is wanted, and of the months that are offered."""
    offered = Span(month_of(today).first, month_of(next_month(today)).last)
    if wanted.is_upcoming:
        return Q(last_day__gte=offered.first) | Q(last_day__isnull=True)
    if wanted.is_ahead:
        return touching(offered)
    return given["when"] | touching(offered) if "when" in given else Q()


def place_counts(rows: QuerySet, wanted: Wanted, at: datetime | None = None) -> Counts:
    """How many wholes each choice of a place would give, all else as wanted; a place without any is not there.

    Of the municipalities only those of the prefecture that is wanted.
    """
    given = conditions(wanted, at)
    places, prefectures = rows_of("Event_places"), rows_of("Event_prefectures")
    wards = places.filter(municipality__gte=FIRST_WARD_CODE, municipality__lte=LAST_WARD_CODE)
    members = [
        _counted(wards, "ward", "municipality", rows.filter(all_of(given, but=("ward",)))),
        _counted(prefectures, "prefecture", "prefecture", rows.filter(all_of(given, but=("prefecture",)))),
    ]
    if wanted.prefecture:
        towns = places.filter(
            municipality__gte=f"{wanted.prefecture}0000", municipality__lte=f"{wanted.prefecture}9999"
        )
        there = rows.filter(all_of(given, but=("municipality",)))
        members.append(_counted(towns, "municipality", "municipality", there))
    found: Counts = {"ward": {}, "prefecture": {}, "municipality": {}}
    for facet, code, count in members[0].union(*members[1:], all=True):
        found[facet][code] = count
    return found


def _counted(links: QuerySet, facet: str, place: str, rows: QuerySet) -> QuerySet:
    """Facet, code and number of wholes: a link of a row counts, and so does one of its whole."""
    rows = rows.order_by()
    having = rows.values_list("pk").union(rows.values_list("parent_id"))
    counted = links.filter(event__in=having).order_by().values(place)
    whole = Count(Coalesce("event__parent_id", "event_id"), distinct=True)
    return counted.annotate(n=whole).values_list(Value(facet, TextField()), Cast(place, TextField()), "n")
