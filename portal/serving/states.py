"""How the public records stand, read from the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connections
from django.utils import timezone

from disaster_support.situation import situation
from portal.serving.models import PublicChange
from portal.serving.moments import moments
from portal.serving.querysets import Changes
from portal.serving.replica import replica


@dataclass(frozen=True)
class State:
    """How the public records stand: what is made of them in the same state is the same."""

    changes: Changes
    day: str
    passed: int


class Reader:
    """Reads the state, and remembers the moments of the day at which it changes by itself."""

    def __init__(self) -> None:
        self._last: tuple[State | None, list[datetime]] = (None, [])

    def read(self, alias: str, at: datetime | None = None) -> State:
        """The state at a moment, in one query where nothing was changed. Raises what the database raises."""
        now = timezone.localtime(at)
        changes, day = PublicChange.objects.using(alias).so_far(), now.date().isoformat()
        last, coming = self._last
        if last is None or (last.changes, last.day) != (changes, day):
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
            coming = moments(now, midnight, alias)
        state = State(changes, day, sum(moment <= now for moment in coming))
        if state != last:
            # Pages are made of it: it must not be older than what they are kept under.
            situation.forget()
        self._last = (state, coming)
        return state


_reader = Reader()


def state_of_records() -> State | None:
    """How the public records stand now; None within a transaction, which sees what may yet be undone."""
    alias = replica.alias
    return None if connections[alias].in_atomic_block else _reader.read(alias)
