"""Several people at the same moment, on a database on which that is possible."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections


def at_once(works):
    """Does several things at the same moment, each on a connection of its own; what each came to."""
    if connection.vendor == "sqlite":
        pytest.skip("needs transactions that run side by side")
    start, came_to = Barrier(len(works)), []

    def run(work):
        start.wait()
        try:
            work()
        except ValidationError as refused:
            came_to.append(refused.messages[0])
        else:
            came_to.append("done")
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came_to)
