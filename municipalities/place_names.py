"""The names of wards, prefectures and municipalities, for forms that let people choose a place."""

from typing import NamedTuple

from django.db.models import Q, QuerySet, Value

from municipalities.models import Municipality, Prefecture, Ward

Choices = list[tuple[str, str]]


class PlaceNames(NamedTuple):
    """Code and name of each, in the order of their codes."""

    wards: Choices
    prefectures: Choices
    municipalities: Choices


def place_names(prefecture: str = "", municipality: str = "") -> PlaceNames:
    """All wards and prefectures; of the municipalities those of one prefecture, and the one of a code. One query."""
    wanted = Q(prefecture=prefecture) if prefecture else Q(pk=municipality)
    towns = Municipality.objects.filter(wanted | Q(pk=municipality)) if prefecture or municipality else None
    every = [_named("ward", Ward.objects.all()), _named("prefecture", Prefecture.objects.all())]
    every += [] if towns is None else [_named("municipality", towns)]
    found: dict[str, Choices] = {"ward": [], "prefecture": [], "municipality": []}
    first, *others = every
    for what, code, name in first.union(*others, all=True).order_by("code"):
        found[what].append((code, name))
    return PlaceNames(found["ward"], found["prefecture"], found["municipality"])


def _named(what: str, places: QuerySet) -> QuerySet:
    return places.order_by().values_list(Value(what), "code", "name")
