"""Uploaded files, given out by the application where no web server stands in front of it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

from portal.core.headers import FILE_POLICY

ONE_YEAR = 365 * 24 * 60 * 60


def serve_media(request: HttpRequest, name: str) -> HttpResponseBase:
    """An uploaded file. Names are random and never used again, so what was fetched once may be kept.

    Raises Http404 for what is not there, and for names that no disk can hold.
    """
    try:
        response = serve(request, name, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:
        raise Http404 from error
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    response["Content-Security-Policy"] = FILE_POLICY
    return response
