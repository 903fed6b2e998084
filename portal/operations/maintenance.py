"""The sign at the door while the site is worked on: a file, so that it holds without a database, for every process."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

GetResponse = Callable[[HttpRequest], HttpResponse]

RETRY_AFTER = 600
_OPEN_PATHS = {"/healthz", "/readyz", "/metrics"}
_READING = {"GET", "HEAD", "OPTIONS"}


class Maintenance(NamedTuple):
    """``is_readable``: public pages go on, and only what writes is refused. ``until``: when it is to end, if known."""

    is_readable: bool
    until: datetime | None

    def refuses(self, method: str | None) -> bool:
        return not (self.is_readable and method in _READING)

    def retry_after(self, at: datetime) -> int:
        """Seconds after which it is worth trying again."""
        left = int((self.until - at).total_seconds()) if self.until else 0
        return left if left > 0 else RETRY_AFTER


def _sign() -> Path:
    return Path(settings.DATA_DIR) / "state" / "maintenance.json"


def begin(maintenance: Maintenance) -> None:
    """Puts up the sign; whole or not at all."""
    sign = _sign()
    sign.parent.mkdir(parents=True, exist_ok=True)
    part = sign.with_suffix(".part")
    until = maintenance.until.isoformat() if maintenance.until else None
    part.write_text(json.dumps({"is_readable": maintenance.is_readable, "until": until}), encoding="utf-8")
    part.rename(sign)


def end() -> None:
    _sign().unlink(missing_ok=True)


def current() -> Maintenance | None:
    """What the sign says; None where there is none. One that cannot be read closes the site."""
    try:
        told = json.loads(_sign().read_text(encoding="utf-8"))
        until = datetime.fromisoformat(told["until"]) if told["until"] else None
        return Maintenance(bool(told["is_readable"]), until)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        return Maintenance(is_readable=False, until=None)


class Refuse:
    """Answers 503 with a page that says so and when to come back."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        maintenance = current()
        if maintenance is None or request.path in _OPEN_PATHS or not maintenance.refuses(request.method):
            return self.get_response(request)
        html = render_to_string("maintenance.html", {"maintenance": maintenance})
        wait = maintenance.retry_after(timezone.now())
        return HttpResponse(html, status=503, headers={"Retry-After": wait, "Cache-Control": "no-store"})
