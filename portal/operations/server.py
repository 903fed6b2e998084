"""How gunicorn runs in the container (``--config python:portal.operations.server``).

Its processes count together, and its own lines are written as all the others are.
"""

import os
import shutil
from tempfile import mkdtemp
from typing import Any

from django.utils.module_loading import import_string

from portal.settings import LOGGING, WEB_PROCESSES

# Without a handler of its own, and so through ours.
logconfig_dict = LOGGING | {
    "loggers": LOGGING["loggers"] | {"gunicorn.error": {"handlers": [], "propagate": True, "level": "INFO"}}
}
workers = WEB_PROCESSES
# Each request is told by the portal itself, without addresses of people.
accesslog = None


def on_starting(server: Any) -> None:
    """One folder for all processes, before any of them counts; who takes over from another has it already."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = mkdtemp(prefix="portal-metrics-")


def child_exit(server: Any, worker: Any) -> None:
    """What a process that has ended counted stays counted."""
    # It looks for the folder while it is imported: not before there is one.
    import_string("prometheus_client.multiprocess.mark_process_dead")(worker.pid)


def on_exit(server: Any) -> None:
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
