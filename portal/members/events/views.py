"""The pages on which a member writes, moves, and reports on its events."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from events.choices import Status
from events.models import Event, Venue
from events.rules import NOT_TAKING_PLACE
from portal.core.approval.actions import TOO_LATE
from portal.core.models import Proposal
from portal.core.pagination import page_of
from portal.members.access import Member, writing_page
from portal.members.events.actions import announce, submit_all
from portal.members.events.forms import AnnouncementForm, EventForm, ReportForm, new_event
from portal.members.events.shown import Shown, shown_rows
from portal.members.events.writing import HELD, EventSheet
from portal.members.posting.previews import preview_of
from portal.members.posting.way import deletion, steps_of, take_step, way_of, ways_of
from portal.members.posting.writing import Files, Sheet

FILES = Files("images", "attachments")
REPORT_FILES = Files("report_images", "report_attachments")


def _event_of(member: Member, pk: int) -> Event:
    """An event of the person's municipality. Raises Http404 for every other."""
    events = Event.objects.owned_by(member.municipality).select_related("venue", "contact", "owner__prefecture")
    return get_object_or_404(events, pk=pk)


@writing_page
def member_events(request: Any) -> HttpResponse:
    """The municipality's events: those under way, those in public that are to come, those that are over."""
    wanted = Shown.of(request.GET.get("show", ""))
    events = Event.objects.owned_by(request.member.municipality)
    proposed = Proposal.objects.open_states(Event)
    counts = {shown: shown_rows(events, shown, proposed).count() for shown in Shown}
    page = page_of(request, shown_rows(events, wanted, proposed).select_related("venue"), count=counts[wanted])
    context = {
        "page_title": "催しの一覧",
        "page": page,
        "ways": ways_of(page.object_list),
        "wanted": wanted,
        "tabs": [(shown.label, counts[shown], f"?show={shown.value}", shown == wanted) for shown in Shown],
    }
    return render(request, "members/events/event_list.html", context)


@require_POST
@writing_page
def member_events_submit(request: Any) -> HttpResponse:
    """Sends those that were selected to review, all at once; what is none of the municipality's drafts is left out."""
    keys = [int(key) for key in request.POST.getlist("event") if key.isascii() and key.isdecimal() and len(key) < 19]
    events = Event.objects.owned_by(request.member.municipality).in_bulk(keys).values()
    try:
        count = submit_all(events=events, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("member_events")
    if count:
        messages.success(request, f"{count}件を確認に出しました。結果はメールでお知らせします。")
    else:
        messages.info(request, "確認に出す下書きを選んでください。")
    return redirect("member_events")


@writing_page
def member_event_add(request: Any) -> HttpResponse:
    return _write(request, new_event(request.member.municipality), None, "催しを載せる")


@writing_page
def member_event_change(request: Any, pk: int) -> HttpResponse:
    event = _event_of(request.member, pk)
    way = way_of(event)
    if way.is_writable:
        return _write(request, event, way, str(event))
    return _page(request, way, str(event), refused=TOO_LATE if request.method == "POST" else "")


def _write(request: Any, event: Event, way: Any, title: str) -> HttpResponse:
    def make_form(record: Event, data: Any) -> EventForm:
        return EventForm(data, instance=record, municipality=request.member.municipality)

    sheet = EventSheet(request, event, make_form, FILES)
    if request.method == "POST" and sheet.save():
        return redirect("member_event_change", sheet.record.pk)
    venues = Venue.objects.offered_to(request.member.municipality)
    return _page(request, way, title, sheet=sheet, venues=venues)


def _page(request: Any, way: Any, title: str, **context: Any) -> HttpResponse:
    told: dict[str, Any] = {"page_title": title, "way": way, "is_new": way is None}
    return render(request, "members/events/event_form.html", told | _around(request, way) | context)


def _around(request: Any, way: Any) -> dict[str, Any]:
    """What stands around the form of an event that is there already."""
    if way is None:
        return {}
    event = way.record
    return {
        "steps": steps_of(event, request.member),
        "step_url": reverse("member_event_step", args=[event.pk]),
        "preview_url": reverse("member_event_preview", args=[event.pk]),
        "may_announce": event.is_public(way.at),
        "may_report": _may_report(event, way.at),
    }


@require_POST
@writing_page
def member_event_step(request: Any, pk: int) -> HttpResponse:
    return take_step(request, _event_of(request.member, pk), done=reverse("member_event_change", args=[pk]))


@writing_page
def member_event_preview(request: Any, pk: int) -> HttpResponse:
    return preview_of(request, _event_of(request.member, pk), back=reverse("member_event_change", args=[pk]))


@writing_page
def member_event_delete(request: Any, pk: int) -> HttpResponse:
    back = reverse("member_event_change", args=[pk])
    return deletion(request, _event_of(request.member, pk), kind="催し", back=back, done="member_events")


@writing_page
def member_event_announce(request: Any, pk: int) -> HttpResponse:
    """Tells the public at once that an event is cancelled, postponed or moved."""
    event = _event_of(request.member, pk)
    if not event.is_public():
        raise Http404
    form = AnnouncementForm(request.POST if request.method == "POST" else None, event=event)
    if form.is_valid():
        told = {"status": Status(form.cleaned_data["status"]), "reason": form.cleaned_data["reason"]}
        try:
            announce(event=event, by=request.user, schedule=form.schedule, **told)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except OperationalError:
            form.add_error(None, HELD)
        else:
            messages.success(request, "公開のページに知らせました。事務局にもメールで伝えます。")
            return redirect("member_event_change", pk)
    context = {"page_title": "中止・延期・日時の変更を知らせる", "event": event, "form": form}
    return render(request, "members/events/announce.html", context)


@writing_page
def member_event_report(request: Any, pk: int) -> HttpResponse:
    """How an event was, told on the way of approval once it is over."""
    event = _event_of(request.member, pk)
    way = way_of(event)
    if not _may_report(event, way.at):
        raise Http404
    context = {"page_title": f"開催報告：{event}", "way": way, "event": event, **_around(request, way)}
    if not way.is_writable:
        context["refused"] = TOO_LATE if request.method == "POST" else ""
        return render(request, "members/events/report.html", context)

    def make_form(record: Event, data: Any) -> ReportForm:
        return ReportForm(data, instance=record, municipality=request.member.municipality)

    sheet = Sheet(request, event, make_form, REPORT_FILES)
    if request.method == "POST" and sheet.save():
        return redirect("member_event_report", pk)
    return render(request, "members/events/report.html", context | {"sheet": sheet})


def _may_report(event: Event, at: Any) -> bool:
    return event.was_public(at) and event.has_ended(at) and event.status not in NOT_TAKING_PLACE
