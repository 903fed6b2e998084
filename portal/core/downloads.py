"""Files that people keep."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header


def download(content: bytes | Iterator[bytes], kind: str, name: str, extension: str) -> HttpResponseBase:
    """A file to keep, named after what it holds and the day."""
    filename = f"{name}_{timezone.localdate().isoformat()}.{extension}"
    headers = {"Content-Disposition": content_disposition_header(True, filename) or "attachment"}
    if isinstance(content, bytes):
        return HttpResponse(content, content_type=kind, headers=headers)
    return StreamingHttpResponse(content, content_type=kind, headers=headers)
