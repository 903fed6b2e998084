"""The page of an event."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.choices import EventRoleKind
from events.models import Event
from events.querysets.event_page import files_of, places_of
from events.rules import AS_ANNOUNCED, in_order_of
from events.shown import shown_event
from events.structured_data import event_thing
from events.wording import description_of
from portal.core.known import known
from portal.core.structured_data import Absolute


def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    site = request.build_absolute_uri("/")
    page = known(lambda: _page(pk, timezone.now(), request.build_absolute_uri), "page of an event", pk, site)
    return render(request, "events/event_detail.html", page)


def _page(pk: int, at: datetime, absolute: Absolute) -> dict[str, Any]:
    """What is told of an event. Raises Http404 or Withdrawn."""
    event = Event.objects.for_detail(at).get_public(at, pk=pk)
    files, places = files_of(event.pk, at), places_of(event.pk)
    is_told = bool(places.participants or files.report_images or files.report_attachments)
    whole = event.parent if event.parent and event.parent.is_public(at) else None
    told = event_thing(
        event,
        parts=event.sub_events.all(),
        whole=whole,
        images=[*files.report_images, *files.images],
        absolute=absolute,
    )
    return {
        "page_title": event.title,
        "page_description": description_of(event),
        "structured_data": [told],
        "shown": shown_event(event, at),
        "needs_banner": event.status not in AS_ANNOUNCED,
        "whole": whole,
        "roles": in_order_of(EventRoleKind, event.roles.all(), lambda role: role.role),
        "files": files,
        "places": places,
        "is_reported": event.is_reported or is_told,
    }
