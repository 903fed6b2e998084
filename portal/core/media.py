"""Uploaded files, given out by the application where no web server stands in front of it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.static import serve

ONE_YEAR = 365 * 24 * 60 * 60


def serve_media(request: HttpRequest, name: str) -> HttpResponseBase:
    """An uploaded file. Names are random and never used again, so what was fetched once may be kept."""
    response = serve(request, name, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response
