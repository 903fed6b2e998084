"""What is around every answer: its id, its line in the log, its time in the metrics."""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.core.logs import request_id
from portal.mirror.rendering import FOR_THE_MIRROR
from portal.operations import metrics

logger = logging.getLogger("portal.access")
GetResponse = Callable[[HttpRequest], HttpResponse]

_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")
# Asked every few seconds by machines: in the log they would hide everything else.
_PROBES = {"healthz", "readyz", "metrics"}


class Trace:
    """Gives each request an id, which the answer and every line of the log carry, and measures how long it took."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = _id_of(request)
        outer = request_id.set(number)
        began = perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = number
            if FOR_THE_MIRROR not in request.META:
                _tell(request, response.status_code, perf_counter() - began)
            return response
        finally:
            request_id.reset(outer)


def _id_of(request: HttpRequest) -> str:
    """The id that our own proxy gave it, so that both logs speak of the same; otherwise a new one."""
    given = request.headers.get("X-Request-ID", "")
    is_ours = settings.TRUSTED_PROXY_COUNT and _WELL_FORMED.fullmatch(given)
    return given if is_ours else uuid4().hex


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    view = request.resolver_match.view_name if request.resolver_match else "-"
    metrics.observe(view, status, seconds)
    fields = {"method": request.method, "view": view, "status": status, "milliseconds": round(seconds * 1000, 1)}
    level = logging.DEBUG if view in _PROBES else logging.INFO
    # The address without what was asked for: that may be a name.
    logger.log(level, "%s %s %d", request.method, request.path, status, extra={"fields": fields})
