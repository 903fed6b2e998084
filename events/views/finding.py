"""Pages on which events are found: the list and the years."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.choices import EventKind
from events.forms import EventFilter
from events.models import Event, Exhibition
from events.rules import in_order_of
from events.shown import EventRow, shown_event, shown_exhibition
from events.wanted import Wanted
from municipalities.place_names import place_names
from portal.core.known import known
from portal.core.pagination import page_of, slice_of
from portal.core.wareki import era_fiscal_year

PER_PAGE = 20
# Of each kind a year's page names so many; the rest is found in the list.
OF_EACH_KIND = 30


def event_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    years = known(lambda: _years(at), "years of events")
    chosen = (request.GET.get("prefecture", ""), request.GET.get("municipality", ""))
    places = known(lambda: place_names(*chosen), "places", *chosen)
    form = EventFilter.of(request, years=years, places=places)
    wanted = form.wanted
    counts = known(lambda: Event.objects.choice_counts(wanted, at), "choices of events", wanted)
    form.show_counts(counts)
    page = page_of(request, range(counts["total"][""]), PER_PAGE)
    context = {
        "page_title": "イベント・展示",
        "form": form,
        "page": page,
        "events": known(lambda: _rows(wanted, slice_of(page), at), "rows of events", wanted, page.number),
        "is_ahead": wanted.is_ahead,
        "years": years,
    }
    return render(request, "events/event_list.html", context)


def _years(at: datetime) -> list[int]:
    return Event.objects.published(at).whole().fiscal_years(Exhibition.objects.published(at))


def _rows(wanted: Wanted, places: slice, at: datetime) -> list[EventRow]:
    """Those of the events that were found that have these places among them."""
    found = Event.objects.found(wanted, at).listed(latest_first=wanted.looks_back(timezone.localdate(at)))
    shown = found.for_list().with_parts(at)[places]
    return [shown_event(event, at).row for event in shown]


def event_archive(request: HttpRequest, fiscal_year: int) -> HttpResponse:
    """Everything of one fiscal year. Raises Http404 for a year that has nothing."""
    at = timezone.now()
    whole, exhibitions = Event.objects.published(at).whole(), Exhibition.objects.published(at)
    years = whole.fiscal_years(exhibitions)
    if fiscal_year not in years:
        raise Http404("この年度の記録はありません。")
    of_the_year = whole.in_fiscal_year(fiscal_year)
    counts = of_the_year.counts_by_kind()
    events = of_the_year.first_of_kinds(OF_EACH_KIND).soonest_first().for_list().with_parts(at)
    kinds = in_order_of(EventKind, [shown_event(row, at) for row in events], lambda shown: shown.event.kind)
    shown = exhibitions.in_fiscal_year(fiscal_year).soonest_first().for_list()
    context = {
        "page_title": f"{era_fiscal_year(fiscal_year)}（{fiscal_year}年度）のイベント・展示",
        "fiscal_year": fiscal_year,
        "kinds": [(label, rows[0].event.kind, counts[rows[0].event.kind], rows) for label, rows in kinds],
        "exhibitions": [shown_exhibition(row, at) for row in shown],
        "previous_year": next((year for year in years if year < fiscal_year), None),
        "next_year": next((year for year in reversed(years) if year > fiscal_year), None),
    }
    return render(request, "events/event_archive.html", context)
