"""Pages of exhibitions."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.models import Exhibition, TourStop
from events.rules import AS_ANNOUNCED
from events.showings import on_view, opening_soon, showings_of
from events.shown import shown_exhibition
from events.structured_data import exhibition_thing
from events.when import Span
from events.wording import description_of
from municipalities.models import Ward

# So many days ahead does the page look that says where exhibitions can be seen.
LOOK_AHEAD = 60


def exhibition_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    public = Exhibition.objects.published(at).for_list()
    hosting = TourStop.objects.of_public_exhibitions(at).official().hosting_counts()
    context = {
        "page_title": "全国連携展示",
        "on_view": [shown_exhibition(row, at) for row in public.on_view(at)],
        "exhibitions": [shown_exhibition(row, at) for row in public.latest_first()],
        "hosting": [(ward, hosting.get(ward.code)) for ward in Ward.objects.all()],
    }
    return render(request, "events/exhibition_list.html", context)


def exhibitions_now(request: HttpRequest) -> HttpResponse:
    """Where exhibitions can be seen today, and what opens next."""
    at = timezone.now()
    today = timezone.localdate(at)
    days = Span(today, today + timedelta(days=LOOK_AHEAD))
    showings = showings_of(Exhibition.objects.published(at).touching(days).for_list())
    context = {
        "page_title": "いま、どこで見られるか",
        "today": today,
        "on_view": [(one, one.days_left(today)) for one in on_view(showings, today)],
        "opening": opening_soon(showings, today, LOOK_AHEAD),
        "look_ahead": LOOK_AHEAD,
    }
    return render(request, "events/exhibitions_now.html", context)


def exhibition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    exhibition = Exhibition.objects.for_detail(at).get_public(at, pk=pk)
    told = exhibition_thing(exhibition, stops=exhibition.stops.all(), absolute=request.build_absolute_uri)
    context = {
        "page_title": exhibition.full_title,
        "page_description": description_of(exhibition),
        "structured_data": [told],
        "shown": shown_exhibition(exhibition, at),
        "needs_banner": exhibition.status not in AS_ANNOUNCED,
    }
    return render(request, "events/exhibition_detail.html", context)
