"""What a calendar shows of an event or of an exhibition in one place. No database."""

from datetime import date, time
from functools import cache
from typing import NamedTuple

from django.urls import reverse

from events.choices import Status
from events.rules import AS_ANNOUNCED

# What runs for more days stands above the weeks of a calendar, not in each of its days.
LONGEST_IN_WEEKS = 31
# A day has so many lines for events; where there are more events, the last line is a number that leads to the list.
NAMED = 3
# The columns of an event from which its entry is made, in this order.
COLUMNS = ("pk", "title", "date_precision", "first_day", "last_day", "start_time", "status", "is_demo")


@cache
def _above(name: str) -> str:
    """Where the pages of events or of exhibitions lie: a month has a hundred links, and each look-up has its price."""
    return reverse(name)


class Entry(NamedTuple):
    """Something in a calendar, as the database gives it: what is worked out is worked out only for what is shown.

    ``rank``: its place among those of the very same days; ``alike``: how many these are. From the database come the
    first ``NAMED`` of them only, for no more are ever shown.
    """

    pk: int
    title: str
    date_precision: str
    first: date
    last: date
    start_time: time | None
    status: str
    is_demo: bool
    rank: int = 1
    alike: int = 1
    is_exhibition: bool = False
    place: str = ""

    @property
    def url(self) -> str:
        return f"{_above('exhibition_list' if self.is_exhibition else 'event_list')}{self.pk}/"

    @property
    def hour(self) -> str:
        """When it begins, as in 「9:30」; empty where that is not known."""
        return f"{self.start_time.hour}:{self.start_time.minute:02}" if self.start_time else ""

    @property
    def remark(self) -> str:
        """What became of the plan, where that must be told."""
        return "" if self.status in AS_ANNOUNCED else str(Status(self.status).label)

    @property
    def unseen(self) -> int:
        """How many of the same days stand behind it that the database kept."""
        return self.alike - NAMED if self.rank == NAMED else 0

    @property
    def is_marked(self) -> bool:
        """Whether anything stands before its title."""
        return self.is_exhibition or self.is_demo or self.status not in AS_ANNOUNCED

    @property
    def needs_mark(self) -> bool:
        """Whether it is fictional and its title does not say so itself."""
        return self.is_demo and "【デモ】" not in self.title

    @property
    def is_long(self) -> bool:
        return (self.last - self.first).days >= LONGEST_IN_WEEKS
