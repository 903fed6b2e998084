"""Many people who browse at once, and what they got."""

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from threading import Event, Thread
from urllib.parse import quote, urlsplit


@dataclass
class Got:
    """An answer: when it was asked for, how many seconds it took, its status (0: the connection failed), its text."""

    at: float
    seconds: float
    path: str
    status: int
    body: bytes = b""


@dataclass
class Crowd:
    """Clients that ask for pages one after the other until they are told to stop."""

    address: str
    paths: list[str]
    answers: list[Got] = field(default_factory=list)
    _enough: Event = field(default_factory=Event)

    def _browse(self, first: int) -> None:
        """Each from a place of their own, as a proxy tells it."""
        paths = cycle(self.paths[first % len(self.paths) :] + self.paths[: first % len(self.paths)])
        while not self._enough.is_set():
            self.answers.append(get(self.address, next(paths), comes_from=f"203.0.113.{first}"))
            time.sleep(0.05)

    @contextmanager
    def browsing(self, clients: int) -> Iterator["Crowd"]:
        threads = [Thread(target=self._browse, args=[number]) for number in range(clients)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._enough.set()
            for thread in threads:
                thread.join()

    def between(self, start: float, end: float) -> list[Got]:
        """What was asked for between two moments (``time.monotonic``)."""
        return [got for got in list(self.answers) if start <= got.at < end]


def get(address: str, path: str, comes_from: str = "") -> Got:
    """Asks for a page over a connection of its own."""
    return _ask(address, "GET", path, None, {"X-Forwarded-For": comes_from} if comes_from else {})


def post(address: str, path: str, body: str) -> Got:
    """Sends a form."""
    return _ask(address, "POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})


def _ask(address: str, method: str, path: str, body: str | None, headers: dict[str, str]) -> Got:
    start = time.monotonic()
    parts = urlsplit(address)
    client = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        client.request(method, quote(path, safe="/?&=."), body, headers)
        answer = client.getresponse()
        return Got(start, time.monotonic() - start, path, answer.status, answer.read())
    except (OSError, http.client.HTTPException):
        return Got(start, time.monotonic() - start, path, 0)
    finally:
        client.close()


def seconds_until(condition: Callable[[], bool], at_most: float = 30) -> float:
    """How long it took until something is so; ``at_most`` and a little more where it never was."""
    start = time.monotonic()
    while not condition() and time.monotonic() - start < at_most:
        time.sleep(0.1)
    return time.monotonic() - start


def failing_seconds(answers: list[Got]) -> float:
    """For how long in all pages failed: the time from each failure to the next answer that did not, as one sees it."""
    failing, since = 0.0, None
    for got in sorted(answers, key=lambda got: got.at + got.seconds):
        failed = got.status == 0 or got.status >= 500
        if failed and since is None:
            since = got.at
        elif not failed and since is not None:
            failing += got.at + got.seconds - since
            since = None
    return failing
