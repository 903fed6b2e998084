"""The pages people get when something cannot be answered. 500 and 503 need no database, no session, no context."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", {"page_title": "この要求は受け付けられません"}, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"page_title": "このページは表示できません"}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", {"page_title": "送信を確認できませんでした"}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"page_title": "ページが見つかりません"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _without_context("500.html", 500)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    return _without_context("503.html", 503)


def _without_context(template: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(template, {"site_name": settings.SITE_NAME}), status=status)
