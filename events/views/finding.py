"""Pages on which events are found: the list and the years."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.choices import EventKind
from events.forms import EventFilter
from events.models import Event, Exhibition
from events.rules import in_order_of
from events.shown import shown_event, shown_exhibition
from portal.core.pagination import page_of
from portal.core.wareki import era_fiscal_year


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
        on_view = [shown_exhibition(row, at) for row in Exhibition.objects.published(at).on_view(at).for_list()]
    page = page_of(request, rows.for_list().with_parts(at))
    context = {
        "page_title": "イベント・展示",
        "form": form,
        "page": page,
        "events": [shown_event(row, at) for row in page],
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
        "kinds": in_order_of(EventKind, [shown_event(row, at) for row in events], lambda shown: shown.event.kind),
        "exhibitions": [shown_exhibition(row, at) for row in of_the_year],
        "previous_year": next((year for year in years if year < fiscal_year), None),
        "next_year": next((year for year in reversed(years) if year > fiscal_year), None),
    }
    return render(request, "events/event_archive.html", context)
