"""Asks the portal for its own pages, as a visitor would, without a server between."""

import io
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

# Set in a request by which the mirror is made: it must never be answered from the mirror.
FOR_THE_MIRROR = "portal.for_the_mirror"


class Answer(NamedTuple):
    """What the portal says to an address; ``kind`` is the content type without its parameters."""

    status: int
    kind: str
    location: str
    body: bytes


@cache
def _portal() -> WSGIHandler:
    return WSGIHandler()


def ask(address: str) -> Answer:
    """The answer to an address of the portal, such as 「/events/?page=2」."""
    told: list[Any] = []
    hear: Any = lambda *answer: told.extend(answer)  # noqa: E731
    chunks: Iterable[bytes] = _portal()(_environ(address), hear)
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    headers = {name.lower(): value for name, value in told[1]}
    kind = headers.get("content-type", "").partition(";")[0]
    return Answer(int(told[0].split()[0]), kind, headers.get("location", ""), body)


def _environ(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    site = urlsplit(settings.SITE_URL or f"http://{settings.ALLOWED_HOSTS[0].lstrip('.')}")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": site.hostname or "",
        "SERVER_PORT": str(site.port or (443 if settings.HTTPS else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": "https" if settings.HTTPS else "http",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https" if settings.HTTPS else "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        FOR_THE_MIRROR: True,
    }
