"""What a process knows of the database without asking at each request: how it stands, and since when it is silent."""

import logging
import os
import socket
import weakref
from collections.abc import Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.utils import timezone

from portal.operations.maintenance import current as current_maintenance
from portal.serving.models import PublicChange
from portal.serving.replica import REPLICA, replica
from portal.serving.states import Reader, State

logger = logging.getLogger(__name__)

# A publication is to be seen within five seconds: this, and what whoever stands in front of us may keep (see policy).
SECONDS_BETWEEN_LOOKS = 1.0
# A database that takes longer to say how it stands would not answer a page in time either.
SECONDS_FOR_A_LOOK = 3.0
SILENCE = (DatabaseError, InterfaceError, OSError, TookTooLong)

_open_connections: "weakref.WeakSet[Any]" = weakref.WeakSet()


@dataclass
class Watch:
    """Looks at the database every second, from a thread of its own; and whether the site is closed for a while."""

    silent_since: datetime | None = None
    is_closed: bool = False
    _read: State | None = None
    _reader: Reader = field(default_factory=Reader)
    _process: int = 0
    _suspected: Event = field(default_factory=Event)
    _starting: Lock = field(default_factory=Lock)

    @property
    def state(self) -> Hashable:
        """How pages are made now; None where nothing is known yet. Compared, never looked into."""
        return self.silent_since or self._read

    def start(self) -> None:
        """Begins to look, once in each process; afterwards it does nothing."""
        if self._process == os.getpid():
            return
        with self._starting:
            if self._process != os.getpid():
                self._process = os.getpid()
                Thread(target=self._look_again_and_again, name="database-watch", daemon=True).start()

    def suspect(self) -> None:
        """Has the thread look at once, because a request met a database that did not answer."""
        self._suspected.set()

    def look(self, at: datetime | None = None) -> None:
        """Reads how the public records stand. Raises what the database raises where it does not answer."""
        self._read = self._reader.read(replica.alias, at)

    def found_silent(self, at: datetime | None = None) -> None:
        """Takes it that the database does not answer."""
        if self.silent_since is None:
            self.silent_since = at or timezone.now()
            logger.error("データベースが応答しません。公開ページは控えから返します。")

    def found_answering(self) -> None:
        """Takes it that the database answers (again)."""
        if self.silent_since is not None:
            self.silent_since = None
            logger.warning("データベースが応答しました。公開ページを元に戻します。")

    def _look_again_and_again(self) -> None:
        looker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database-look")
        while True:
            self.is_closed = current_maintenance() is not None
            self._look_in_time(looker)
            self._suspected.wait(SECONDS_BETWEEN_LOOKS)
            self._suspected.clear()

    def _look_in_time(self, looker: ThreadPoolExecutor) -> None:
        look: Future[None] = looker.submit(self._look_by_itself)
        try:
            look.result(SECONDS_FOR_A_LOOK)
        except SILENCE:
            self.found_silent()
            hang_up()
        except Exception:
            # This thread must live on; until it can look again nothing that is kept counts as true.
            self._read = None
            logger.exception("公開内容の状態を確かめられませんでした。")
        else:
            self.found_answering()

    def _look_by_itself(self) -> None:
        """Looks over a connection that waits in no queue: one that is to tell of trouble must not share it."""
        replica.answers = REPLICA in settings.DATABASES and _answers(REPLICA)
        _take_from_no_pool(replica.alias)
        try:
            self.look()
        except SILENCE:
            connections[replica.alias].close()
            raise
        if self.silent_since is not None:
            # What was connected before is dead, and a pool that failed for long tries again only after long.
            _renew_pools()


def _answers(alias: str) -> bool:
    """A copy that is not there is no misfortune: pages are read from the database itself."""
    _take_from_no_pool(alias)
    try:
        PublicChange.objects.using(alias).exists()
    except SILENCE:
        connections[alias].close()
        return False
    return True


def _take_from_no_pool(alias: str) -> None:
    """This thread's connection is one of its own, and gives up before the look is over."""
    connection: Any = connections[alias]
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "postgresql" and options.get("pool"):
        alone = {**options, "pool": False, "connect_timeout": 2}
        connection.settings_dict = {**connection.settings_dict, "OPTIONS": alone}


def _renew_pools() -> None:
    for connection in connections.all():
        pool = getattr(connection, "_connection_pools", {}).pop(connection.alias, None)
        if pool is not None:
            pool.close(timeout=0)


@receiver(connection_created)
def _remember(connection: Any, **signal: Any) -> None:
    if connection.vendor == "postgresql":
        _open_connections.add(connection.connection)


def hang_up() -> None:
    """Cuts every connection to PostgreSQL: whoever waits for an answer learns at once that none will come."""
    for opened in list(_open_connections):
        if opened.closed:
            continue
        try:
            with socket.socket(fileno=os.dup(opened.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)
        except OSError:
            logger.debug("接続はすでに切れていました。")


watch = Watch()
