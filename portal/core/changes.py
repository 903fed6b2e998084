"""Work that follows from changed rows, done in the transaction of the change: at once, or once for many changes."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.dispatch import Signal

# What Django tells of single rows only: ``sender`` is the model, ``keys`` those of the rows written in bulk.
rows_written = Signal()

FollowUp = Callable[[set[Any]], None]


class _Waiting(threading.local):
    """What a thread has put off until the end of what it gathers; None where it gathers nothing."""

    work: dict[FollowUp, set[Any]] | None = None


_waiting = _Waiting()


def follow_up(work: FollowUp, keys: Iterable[Any]) -> None:
    """Does what follows from changes of rows: at once, or at the end of ``gathered`` for all keys together."""
    found = set(keys)
    if not found:
        return
    if _waiting.work is None:
        work(found)
    else:
        _waiting.work.setdefault(work, set()).update(found)


@contextmanager
def gathered() -> Iterator[None]:
    """A transaction at whose end is done, once for all rows, what follows from the changes made in it."""
    if _waiting.work is not None:
        yield
        return
    with transaction.atomic():
        _waiting.work = {}
        try:
            yield
            work = _waiting.work
        finally:
            _waiting.work = None
        for follow, keys in work.items():
            follow(keys)
