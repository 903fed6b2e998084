"""Whether the site can do its work. Every check ends in a bounded time: what is silent is told as such."""

import logging
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache as shared
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from portal.core.logs import kind_and_places
from portal.operations import heartbeat

logger = logging.getLogger(__name__)

OK, FAILED, TIMEOUT, UNKNOWN = "ok", "failed", "timeout", "unknown"
PENDING, LOW, STALE, UNUSED, FALLBACK = "pending", "low", "stale", "unused", "fallback"
# Without the shared cache each process counts for itself: the site does its work.
GOOD = {OK, UNUSED, FALLBACK}
# Seconds for all checks together: whoever asks for them waits about five.
LIMIT = 3.0
# Bytes: below that, uploads and SQLite begin to fail.
LEAST_FREE = 256 << 20

Check = Callable[[], str]


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


@cache
def _latest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app, as this process knows them."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _migrations() -> str:
    applied = MigrationRecorder(connection).applied_migrations()
    return OK if _latest_migrations() <= applied.keys() else PENDING


def _alive(process: str) -> str:
    if not heartbeat.are_expected():
        return UNUSED
    return OK if heartbeat.is_alive(heartbeat.signs()[process]) else STALE


def _cache() -> str:
    mark = uuid4().hex
    shared.set("readyz", mark, timeout=60)
    # Another process may have written meanwhile: that something is there is enough.
    if not shared.get("readyz"):
        return FAILED
    return FALLBACK if getattr(shared, "is_away", False) else OK


def disk(folder: Path, least_free: int = LEAST_FREE) -> str:
    """Whether there is room where the data lies."""
    return OK if shutil.disk_usage(folder).free >= least_free else LOW


def _disk() -> str:
    return disk(settings.DATA_DIR)


# Each group has a thread; in a group, what follows a check that failed is not asked.
GROUPS: tuple[Mapping[str, Check], ...] = (
    {
        "database": _database,
        "migrations": _migrations,
        "schedule": lambda: _alive("schedule"),
        "worker": lambda: _alive("worker"),
    },
    {"cache": _cache},
    {"disk": _disk},
)

_running: dict[tuple[str, ...], Future] = {}
_lock = Lock()


def readiness(groups: tuple[Mapping[str, Check], ...] = GROUPS, limit: float = LIMIT) -> dict[str, str]:
    """What each check says, within ``limit`` seconds; ``timeout`` where it says nothing by then."""
    asked = [(group, _ask(group)) for group in groups]
    until = monotonic() + limit
    found: dict[str, str] = {}
    for group, future in asked:
        try:
            found |= future.result(max(0.0, until - monotonic()))
        except TimeoutError:
            first, *others = group
            found |= {first: TIMEOUT} | dict.fromkeys(others, UNKNOWN)
    return found


def _ask(group: Mapping[str, Check]) -> Future:
    """One thread at a time for a group: were it silent for an hour, each question would otherwise leave one behind."""
    with _lock:
        running = _running.get(tuple(group))
        if running and not running.done():
            return running
        future = _running[tuple(group)] = Future()
    Thread(target=_answer, args=(group, future), daemon=True).start()
    return future


def _answer(group: Mapping[str, Check], future: Future) -> None:
    found = dict.fromkeys(group, UNKNOWN)
    try:
        for name, check in group.items():
            found[name] = FAILED
            found[name] = check()
    except Exception as error:
        logger.warning("動作の確認ができませんでした：%s", kind_and_places(error))
    finally:
        future.set_result(found)
        connections.close_all()
