"""The back office pages of events, exhibitions and projects."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from events.actions import refresh_span
from events.models import Event, EventRole, Exhibition, TourStop, Venue, WardProject
from portal.core.admin.base import PublishableAdmin, PublishableForm, RecordAdmin, RowInline, SourceNoteInline

SCHEDULE: Any = (
    "日程と実施状況",
    {
        "fields": (
            "fiscal_year",
            "date_precision",
            ("first_day", "last_day"),
            "date_note",
            "status",
            "status_reason",
            "status_changed_on",
        )
    },
)


@admin.register(Venue)
class VenueAdmin(RecordAdmin):
    fields = (
        "name",
        "municipality",
        "address",
        "access",
        "barrier_free",
        "is_online",
        "url",
        ("latitude", "longitude"),
    )
    list_display = ("name", "municipality", "address")
    list_filter = ("is_online",)
    list_select_related = ("municipality__prefecture",)
    search_fields = ("name", "address", "municipality__name")
    autocomplete_fields = ("municipality",)


class EventRoleInline(RowInline):
    model = EventRole
    fields = ("role", "body", "company", "municipality", "name")
    autocomplete_fields = ("body", "company", "municipality")
    select_related = ("event", "body", "company", "municipality__prefecture")


class SubEventInline(admin.TabularInline):
    """The parts of an event, each with a link to its own page."""

    model = Event
    fk_name = "parent"
    verbose_name_plural = "部分のイベント"
    fields = readonly_fields = ("title", "first_day", "last_day", "status", "publication_state")
    show_change_link = True
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False


class EventForm(PublishableForm):
    def clean_parent(self) -> Event | None:
        parent = self.cleaned_data["parent"]
        if parent and parent.parent_id:
            raise ValidationError("選んだイベントは、ほかのイベントの部分です。全体のイベントを選んでください。")
        if parent and self.instance.pk and self.instance.sub_events.exists():
            raise ValidationError("このイベントには部分のイベントがあるため、ほかのイベントの部分にはできません。")
        return parent


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    form = EventForm
    fieldsets = (
        (None, {"fields": ("kind", "title", "title_kana", "ordinal", "theme", "parent", "listing_order")}),
        SCHEDULE,
        ("会場と時刻", {"fields": ("venue", ("start_time", "end_time"), "prefectures")}),
        ("内容", {"fields": ("summary", "programme", "images", "attachments", "url")}),
        (
            "参加",
            {"fields": ("audience", "capacity", "fee", "application", "application_deadline", "contact")},
        ),
        ("開催後", {"fields": ("results", "visitors")}),
    )
    list_display = ("title", "kind", "fiscal_year", "first_day", "last_day", "status", "venue")
    list_filter = ("kind", "status", "fiscal_year")
    list_select_related = ("venue", "parent", "contact")
    search_fields = ("title", "title_kana", "theme", "venue__name")
    date_hierarchy = "first_day"
    autocomplete_fields = ("parent", "venue", "prefectures", "contact", "images", "attachments")
    inlines = (EventRoleInline, SubEventInline, SourceNoteInline)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Only a whole event can be chosen as the whole of another."""
        found: Any
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return (found.whole() if request.GET.get("field_name") == "parent" else found), may_repeat

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        event = form.instance
        _refresh_wholes({event.pk, event.parent_id, form.initial.get("parent")})

    def delete_model(self, request: HttpRequest, obj: Event) -> None:
        super().delete_model(request, obj)
        _refresh_wholes({obj.parent_id})

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        wholes = {event.parent_id for event in queryset}
        super().delete_queryset(request, queryset)
        _refresh_wholes(wholes)


def _refresh_wholes(keys: set[int | None]) -> None:
    for event in Event.objects.in_bulk(keys - {None}).values():
        refresh_span(event)


@admin.register(EventRole)
class EventRoleAdmin(RecordAdmin):
    fields = ("event", "role", "body", "company", "municipality", "name")
    list_display = ("event", "role", "holder")
    list_filter = ("role",)
    list_select_related = ("event", "body", "company", "municipality__prefecture")
    search_fields = ("event__title", "body__name", "company__name", "municipality__name", "name")
    autocomplete_fields = ("event", "body", "company", "municipality")

    @admin.display(description="団体")
    def holder(self, role: EventRole) -> str:
        return str(role.holder)


class TourStopInline(RowInline):
    model = TourStop
    fields = ("listing_order", "ward", "venue", "first_day", "last_day", "state", "note")
    autocomplete_fields = ("ward", "venue")
    select_related = ("exhibition", "ward", "venue")


@admin.register(Exhibition)
class ExhibitionAdmin(PublishableAdmin):
    fieldsets = (
        (None, {"fields": ("title", "subtitle", "ordinal", "exhibitor", "prefecture", "listing_order")}),
        SCHEDULE,
        ("内容", {"fields": ("venue", "summary", "tour_note", "contact", "images", "attachments")}),
    )
    list_display = ("full_title", "exhibitor", "fiscal_year", "first_day", "last_day", "status", "venue")
    list_filter = ("status", "fiscal_year")
    list_select_related = ("venue", "prefecture", "contact")
    search_fields = ("title", "subtitle", "exhibitor", "prefecture__name")
    date_hierarchy = "first_day"
    autocomplete_fields = ("prefecture", "venue", "contact", "images", "attachments")
    inlines = (TourStopInline, SourceNoteInline)

    @admin.display(description="名称", ordering="title")
    def full_title(self, exhibition: Exhibition) -> str:
        return exhibition.full_title


@admin.register(TourStop)
class TourStopAdmin(RecordAdmin):
    fields = ("exhibition", "listing_order", "ward", "venue", "first_day", "last_day", "state", "note")
    list_display = ("exhibition", "ward", "venue", "first_day", "last_day", "state")
    list_filter = ("state", "ward")
    list_select_related = ("exhibition", "ward", "venue")
    search_fields = ("exhibition__title", "exhibition__subtitle", "ward__name", "venue__name")
    date_hierarchy = "first_day"
    autocomplete_fields = ("exhibition", "ward", "venue")


@admin.register(WardProject)
class WardProjectAdmin(PublishableAdmin):
    fields = ("ward", "title", "field", "municipalities", "fiscal_year", "status", "summary", "url")
    list_display = ("title", "ward", "field", "fiscal_year", "status")
    list_filter = ("field", "status", "fiscal_year", "ward")
    list_select_related = ("ward",)
    search_fields = ("title", "ward__name", "municipalities__name")
    autocomplete_fields = ("ward", "municipalities")
    inlines = (SourceNoteInline,)
