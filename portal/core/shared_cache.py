"""Redis as the cache of all processes; while it does not answer, each process counts for itself."""

import logging
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from time import monotonic
from typing import Any

from django.core.cache.backends import redis
from django.core.cache.backends.locmem import LocMemCache
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

# Seconds that a request may wait for a connection, and for an answer; and how long Redis is then left alone.
CONNECT, ANSWER, PAUSE = 0.3, 0.5, 5.0
MOST_ENTRIES = 10_000


@dataclass
class Breaker:
    """Whether to ask what lately did not answer: after each pause one tries again, the others go on without."""

    _pause_ends: float | None = None
    _lock: Lock = field(default_factory=Lock)

    @property
    def is_open(self) -> bool:
        return self._pause_ends is not None

    def may_ask(self, at: float | None = None) -> bool:
        """``at`` is a moment of ``time.monotonic``."""
        if self._pause_ends is None:
            return True
        now = monotonic() if at is None else at
        with self._lock:
            if self._pause_ends is not None and now < self._pause_ends:
                return False
            self._pause_ends = now + PAUSE
            return True

    def failed(self, error: Exception, at: float | None = None) -> None:
        with self._lock:
            was_open, self._pause_ends = self.is_open, (monotonic() if at is None else at) + PAUSE
        if not was_open:
            logger.error("Redis が応答しません。回数の制限などは、プロセスごとに数えます：%s", type(error).__name__)

    def answered(self) -> None:
        if self._pause_ends is None:
            return
        with self._lock:
            was_open, self._pause_ends = self.is_open, None
        if was_open:
            logger.warning("Redis が応答しました。回数の制限などを、すべてのプロセスで合わせて数えます。")


# There is one for all threads: what one of them met, the others need not meet as well.
breaker = Breaker()


class Client:
    """Does what Django's client of Redis does; where Redis does not answer, in the memory of this process."""

    def __init__(self, servers: list[str], **options: Any):
        once = import_string("redis.retry.Retry")(import_string("redis.backoff.NoBackoff")(), 0)
        patience = {"socket_connect_timeout": CONNECT, "socket_timeout": ANSWER, "retry": once}
        self._redis = redis.RedisCacheClient(servers, **(patience | options))
        self._memory = LocMemCache("without-redis", {"OPTIONS": {"MAX_ENTRIES": MOST_ENTRIES}})
        self._silence = (import_string("redis.RedisError"), OSError)

    def __getattr__(self, operation: str) -> Any:
        return partial(self._do, operation)

    def _do(self, operation: str, *arguments: Any) -> Any:
        if breaker.may_ask():
            try:
                answer = getattr(self._redis, operation)(*arguments)
            except self._silence as error:
                breaker.failed(error)
            else:
                breaker.answered()
                return answer
        return getattr(self._memory, operation)(*arguments)


class RedisCache(redis.RedisCache):
    def __init__(self, server: str | list[str], params: dict[str, Any]):
        super().__init__(server, params)
        self._class = Client

    @property
    def is_away(self) -> bool:
        """Whether this process does without Redis."""
        return breaker.is_open
