"""The index of the search follows every change of a record: where nobody searches, that is a fifth of a test's time."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal.search.receivers import connect, listening


def stop_following() -> None:
    """From here on the index stays as it is, whatever changes."""
    for signal, receiver, sender in listening():
        signal.disconnect(receiver, sender)


@contextmanager
def search_follows() -> Iterator[None]:
    """Within it the index follows, as it always does outside of the tests."""
    connect()
    try:
        yield
    finally:
        stop_following()
