"""What whoever was given a link sees."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.core.previewing.models import PreviewLink
from portal.core.previewing.rendering import public_page, seal


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link; 410 with an explanation once it has expired, was revoked or never was."""
    link = PreviewLink.objects.behind(token)
    if link is None or link.record is None:
        return seal(_closed(request))
    try:
        return seal(public_page(request, link.record))
    except ValidationError:
        return seal(_closed(request))


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "preview_closed.html", {"page_title": "このプレビューは終わりました"}, status=410)
