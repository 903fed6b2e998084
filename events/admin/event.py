"""The back office pages of events."""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from events.actions import refresh_places, refresh_span
from events.admin.copying import CopiesAsDraft
from events.admin.findings import tell_findings
from events.admin.schedule import SCHEDULE, FormerScheduleInline, keep_days_announced
from events.importing.events import Options, import_events
from events.models import Event, EventReport, EventRole, Speaker
from events.profiles import PROFILES
from portal.core.admin.base import RecordAdmin, RowInline, RowsOfARecord, SourceNoteInline
from portal.core.admin.publishing import PublishableAdmin, PublishableForm
from portal.core.admin.spreadsheets.reading import may_write
from portal.core.admin.spreadsheets.tables import WardSheet
from portal.core.importing.pages import Reader
from portal.core.importing.proposing import by_approval
from portal.core.importing.remarks import Report
from portal.core.publishing import touch


class EventRoleInline(RowInline):
    model = EventRole
    fields = ("role", "body", "company", "municipality", "name")
    autocomplete_fields = ("body", "company", "municipality")
    select_related = ("event", "body", "company", "municipality__prefecture")


class SubEventInline(RowsOfARecord, admin.TabularInline):
    """The parts of an event, each with a link to its own page."""

    model = Event
    fk_name = "parent"
    verbose_name_plural = "部分のイベント"
    fields = readonly_fields = ("title", "first_day", "last_day", "status", "publication_state")
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SpeakerInline(RowInline):
    model = Speaker
    fields = ("listing_order", "name", "affiliation", "topic")
    select_related = ("event",)


class EventForm(PublishableForm):
    def clean_parent(self) -> Event | None:
        parent = self.cleaned_data["parent"]
        if parent and parent.parent_id:
            raise ValidationError("選んだイベントは、ほかのイベントの部分です。全体のイベントを選んでください。")
        if parent and self.instance.pk and self.instance.sub_events.exists():
            raise ValidationError("このイベントには部分のイベントがあるため、ほかのイベントの部分にはできません。")
        return parent


@admin.register(Event)
class EventAdmin(CopiesAsDraft, PublishableAdmin):
    form = EventForm
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "kind",
                    "title",
                    ("title_kana", "title_en"),
                    ("short_title", "ordinal"),
                    "theme",
                    ("owner", "number"),
                    "addressed_to",
                    ("parent", "listing_order"),
                )
            },
        ),
        SCHEDULE,
        (
            "会場と時刻",
            {
                "fields": (
                    ("start_time", "end_time"),
                    "venue",
                    "meeting_place",
                    ("is_also_online", "online_url"),
                    "prefectures",
                )
            },
        ),
        ("内容", {"fields": ("summary", "programme", "images", "attachments", "url", "remarks")}),
        (
            "参加",
            {
                "fields": (
                    "audience",
                    ("target_industry", "languages"),
                    "capacity",
                    ("is_free", "fee"),
                    "fee_detail",
                    "application",
                    ("application_deadline", "application_deadline_time"),
                    "contact",
                )
            },
        ),
    )
    list_display = ("title", "kind", "fiscal_year", "first_day", "last_day", "status", "venue")
    list_filter = ("kind", "status", "fiscal_year")
    list_select_related = ("venue", "parent", "contact", "owner__prefecture", "addressed_to__prefecture")
    search_fields = ("title", "title_kana", "short_title", "theme", "venue__name", "number")
    autocomplete_fields = (
        "owner",
        "addressed_to",
        "parent",
        "venue",
        "prefectures",
        "contact",
        "images",
        "attachments",
    )
    natural_key = ("owner", "title", "first_day")
    ward_sheet = WardSheet("owner", "イベント", place=4)
    inlines = (EventRoleInline, SpeakerInline, SubEventInline, FormerScheduleInline, SourceNoteInline)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Only a whole event can be chosen as the whole of another."""
        found: Any
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return (found.whole() if request.GET.get("field_name") == "parent" else found), may_repeat

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        tell_findings(request, Event.objects.get(pk=form.instance.pk))

    def settle(self, record: Event, former: Event | None) -> None:
        keep_days_announced(record, former)
        refresh_places(Event.objects.filter(pk=record.pk))
        _refresh_wholes({record.pk, record.parent_id, former.parent_id if former else None})

    def table_readers(self, request: HttpRequest) -> Sequence[Reader]:
        return [*super().table_readers(request), PublicFormats(self, request)]

    def delete_model(self, request: HttpRequest, obj: Event) -> None:
        super().delete_model(request, obj)
        _refresh_wholes({obj.parent_id})

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        wholes = {event.parent_id for event in queryset}
        super().delete_queryset(request, queryset)
        _refresh_wholes(wholes)


class PublicFormats:
    """Tables of events in the formats in which municipalities publish them."""

    profiles = tuple(PROFILES.values())

    def __init__(self, model_admin: EventAdmin, request: HttpRequest):
        self.model_admin, self.request = model_admin, request

    def read(self, source: BinaryIO, *, apply: bool) -> Report:
        options = Options(may_write=self._may_write)
        return by_approval(
            Event, lambda write: import_events(source, options, apply=write), by=self.request.user, apply=apply
        )

    def _may_write(self, event: Model) -> bool:
        return may_write(self.model_admin, self.request, event)


def _refresh_wholes(keys: set[int | None]) -> None:
    for event in Event.objects.in_bulk(keys - {None}).values():
        refresh_span(event)


@admin.register(EventReport)
class EventReportAdmin(PublishableAdmin):
    """What is told of an event once it is over; everything else about it stays on its own page."""

    has_moments = False
    fields = (
        "title",
        "visitors",
        "results",
        "participants",
        "participant_count",
        "report_images",
        "report_attachments",
    )
    readonly_fields = ("title",)
    list_display = ("title", "kind", "last_day", "visitors", "has_report")
    list_filter = ("kind", "fiscal_year")
    search_fields = EventAdmin.search_fields
    autocomplete_fields = ("participants", "report_images", "report_attachments")

    def get_queryset(self, request: HttpRequest) -> QuerySet[EventReport]:
        events: Any = super().get_queryset(request)
        return events.over()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: EventReport | None = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        tell_findings(request, form.instance)

    def settle(self, record: Event, former: Event | None) -> None:
        refresh_places(Event.objects.filter(pk=record.pk))

    @admin.display(description="報告")
    def has_report(self, event: EventReport) -> str:
        return "済" if event.is_reported else "まだ"


@admin.register(EventRole)
class EventRoleAdmin(RecordAdmin):
    fields = ("event", "role", "body", "company", "municipality", "name")
    list_display = ("event", "role", "holder")
    list_filter = ("role",)
    list_select_related = ("event", "body", "company", "municipality__prefecture")
    search_fields = ("event__title", "body__name", "company__name", "municipality__name", "name")
    autocomplete_fields = ("event", "body", "company", "municipality")

    def settle(self, record: EventRole, former: EventRole | None) -> None:
        _role_changed({record.event_id, former.event_id if former else None})

    def delete_model(self, request: HttpRequest, obj: EventRole) -> None:
        super().delete_model(request, obj)
        _role_changed({obj.event_id})

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[EventRole]) -> None:
        events = {role.event_id for role in queryset}
        super().delete_queryset(request, queryset)
        _role_changed(events)

    @admin.display(description="団体")
    def holder(self, role: EventRole) -> str:
        return str(role.holder)


def _role_changed(keys: Iterable[int | None]) -> None:
    events = Event.objects.filter(pk__in=filter(None, keys))
    touch(events)
    refresh_places(events)
