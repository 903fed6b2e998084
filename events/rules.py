"""What is said of an event, an exhibition and its tour at a moment. Pure functions, no database."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import NamedTuple, Protocol, TypeVar

from django.db.models import TextChoices
from django.utils import timezone

from events.choices import DatePrecision, Status, StopState

Row = TypeVar("Row")


class State(NamedTuple):
    """Where something stands: a word in Latin letters, by which it is coloured, and the Japanese that is shown."""

    name: str
    label: str


UPCOMING = State("upcoming", "開催予定")
ON = State("on", "開催中")
ON_TOUR = State("on_tour", "巡回中")
ENDED = State("ended", "終了")

# What needs no explanation: anything else stands at the top of the page with its reason.
AS_ANNOUNCED = (Status.PLANNED, Status.HELD)
# An exhibition with one of these cannot be seen on its days, nor on its tour.
NOT_TAKING_PLACE = (Status.CANCELLED, Status.POSTPONED, Status.WITHHELD)
# Only of stops in these states is it said that the tour comes there.
STOPS_TAKING_PLACE = (StopState.PLANNED, StopState.HELD)


class Occurrence(Protocol):
    """Something with days: an event or an exhibition."""

    @property
    def status(self) -> str: ...
    @property
    def date_precision(self) -> str: ...
    @property
    def first_day(self) -> date | None: ...
    def has_ended(self, at: datetime | None = None) -> bool: ...


def state_at(item: Occurrence, at: datetime | None = None, *, start_time: time | None = None) -> State:
    """Where an event or exhibition stands at a moment; ``start_time`` is that of its first day, where known."""
    begun = has_begun(item.first_day, item.date_precision, start_time, at)
    return state_of(item.status, has_begun=begun, has_ended=item.has_ended(at))


def state_of(status: str, *, has_begun: bool, has_ended: bool) -> State:
    """The state to show: cancelled, postponed and the like stay; a plan turns into 開催中 and 終了 with time.

    What was held on a day nobody wrote down is 開催: it is neither to come nor known to be over.
    """
    if status not in AS_ANNOUNCED:
        return State(status, str(Status(status).label))
    if has_ended:
        return ENDED
    if has_begun:
        return ON
    return UPCOMING if status == Status.PLANNED else State(status, str(Status.HELD.label))


def has_begun(
    first_day: date | None, date_precision: str, start_time: time | None = None, at: datetime | None = None
) -> bool:
    """Whether it has begun at a moment. Where only the month is known, the day is not, and nothing is claimed."""
    now = timezone.localtime(at)
    if first_day is None or date_precision != DatePrecision.DAY:
        return False
    if first_day == now.date() and start_time is not None:
        return start_time <= now.time()
    return first_day <= now.date()


def is_stop_on(state: str, first_day: date | None, last_day: date | None, at: datetime | None = None) -> bool:
    """Whether a tour is at this stop on the day of a moment: the twin of ``TourStopQuerySet.on_now``."""
    if first_day is None or last_day is None or state not in STOPS_TAKING_PLACE:
        return False
    return first_day <= timezone.localdate(at) <= last_day


def is_stop_unreported(state: str, last_day: date | None, fiscal_year: int, at: datetime | None = None) -> bool:
    """Whether a stop that is only planned must be long over, so that nobody has reported it as held.

    A tour may run into the fiscal year after its exhibition's: without days, it is over once that year is too.
    """
    return state == StopState.PLANNED and is_stop_over(last_day, fiscal_year, at)


def is_stop_over(last_day: date | None, fiscal_year: int, at: datetime | None = None) -> bool:
    """Whether a stop must be long over at a moment; ``fiscal_year`` is that of its exhibition."""
    return (last_day or date(fiscal_year + 2, 3, 31)) < timezone.localdate(at)


def in_order_of(
    choices: type[TextChoices], rows: Iterable[Row], word: Callable[[Row], str]
) -> list[tuple[str, list[Row]]]:
    """Rows under the labels of a vocabulary, in its order; a word that no row has is left out."""
    under: dict[str, list[Row]] = {}
    for row in rows:
        under.setdefault(word(row), []).append(row)
    return [(str(label), under[value]) for value, label in choices.choices if value in under]
