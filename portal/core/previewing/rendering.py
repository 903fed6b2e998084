"""The public page of a record as it will be: drawn by the public view itself, on data that is taken back afterwards."""

import copy
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils import timezone

from portal.core.approval.models import Proposal
from portal.core.history.snapshots import put_back
from portal.core.publishing import STATE_FIELDS, PublicationState

_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


def public_page(request: HttpRequest, record: Any, at: datetime | None = None) -> HttpResponse:
    """The page, as a visitor without any account would get it were everything proposed in public now.

    Raises ValidationError where what is proposed no longer fits the record.
    """
    at = at or timezone.now()
    with transaction.atomic():
        proposal = Proposal.objects.open_for(record)
        if proposal is not None and proposal.changes:
            put_back(record, proposal.changes, keep=STATE_FIELDS)
        _make_public(record, at)
        response = _visit(request, record.get_absolute_url())
        transaction.set_rollback(True)
    return response


def seal(response: HttpResponse) -> HttpResponse:
    """Makes sure that no cache keeps a preview and no search engine lists it."""
    for header in ("ETag", "Last-Modified", "Expires"):
        del response.headers[header]
    for header, value in _HEADERS.items():
        response.headers[header] = value
    return response


def _make_public(record: Any, at: datetime) -> None:
    moment = min(record.publish_at or at, at - timedelta(seconds=1))
    values = {"publication_state": PublicationState.PUBLISHED, "publish_at": moment, "unpublish_at": None}
    type(record)._default_manager.filter(pk=record.pk).update(**values)


def _visit(request: HttpRequest, address: str) -> HttpResponse:
    """What the view at an address answers to a visitor who is nobody."""
    visitor: Any = copy.copy(request)
    path = urlsplit(address).path
    visitor.method, visitor.path, visitor.path_info = "GET", path, path
    visitor.GET, visitor.POST, visitor.COOKIES = QueryDict(), QueryDict(), {}
    visitor.META = {key: value for key, value in request.META.items() if not key.startswith("HTTP_IF_")}
    visitor.META |= {"PATH_INFO": path, "QUERY_STRING": "", "REQUEST_METHOD": "GET", "HTTP_COOKIE": ""}
    visitor.user, visitor._messages = AnonymousUser(), CookieStorage(visitor)
    visitor.resolver_match, visitor.is_preview = resolve(path), True
    view, args, kwargs = visitor.resolver_match
    response: Any = view(visitor, *args, **kwargs)
    if hasattr(response, "render"):
        response = response.render()
    return HttpResponse(response.content, status=response.status_code)
