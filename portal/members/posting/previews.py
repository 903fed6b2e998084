"""Seeing what one writes as the public will."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.core.previewing.rendering import public_page, seal
from portal.members.posting.writing import NO_LONGER_FITS


def preview_of(request: HttpRequest, record: Any, *, back: str) -> HttpResponse:
    """The public page of a record as it is proposed, for the one who writes it; ``back`` where that no longer fits."""
    try:
        return seal(public_page(request, record))
    except ValidationError:
        messages.error(request, NO_LONGER_FITS)
        return redirect(back)
