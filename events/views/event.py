"""The page of an event."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.choices import EventRoleKind
from events.models import Event
from events.querysets.event_page import files_of, places_of
from events.rules import AS_ANNOUNCED, in_order_of
from events.shown import shown_event


def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    event = Event.objects.for_detail(at).get_public(at, pk=pk)
    files, places = files_of(event.pk, at), places_of(event.pk)
    is_told = bool(places.participants or files.report_images or files.report_attachments)
    context = {
        "page_title": event.title,
        "shown": shown_event(event, at),
        "needs_banner": event.status not in AS_ANNOUNCED,
        "whole": event.parent if event.parent and event.parent.is_public(at) else None,
        "roles": in_order_of(EventRoleKind, event.roles.all(), lambda role: role.role),
        "files": files,
        "places": places,
        "is_reported": event.is_reported or is_told,
    }
    return render(request, "events/event_detail.html", context)
