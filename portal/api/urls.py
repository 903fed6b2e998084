"""Addresses of the API."""

from typing import Any

from django.urls import path

from portal.api import agreements, disasters, events, exhibitions, places, reference, statements
from portal.api.service import api, open_to_all

api.add_router("events", events.router)
for router in (exhibitions.router, places.router, agreements.router, disasters.router, statements.router):
    api.add_router("", router)


def _opened(urls: tuple[list[Any], str, str]) -> tuple[list[Any], str, str]:
    for operation in urls[0]:
        operation.callback = open_to_all(operation.callback)
    return urls


urlpatterns = [
    path("", reference.api_reference, name="api_reference"),
    path("", _opened(api.urls)),
    path("<path:rest>", open_to_all(reference.no_such_operation)),
]
