"""Events for people's calendars: single files, live subscriptions, and the page that offers them."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from events.choices import EventKind
from events.ical.entries import Entry, entries_of_event, entries_of_exhibition
from events.ical.subscriptions import MOST_ENTRIES, subscription_entries
from events.ical.writing import LAYOUT, Heading, calendar_of
from events.models import Event, Exhibition
from events.slices import Slice, SliceForm, slice_of
from municipalities.models import Prefecture, Ward
from portal.core.addresses import naming_authority, site_address
from portal.core.conditional import sent_if_changed


@require_safe
def event_ics(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    event = Event.objects.for_calendar().with_calendar_parts(at).get_public(at, pk=pk)
    return _download(request, event, entries_of_event(event, at), f"event-{pk}.ics")


@require_safe
def exhibition_ics(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    exhibition = Exhibition.objects.for_list().for_calendar().get_public(at, pk=pk)
    return _download(request, exhibition, entries_of_exhibition(exhibition), f"exhibition-{pk}.ics")


def _download(request: HttpRequest, row: Event | Exhibition, entries: list[Entry], file_name: str) -> HttpResponse:
    if not entries:
        context = {"page_title": "カレンダーに追加できません", "row": row}
        return render(request, "events/no_calendar_days.html", context, status=404)
    heading = Heading(str(row), site_address(request), naming_authority())
    return _answer(request, entries, heading, {"Content-Disposition": f'attachment; filename="{file_name}"'})


@require_safe
def event_subscription(request: HttpRequest) -> HttpResponse:
    """What is announced, as a calendar that is fetched again and again. Raises Http404 for a slice there is not."""
    chosen = slice_of(request)
    entries, is_cut = subscription_entries(chosen, timezone.now())
    address = site_address(request)
    heading = Heading(
        title=f"{chosen.title}｜{settings.SITE_NAME}",
        address=address,
        authority=naming_authority(),
        note=_cut_note(f"{address}{reverse('event_subscribe')}") if is_cut else "",
        is_live=True,
        keeps_cancelled=settings.ICAL_SUBSCRIPTION_CANCELLED == "keep",
    )
    return _answer(request, entries, heading, {})


def _cut_note(address: str) -> str:
    narrower = f"区・都道府県・種別ごとのカレンダーもご利用ください：{address}"
    return f"日程の早いものから{MOST_ENTRIES}件だけを載せています。{narrower}"


def _answer(request: HttpRequest, entries: list[Entry], heading: Heading, headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(content_type="text/calendar; charset=utf-8", headers=headers)
    if entries:
        latest = max(entry.changed for entry in entries)
        response.headers["Last-Modified"] = http_date(latest.timestamp())
    state = repr((LAYOUT, heading, entries))
    return sent_if_changed(request, response, state=state, content=lambda: calendar_of(entries, heading))


class Addresses(NamedTuple):
    """Where a slice is followed, by calendar (``webcal`` opens the calendar of a telephone at once) and by feed."""

    label: str
    calendar: str
    webcal: str
    feed: str


def event_subscribe(request: HttpRequest) -> HttpResponse:
    wards, prefectures = list(Ward.objects.all()), list(Prefecture.objects.all())
    form = SliceForm.of(request).offer(wards=wards, prefectures=prefectures)
    address = site_address(request)
    kinds = [Slice(kind=kind) for kind in EventKind.values]
    groups = [
        ("種別", [_addresses(address, one, one.title) for one in kinds]),
        ("23区", [_addresses(address, Slice(ward=ward), ward.name) for ward in wards]),
        ("都道府県", [_addresses(address, Slice(prefecture=one), one.name) for one in prefectures]),
    ]
    context = {
        "page_title": "カレンダー登録とフィード",
        "form": form,
        "chosen": _addresses(address, form.slice, form.slice.title),
        "groups": groups,
    }
    return render(request, "events/event_subscribe.html", context)


def _addresses(address: str, chosen: Slice, label: str) -> Addresses:
    query = f"?{chosen.query}" if chosen.query else ""
    calendar = f"{address}{reverse('event_subscription')}{query}"
    webcal = f"webcal://{calendar.partition('://')[2]}"
    return Addresses(label, calendar, webcal, f"{address}{reverse('event_feed')}{query}")
