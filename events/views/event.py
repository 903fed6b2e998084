"""The page of an event."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.choices import EventRoleKind
from events.models import Event
from events.rules import AS_ANNOUNCED, in_order_of
from events.shown import shown_event


def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    event = Event.objects.for_detail(at).get_public(at, pk=pk)
    context = {
        "page_title": event.title,
        "shown": shown_event(event, at),
        "needs_banner": event.status not in AS_ANNOUNCED,
        "whole": event.parent if event.parent and event.parent.is_public(at) else None,
        "roles": in_order_of(EventRoleKind, event.roles.all(), lambda role: role.role),
    }
    return render(request, "events/event_detail.html", context)
