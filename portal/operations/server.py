"""How gunicorn runs in the container (``--config python:portal.operations.server``).

Its processes count together, and its own lines are written as all the others are.
"""

import os
import shutil
from tempfile import mkdtemp
from typing import Any

from portal.settings import LOGGING

# Once for all processes, before any of them counts; when the settings are read anew it is there already.
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = mkdtemp(prefix="portal-metrics-")

# It looks for the folder while it is imported.
from prometheus_client.multiprocess import mark_process_dead

# Without a handler of its own, and so through ours.
logconfig_dict = LOGGING | {
    "loggers": LOGGING["loggers"] | {"gunicorn.error": {"handlers": [], "propagate": True, "level": "INFO"}}
}
# Each request is told by the portal itself, without addresses of people.
accesslog = None


def child_exit(server: Any, worker: Any) -> None:
    """What a process that has ended counted stays counted."""
    mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
