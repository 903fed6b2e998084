"""Pages of events, exhibitions and ward projects."""

from datetime import datetime
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.choices import EventKind, EventRoleKind
from events.forms import EventFilter, ProjectFilter
from events.models import Event, Exhibition, TourStop, WardProject
from events.rules import (
    AS_ANNOUNCED,
    NOT_TAKING_PLACE,
    ON_TOUR,
    State,
    in_order_of,
    is_stop_on,
    is_stop_unreported,
    state_at,
)
from municipalities.models import Ward
from portal.core.pagination import page_of
from portal.core.wareki import era_fiscal_year


class ShownEvent(NamedTuple):
    """An event as it stands at a moment, with its parts."""

    event: Event
    state: State
    parts: list["ShownEvent"]


class Station(NamedTuple):
    """A stop of a tour as it stands at a moment."""

    stop: TourStop
    is_here: bool
    is_unreported: bool


class ShownExhibition(NamedTuple):
    """An exhibition as it stands at a moment, with its tour; ``is_here``: it can be seen in its first place."""

    exhibition: Exhibition
    state: State
    is_here: bool
    stations: list[Station]


def event_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    whole = Event.objects.published(at).whole()
    years = whole.fiscal_years(Exhibition.objects.published(at))
    form = EventFilter.of(request, years=years)
    on_view = []
    if form.chosen:
        rows = whole.matching(form.chosen, at).latest_first()
    else:
        rows = whole.upcoming(at)
        on_view = [_exhibition(row, at) for row in Exhibition.objects.published(at).on_view(at).for_list()]
    page = page_of(request, rows.for_list().with_parts(at))
    context = {
        "page_title": "イベント・展示",
        "form": form,
        "page": page,
        "events": [_event(row, at) for row in page],
        "on_view": on_view,
        "years": years,
    }
    return render(request, "events/event_list.html", context)


def event_archive(request: HttpRequest, fiscal_year: int) -> HttpResponse:
    """Everything of one fiscal year. Raises Http404 for a year that has nothing."""
    at = timezone.now()
    whole, exhibitions = Event.objects.published(at).whole(), Exhibition.objects.published(at)
    years = whole.fiscal_years(exhibitions)
    if fiscal_year not in years:
        raise Http404("この年度の記録はありません。")
    events = whole.in_fiscal_year(fiscal_year).soonest_first().for_list().with_parts(at)
    of_the_year = exhibitions.in_fiscal_year(fiscal_year).soonest_first().for_list()
    context = {
        "page_title": f"{era_fiscal_year(fiscal_year)}（{fiscal_year}年度）のイベント・展示",
        "kinds": in_order_of(EventKind, [_event(row, at) for row in events], lambda shown: shown.event.kind),
        "exhibitions": [_exhibition(row, at) for row in of_the_year],
        "previous_year": next((year for year in years if year < fiscal_year), None),
        "next_year": next((year for year in reversed(years) if year > fiscal_year), None),
    }
    return render(request, "events/event_archive.html", context)


def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    event = Event.objects.for_detail(at).get_public(at, pk=pk)
    context = {
        "page_title": event.title,
        "shown": _event(event, at),
        "needs_banner": event.status not in AS_ANNOUNCED,
        "whole": event.parent if event.parent and event.parent.is_public(at) else None,
        "roles": in_order_of(EventRoleKind, event.roles.all(), lambda role: role.role),
    }
    return render(request, "events/event_detail.html", context)


def exhibition_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    public = Exhibition.objects.published(at).for_list()
    hosting = TourStop.objects.of_public_exhibitions(at).official().hosting_counts()
    context = {
        "page_title": "全国連携展示",
        "on_view": [_exhibition(row, at) for row in public.on_view(at)],
        "exhibitions": [_exhibition(row, at) for row in public.latest_first()],
        "hosting": [(ward, hosting.get(ward.code)) for ward in Ward.objects.all()],
    }
    return render(request, "events/exhibition_list.html", context)


def exhibition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    exhibition = Exhibition.objects.for_detail(at).get_public(at, pk=pk)
    context = {
        "page_title": exhibition.full_title,
        "shown": _exhibition(exhibition, at),
        "needs_banner": exhibition.status not in AS_ANNOUNCED,
    }
    return render(request, "events/exhibition_detail.html", context)


def project_list(request: HttpRequest) -> HttpResponse:
    public = WardProject.objects.published()
    wards = [(ward.code, ward.name) for ward in Ward.objects.all()]
    form = ProjectFilter.of(request, years=public.fiscal_years(), wards=wards)
    page = page_of(request, public.matching(form.chosen).for_list())
    context = {"page_title": "各区事業", "form": form, "page": page}
    return render(request, "events/project_list.html", context)


def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    project = WardProject.objects.for_detail().get_public(pk=pk)
    context = {
        "page_title": project.title,
        "project": project,
        "needs_banner": project.status not in AS_ANNOUNCED,
    }
    return render(request, "events/project_detail.html", context)


def _event(event: Event, at: datetime) -> ShownEvent:
    parts = [ShownEvent(part, _state(part, at), []) for part in event.sub_events.all()]
    return ShownEvent(event, _state(event, at), parts)


def _state(event: Event, at: datetime) -> State:
    return state_at(event, at, start_time=event.start_time)


def _exhibition(exhibition: Exhibition, at: datetime) -> ShownExhibition:
    takes_place = exhibition.status not in NOT_TAKING_PLACE
    is_here = exhibition.is_on(at)
    stations = [
        Station(
            stop,
            takes_place and is_stop_on(stop.state, stop.first_day, stop.last_day, at),
            is_stop_unreported(stop.state, stop.last_day, exhibition.fiscal_year, at),
        )
        for stop in exhibition.stops.all()
    ]
    is_on_tour = any(station.is_here for station in stations)
    state = ON_TOUR if is_on_tour and not is_here else state_at(exhibition, at)
    return ShownExhibition(exhibition, state, is_here, stations)
