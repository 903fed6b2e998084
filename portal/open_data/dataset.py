"""What a public table is: its columns, its rows at a moment, how many there are and when they last changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, DateTimeField, Model, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from events.profiles import Profile
from portal.core.publishing import PublishableQuerySet

_NO_MOMENT = Cast(Value(None), DateTimeField())

# The stage of an event turns at its hours, and the rights in a picture end on a day.
MOVING = frozenset({"stage", "image_url"})


class Moment(NamedTuple):
    """When a table is written, and the beginning of the addresses in it."""

    at: datetime
    site: str


class Summary(NamedTuple):
    """How many rows a table has, and when a record in it last changed (None: not kept)."""

    row_count: int = 0
    changed: datetime | None = None


@dataclass(frozen=True)
class Dataset:
    """A public table.

    ``rows`` gives plain values in the order of the columns. ``summary`` gives one row of ``Summary`` under its id.
    ``fingerprint`` tells one state of a table from another without writing it; where there is none, the table is
    small and its text is compared. ``record`` is the model whose deletion is a change of the table; ``is_logged``:
    changes of its rows are known from the log of the back office only.
    """

    id: str
    title: str
    description: str
    profiles: tuple[Profile, ...]
    rows: Callable[[Moment, Profile], Iterator[tuple[Any, ...]]]
    summary: Callable[[str, datetime], QuerySet]
    record: type[Model]
    is_logged: bool = False
    fingerprint: Callable[[datetime], str] | None = None

    @property
    def filename(self) -> str:
        return f"{self.id}.csv"

    def moves_with_time(self, profile: Profile) -> bool:
        """Whether a file in this format becomes another without a record having changed."""
        return self.is_logged or not MOVING.isdisjoint(column.field for column in profile.columns)

    def profile(self, profile_id: str) -> Profile:
        """The format of an id; the first where there is none such."""
        return next((profile for profile in self.profiles if profile.id == profile_id), self.profiles[0])


def summary_of_published(
    rows: PublishableQuerySet, dataset: str, at: datetime, counted: Callable[[Q], Combinable] | None = None
) -> QuerySet:
    """The summary of a table of published records; ``counted`` makes the number of lines of those that are public."""
    public = Q(pk__in=rows.published(at).order_by().values("pk"))
    lines = counted(public) if counted else Count("pk", filter=public)
    return _summary(rows.once_public(at), dataset, lines, rows.last_change_expression(at))


def summary_of_all(rows: QuerySet, dataset: str) -> QuerySet:
    """The summary of a table whose records are always public."""
    return _summary(rows, dataset, Count("pk"), _NO_MOMENT)


def _summary(rows: QuerySet, dataset: str, lines: Combinable, changed: Combinable) -> QuerySet:
    named = rows.order_by().annotate(dataset=Value(dataset, CharField())).values("dataset")
    return named.annotate(row_count=lines, changed=changed).values_list("dataset", "row_count", "changed")
