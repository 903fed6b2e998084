"""What public pages are made of, asked of the database once for as long as nothing public changes.

Each request asks how the public records stand; what is known counts as true only for one and the same state. Whatever
is changed, and by whom, nothing has to be told to forget. What depends on the clock (whether something is over) is told
to the minute: with a new minute everything is asked anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from threading import Lock
from typing import Any, TypeVar

from django.utils import timezone

Value = TypeVar("Value")
# Asks how the public records stand; None where that is not to be said.
Ask = Callable[[], Hashable]

# A hundred kilobytes or so each (records with what belongs to them, lists of rows, parts of pages); the least asked for
# leaves first.
MOST_VALUES = 40

_ask: ContextVar[Ask | None] = ContextVar("ask_how_public_records_stand", default=None)


class _Values:
    """What is known in the state that was met last."""

    def __init__(self) -> None:
        self._state: Hashable = None
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def of(self, state: Hashable, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is known by a key; made, outside of the lock, where nothing is."""
        with self._lock:
            if state != self._state:
                self._state, self._values = state, OrderedDict()
            values = self._values
            if key in values:
                values.move_to_end(key)
                return values[key]
        value = make()
        with self._lock:
            values[key] = value
            if len(values) > MOST_VALUES:
                values.popitem(last=False)
        return value


_values = _Values()


def known(make: Callable[[], Value], *key: Hashable) -> Value:
    """What ``make`` gives; made once for one key in one state. It is shared: nobody may change it.

    Beside a request for a public page, and where nothing tells how the records stand, it is made each time.
    """
    ask = _ask.get()
    state = ask() if ask else None
    return make() if state is None else _values.of(state, key, make)


@contextmanager
def nothing_known() -> Iterator[None]:
    """While a request is answered: each thing is asked for, until ``known_by`` says how to know."""
    token = _ask.set(None)
    try:
        yield
    finally:
        _ask.reset(token)


def known_by(ask: Ask) -> None:
    """From here to the end of the request what is known counts while ``ask``, called at most once, says the same."""
    minute = timezone.now().replace(second=0, microsecond=0)

    @cache
    def state() -> Hashable:
        records = ask()
        return None if records is None else (records, minute)

    _ask.set(state)
