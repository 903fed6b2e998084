"""What stands before Django: public pages that are still true are answered from memory, without asking anybody."""

import gzip
from collections.abc import Callable, Iterable
from time import monotonic, time
from typing import Any

from django.utils.http import http_date

from portal.operations.metrics import count_kept
from portal.serving.kept import KeptPages, Key, Page, compressed, known_query
from portal.serving.policy import is_anonymous
from portal.serving.watch import Watch, watch

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# Where a view leaves the parameters that a public page knows: the sign that its answer may be kept.
MAY_BE_KEPT = "portal.may_be_kept"
# What was said of one request and of no other.
_OF_ONE_REQUEST = frozenset({"x-request-id"})
_IN_304 = frozenset({"cache-control", "etag", "expires", "last-modified", "vary", "date"})


class Front:
    """A WSGI application before another one. Only what nobody signed in asks for is looked up or kept."""

    def __init__(self, application: Application, watch: Watch, pages: KeptPages | None):
        """``pages`` is None where nothing is to be kept."""
        self.application, self.watch, self.pages = application, watch, pages

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.watch.start()
        if self.pages is None or self.watch.is_closed or not _may_be_answered_from_memory(environ):
            return self.application(environ, start_response)
        host, path, query = _host(environ), environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        page = self.pages.find(self.pages.key(host, path, query), self.watch.state)
        if page is not None:
            count_kept()
            return _answer(page, environ, start_response)
        return self._made_anew(environ, start_response, (host, path, query), self.pages)

    def _made_anew(
        self, environ: Environ, start_response: StartResponse, address: Key, pages: KeptPages
    ) -> Iterable[bytes]:
        # Read beforehand: what is changed while the page is made must make it anew.
        state = self.watch.state
        # Whole, whoever asks: a page that is kept must not be a 304 or one without a body.
        conditions = {name: environ.pop(name, None) for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")}
        is_head = environ["REQUEST_METHOD"] == "HEAD"
        environ["REQUEST_METHOD"] = "GET"
        answered: list[Any] = []
        chunks = self.application(environ, lambda *answer: answered.extend(answer))
        environ |= {name: value for name, value in conditions.items() if value is not None}
        environ["REQUEST_METHOD"] = "HEAD" if is_head else "GET"
        parameters = environ.get(MAY_BE_KEPT)
        status, headers = answered[0], answered[1]
        if parameters is None or not status.startswith("200 ") or _is_personal(headers):
            start_response(status, headers)
            return _without_body(chunks) if is_head else chunks
        body = b"".join(chunks)
        _close(chunks)
        headers = [(name, value) for name, value in headers if name.lower() not in _OF_ONE_REQUEST]
        headers, body = compressed([*headers, ("Last-Modified", http_date(time()))], body)
        page = Page(status, headers, body, state, monotonic())
        if state is not None:
            host, path, query = address
            pages.keep((host, path, known_query(query, parameters)), parameters, page)
        return _answer(page, environ, start_response)


def front_of(application: Application, *, keeps_pages: bool) -> Front:
    """The front of this process."""
    return Front(application, watch, KeptPages() if keeps_pages else None)


def _close(chunks: Iterable[bytes]) -> None:
    """As a server does at the end of an answer: Django gives back its connections only then."""
    if hasattr(chunks, "close"):
        chunks.close()


def _without_body(chunks: Iterable[bytes]) -> Iterable[bytes]:
    _close(chunks)
    return []


def _may_be_answered_from_memory(environ: Environ) -> bool:
    return environ["REQUEST_METHOD"] in ("GET", "HEAD") and is_anonymous(
        environ.get("HTTP_COOKIE", ""), environ.get("HTTP_AUTHORIZATION", "")
    )


def _host(environ: Environ) -> str:
    """As the pages see it: under another name, or without https, other addresses stand in them."""
    scheme = environ.get("HTTP_X_FORWARDED_PROTO", environ["wsgi.url_scheme"])
    return f"{scheme}://{environ.get('HTTP_X_FORWARDED_HOST', '')}{environ.get('HTTP_HOST', '')}"


def _is_personal(headers: list[tuple[str, str]]) -> bool:
    named = [(name.lower(), value) for name, value in headers]
    return any(name == "set-cookie" or (name == "cache-control" and "public" not in value) for name, value in named)


def _answer(page: Page, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    headers, body = page.headers, page.body
    named = {name.lower(): value for name, value in headers}
    asked_for = environ.get("HTTP_IF_NONE_MATCH", "")
    if asked_for and named.get("etag", "").removeprefix("W/") in asked_for.replace("W/", "").split(", "):
        start_response("304 Not Modified", [(name, value) for name, value in headers if name.lower() in _IN_304])
        return []
    if "content-encoding" in named and "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = gzip.decompress(body)
        left_out = ("content-encoding", "content-length")
        headers = [(name, value) for name, value in headers if name.lower() not in left_out]
        headers.append(("Content-Length", str(len(body))))
    start_response(page.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
