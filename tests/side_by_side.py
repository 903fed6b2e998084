"""Several people at the same moment, each on a connection of their own."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections


def side_by_side(works):
    """Does several things at the same moment; what each of them raised, None where it came to its end."""
    start, came_to = Barrier(len(works)), []

    def run(work):
        try:
            start.wait(timeout=5)
            work()
        except Exception as error:
            came_to.append(error)
        else:
            came_to.append(None)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_to


def at_once(works):
    """The same on a database on which that is possible: what each came to, in words; what is no refusal is raised."""
    if connection.vendor == "sqlite":
        pytest.skip("needs transactions that run side by side")
    came_to = side_by_side(works)
    for error in came_to:
        if error is not None and not isinstance(error, ValidationError):
            raise error
    return sorted("done" if error is None else error.messages[0] for error in came_to)
