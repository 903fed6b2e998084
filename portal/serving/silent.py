"""What is answered while the database is silent: public pages from the mirror, with a line saying so and since when."""

from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from portal.core.spreadsheets import XLSX
from portal.mirror.addresses import NOT_HERE, Address, mirrored, original, view_name
from portal.mirror.export import current_version, made_at
from portal.mirror.rendering import FOR_THE_MIRROR
from portal.serving.front import MAY_BE_KEPT
from portal.serving.kept import known_query
from portal.serving.policy import say_public
from portal.serving.public import PUBLIC
from portal.serving.watch import watch

RETRY_AFTER = 60
# By the end of the file's name, as pages say it themselves.
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".csv": "text/csv; charset=utf-8; header=present",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".xlsx": XLSX,
}
FEED = "application/atom+xml; charset=utf-8"
# Data that pages of other sites may read, as they may from the site itself.
OPEN_KINDS = (".csv", ".json", ".xlsx")
_BEFORE_THE_REST = b'<a class="skip-link"'


def answer_without_database(request: HttpRequest) -> HttpResponse:
    """A page of the mirror; a page that says what cannot be done now, where there is no such page (503)."""
    if request.META.get(FOR_THE_MIRROR):
        return HttpResponse(status=503)
    if request.method not in ("GET", "HEAD"):
        return _not_now("503_nothing_sent.html")
    return _copy(request, settings.MIRROR_DIR) or _not_now("503.html")


def _not_now(template: str) -> HttpResponse:
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string(template), status=503, headers=headers)


def _copy(request: HttpRequest, folder: Path) -> HttpResponse | None:
    version = current_version(folder)
    if version is None:
        return None
    path, _, asked = original(request.path_info).partition("?")
    asked = asked or _asked(request)
    address = mirrored(path)
    exact = mirrored(f"{path}?{asked}") if asked else address
    file = _read(version, exact) or _read(version, address) or _not_here(version, path)
    if file is None:
        return None
    name, content = file
    response = HttpResponse(content, content_type=_kind(name))
    if name.endswith(".html"):
        is_other = bool(asked) and exact is None
        line = _line(watch.silent_since or timezone.now(), made_at(version), is_other=is_other)
        response.content = content.replace(_BEFORE_THE_REST, line + _BEFORE_THE_REST, 1)
    elif name.endswith(OPEN_KINDS):
        response.headers["Access-Control-Allow-Origin"] = "*"
    request.META[MAY_BE_KEPT] = PUBLIC.get(view_name(path), ())
    return say_public(request, response, in_disaster=False)


def _not_here(version: Path, path: str) -> tuple[str, bytes] | None:
    return _read(version, Address(path)) if path == NOT_HERE else None


def _asked(request: HttpRequest) -> str:
    """What the query asks, without fields that were left empty."""
    query = request.META.get("QUERY_STRING", "")
    names = tuple(name for name, value in parse_qsl(query) if value)
    return known_query(query, names)


def _read(version: Path, address: Address | None) -> tuple[str, bytes] | None:
    if address is None:
        return None
    file = version / address.file
    try:
        return file.name, file.read_bytes()
    except OSError:
        return None


def _kind(name: str) -> str:
    return FEED if name == "index.xml" else KINDS.get(Path(name).suffix, "application/octet-stream")


def _line(silent_since: datetime, copied_at: datetime | None, *, is_other: bool) -> bytes:
    context = {"since": timezone.localtime(silent_since), "copied_at": copied_at, "is_other": is_other}
    return render_to_string("partials/copy_line.html", context).encode()
