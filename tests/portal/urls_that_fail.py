"""Addresses that fail in each way there is, beside all the real ones."""

from errno import ENOSPC

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import urls

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def bad(request: HttpRequest) -> HttpResponse:
    raise BadRequest


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


def no_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("secret detail")


def no_room(request: HttpRequest) -> HttpResponse:
    raise OSError(ENOSPC, "secret detail")


urlpatterns = [
    path("bad/", bad),
    path("forbidden/", forbidden),
    path("broken/", broken),
    path("no-database/", no_database),
    path("no-room/", no_room),
    *urls.urlpatterns,
]
