"""Records of several kinds in one list by their day, fetched in one query: a leg for each kind.

The number of rows comes from one more query, whatever the number of legs and lists.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, F, Func, IntegerField, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from disaster_support.models import Disaster
from events.models import Event, Exhibition, TourStop, WardProject
from municipalities.models import CompanyAgreement, CooperationAgreement, Membership, WardTie
from portal.core.models import Image, Proposal
from portal.desk.blocks import Row
from portal.models import NewsItem, Publication
from portal.roles import Access

_TITLE: Any = F("title")
# What to call a record, as the database can put it together.
SUBJECTS: Mapping[type[Model], Any] = {
    Event: _TITLE,
    Exhibition: _TITLE,
    WardProject: _TITLE,
    CompanyAgreement: _TITLE,
    NewsItem: _TITLE,
    Publication: _TITLE,
    Disaster: F("name"),
    CooperationAgreement: Concat(Value("広域連携協定 "), Cast("pk", CharField())),
    WardTie: Concat("ward__name", Value("・"), "municipality__name"),
    TourStop: Concat("exhibition__title", Value("（"), "ward__name", Value("）")),
    Membership: F("municipality__name"),
    Image: Concat("alt_text", Value("")),
    Proposal: F("subject"),
}


@dataclass(frozen=True)
class Leg:
    """The records of one kind in a list.

    ``rows`` gives them for a person and a moment; ``day`` is what puts them in order (of one type in all legs of a
    list), and ``told`` says it in words.
    """

    model: type[Model]
    rows: Callable[[Access, datetime], QuerySet]
    day: str | Combinable
    told: Callable[[Any], str]


@dataclass(frozen=True)
class Legs:
    """A list of several kinds, as far as a person may see them, at a moment."""

    legs: Sequence[Leg]
    access: Access
    at: datetime

    def seen(self) -> list[tuple[int, Leg, QuerySet]]:
        """The legs that the person may see, each with its number and its rows."""
        return [
            (number, leg, leg.rows(self.access, self.at).order_by())
            for number, leg in enumerate(self.legs)
            if self.access.allows(leg.model, "view")
        ]

    def __len__(self) -> int:
        return totals([self])[0]

    def __getitem__(self, wanted: slice) -> list[Row]:
        """The rows from one number to another, the earliest day first; one query."""
        joined = _union(
            rows.annotate(
                desk_leg=_number(number),
                desk_key=Cast("pk", CharField()),
                desk_subject=Cast(SUBJECTS[leg.model], CharField()),
                desk_day=F(leg.day) if isinstance(leg.day, str) else leg.day,
            ).values_list("desk_leg", "desk_key", "desk_subject", "desk_day")
            for number, leg, rows in self.seen()
        )
        if joined is None:
            return []
        return [self._row(*values) for values in joined.order_by("desk_day", "desk_leg", "desk_key")[wanted]]

    def _row(self, number: int, key: str, subject: str, day: date | datetime) -> Row:
        leg = self.legs[number]
        kind = str(leg.model._meta.verbose_name)
        return Row(subject or "（名前なし）", f"{kind}　{leg.told(day)}", page_of(leg.model, key))


def page_of(model: type[Model], key: str) -> str:
    """The page of the back office of a record; that of a proposal leads on to its steps."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])


def totals(lists: Iterable[Legs]) -> list[int]:
    """How many rows each of several lists has; one query for all."""
    lists = list(lists)
    counted = _union(
        rows.values_list(_number(number), Func(F("pk"), function="COUNT", output_field=IntegerField()))
        for number, legs in enumerate(lists)
        for _, _, rows in legs.seen()
    )
    found = [0] * len(lists)
    for number, count in counted if counted is not None else ():
        found[number] += count
    return found


def _number(number: int) -> Value:
    return Value(number, output_field=IntegerField())


def _union(queries: Iterable[QuerySet]) -> QuerySet | None:
    all_of_them = list(queries)
    if len(all_of_them) < 2:
        return all_of_them[0] if all_of_them else None
    return all_of_them[0].union(*all_of_them[1:], all=True)
