"""The pages people get when something cannot be answered. 500, 503 and 507 need no database, no session, no context."""

import sys
from errno import EDQUOT, ENOSPC

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from portal.core.resending import kept_of, offer_to_resend
from portal.serving.silent import answer_without_database
from portal.serving.watch import watch


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", {"page_title": "この要求は受け付けられません"}, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"page_title": "このページは表示できません"}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403. A form of this site whose token is an older session's may be sent once more as it was typed."""
    kept = kept_of(request) if settings.CSRF_COOKIE_NAME in request.COOKIES else None
    if kept:
        return offer_to_resend(request, kept)
    return render(request, "403_csrf.html", {"page_title": "送信を確認できませんでした"}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"page_title": "ページが見つかりません"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; but where the database did not answer, a copy of the page, or 503: that passes (``Retry-After``).

    Where the disk takes no more, 507.
    """
    error = sys.exception()
    if isinstance(error, OperationalError | InterfaceError):
        watch.suspect()
        return answer_without_database(request)
    if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT):
        return HttpResponse(render_to_string("507.html"), status=507)
    return HttpResponse(render_to_string("500.html"), status=500)
