"""The calendar of events, month by month."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.calendar import FIRST_YEAR, LAST_YEAR, month_page
from events.forms import CalendarFilter
from events.models import Event, Exhibition
from events.showings import showings_of
from events.when import Span, month_of, next_month, previous_month
from municipalities.place_names import place_names
from portal.core.holidays import holidays_of
from portal.core.wareki import era_month

# So far beyond the days of what is public do links lead: a calendar has no end, and robots follow it.
MARGIN = 1


def this_month(request: HttpRequest) -> HttpResponse:
    return _month(request, timezone.localdate().replace(day=1))


def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """One month. Raises Http404 where there is no such month, or no such law of special wards."""
    if not (FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12):
        raise Http404("この月のカレンダーはありません。")
    return _month(request, date(int(year), int(month), 1))


def _month(request: HttpRequest, first: date) -> HttpResponse:
    at = timezone.now()
    today = timezone.localdate(at)
    days = month_of(first)
    places = place_names(request.GET.get("prefecture", ""), request.GET.get("municipality", ""))
    form = CalendarFilter.of(request, places=places)
    public = Event.objects.published(at)
    events = public.in_calendar(at).meeting(form.wanted, at).touching(days).calendar_entries()
    exhibitions = Exhibition.objects.published(at).meeting(form.wanted).touching(days).for_list()
    showings = [one for one in showings_of(exhibitions) if one.touches(days) and form.wanted.is_in(one.code)]
    reach = _reach(public.known_days(), today)
    context = {
        "page_title": f"{era_month(first)}のイベントカレンダー",
        "form": form,
        "month": month_page(first, today, events, showings, holidays_of(first.year, first.month)),
        "previous": _within(previous_month(first), reach),
        "next": _within(next_month(first), reach),
        "this_month": today.replace(day=1),
        "is_to_be_found": _within(first, reach) is not None and not form.chosen,
    }
    return render(request, "events/event_calendar.html", context)


def _reach(known: Span, today: date) -> Span:
    """The months that links lead to: those of what is public and of today, and a year on either side."""
    first, last = min(known.first or today, today), max(known.last or today, today)
    return Span(date(first.year - MARGIN, first.month, 1), date(last.year + MARGIN, last.month, 1))


def _within(month: date, reach: Span) -> date | None:
    first, last = reach
    return month if first and last and first <= month <= last and FIRST_YEAR <= month.year <= LAST_YEAR else None
