"""Pages that are kept in the memory of a process, compressed, the least asked for leaving first."""

import gzip
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from urllib.parse import parse_qsl, urlencode

# Of the 150 MB a process may take, most of which are its programs. A page takes six kilobytes or so.
MOST_BYTES = 8 * 1024 * 1024
# Nothing counts seconds on a page; what is said to the minute (「受付中」) is true to the minute.
SECONDS_KEPT = 60
# While one thread makes a page anew, the others give the one before: for as long as making it may take.
SECONDS_TO_RENEW = 1
# What one entry takes beside its content.
OVERHEAD = 2048
COMPRESSED_KINDS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
SHORTEST_COMPRESSED = 500

Key = tuple[str, ...]
Headers = list[tuple[str, str]]


@dataclass
class Page:
    """An answer as it was given; ``body`` is as compressed as its ``headers`` say."""

    status: str
    headers: Headers
    body: bytes
    state: Hashable
    made_at: float
    renewing_since: float = 0.0

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD


class KeptPages:
    """Pages by host, path and the parameters that the page at that path knows."""

    def __init__(self, most_bytes: int = MOST_BYTES):
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._parameters: dict[str, tuple[str, ...]] = {}
        self._lock = Lock()

    def key(self, host: str, path: str, query: str) -> Key | None:
        """The name of the page at an address; None where no page at this path was ever kept."""
        if not query:
            return (host, path, "") if path in self._parameters else None
        parameters = self._parameters.get(path)
        return None if parameters is None else (host, path, known_query(query, parameters))

    def find(self, key: Key | None, state: Hashable, now: float | None = None) -> Page | None:
        """The page, where it is still true; where it is not, the first who asks is to make it anew."""
        page = self._pages.get(key) if key else None
        if page is None or key is None:
            return None
        now = monotonic() if now is None else now
        if page.state == state and now - page.made_at < SECONDS_KEPT:
            with self._lock:
                if key in self._pages:
                    self._pages.move_to_end(key)
            return page
        if now - page.renewing_since < SECONDS_TO_RENEW:
            return page
        page.renewing_since = now
        return None

    def keep(self, key: Key, parameters: tuple[str, ...], page: Page) -> None:
        with self._lock:
            replaced = self._pages.pop(key, None)
            self.bytes += page.size - (replaced.size if replaced else 0)
            self._pages[key] = page
            self._parameters[key[1]] = parameters
            while self.bytes > self.most_bytes:
                (_, path, _), dropped = self._pages.popitem(last=False)
                self.bytes -= dropped.size
                self._parameters.pop(path, None)


def known_query(query: str, parameters: tuple[str, ...]) -> str:
    """What of a query (as WSGI has it) a page knows, in the order of its parameters: one question is one page."""
    text = query.encode("latin-1", "replace").decode("utf-8", "replace")
    known = [pair for pair in parse_qsl(text, keep_blank_values=True) if pair[0] in parameters]
    return urlencode(sorted(known, key=lambda pair: parameters.index(pair[0])))


def compressed(headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """The headers and the body of an answer, compressed where that makes it smaller."""
    named = {name.lower(): value for name, value in headers}
    is_text = named.get("content-type", "").startswith(COMPRESSED_KINDS)
    if not is_text or len(body) < SHORTEST_COMPRESSED or "content-encoding" in named:
        return headers, body
    body = gzip.compress(body, compresslevel=6, mtime=0)
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    return [*kept, ("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))], body
