"""Uploaded files, given out by the application where no web server stands in front of it."""

import logging

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.static import serve

from portal.core.headers import FILE_POLICY

logger = logging.getLogger(__name__)

ONE_YEAR = 365 * 24 * 60 * 60
_SILENT = "ファイルの置き場所が応答しません。しばらくしてから、もう一度開いてください。"


def are_in_folder() -> bool:
    """Whether uploaded files lie in the media folder, and not in a storage elsewhere."""
    return isinstance(default_storage, FileSystemStorage)


def serve_media(request: HttpRequest, name: str) -> HttpResponseBase:
    """An uploaded file. Names are random and never used again, so what was fetched once may be kept.

    Raises Http404 for what is not there, and for names that no disk can hold; 503 where the storage is silent.
    """
    response = _from_folder(request, name) if are_in_folder() else _from_storage(name)
    if response.status_code < 400:
        response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
        response["Content-Security-Policy"] = FILE_POLICY
    return response


def _from_folder(request: HttpRequest, name: str) -> HttpResponseBase:
    try:
        return serve(request, name, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:
        raise Http404 from error


def _from_storage(name: str) -> HttpResponseBase:
    try:
        return FileResponse(default_storage.open(name))
    except (FileNotFoundError, SuspiciousOperation) as error:
        raise Http404 from error
    except OSError as error:
        logger.warning("ファイルの置き場所が応答しません：%s", error)
        return HttpResponse(
            _SILENT, content_type="text/plain; charset=utf-8", status=503, headers={"Retry-After": "30"}
        )
