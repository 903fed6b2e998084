"""The back office pages of exhibitions and their tours."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from events.admin.copying import CopiesAsDraft
from events.admin.findings import tell_findings
from events.admin.schedule import SCHEDULE, FormerScheduleInline, keep_days_announced
from events.models import Exhibition, TourStop
from portal.core.admin.base import RecordAdmin, RowInline, SourceNoteInline
from portal.core.admin.publishing import PublishableAdmin
from portal.core.admin.spreadsheets.tables import WardSheet
from portal.core.publishing import touch


class TourStopInline(RowInline):
    model = TourStop
    fields = ("listing_order", "ward", "venue", "fiscal_year", "first_day", "last_day", "state", "note")
    autocomplete_fields = ("ward", "venue")
    select_related = ("exhibition", "ward", "venue")


@admin.register(Exhibition)
class ExhibitionAdmin(CopiesAsDraft, PublishableAdmin):
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
    inlines = (TourStopInline, FormerScheduleInline, SourceNoteInline)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        tell_findings(request, form.instance)

    def settle(self, record: Exhibition, former: Exhibition | None) -> None:
        keep_days_announced(record, former)

    @admin.display(description="名称", ordering="title")
    def full_title(self, exhibition: Exhibition) -> str:
        return exhibition.full_title


@admin.register(TourStop)
class TourStopAdmin(RecordAdmin):
    fields = ("exhibition", "listing_order", "ward", "venue", "fiscal_year", "first_day", "last_day", "state", "note")
    list_display = ("exhibition", "ward", "venue", "first_day", "last_day", "state")
    list_filter = ("state", "ward")
    list_select_related = ("exhibition", "ward", "venue")
    search_fields = ("exhibition__title", "exhibition__subtitle", "ward__name", "venue__name")
    date_hierarchy = "first_day"
    autocomplete_fields = ("exhibition", "ward", "venue")
    natural_key = ("exhibition", "ward", "first_day")
    ward_sheet = WardSheet("ward", "巡回展示", place=3)

    def settle(self, record: TourStop, former: TourStop | None) -> None:
        _tour_changed({record.exhibition_id, former.exhibition_id if former else None})

    def delete_model(self, request: HttpRequest, obj: TourStop) -> None:
        super().delete_model(request, obj)
        _tour_changed({obj.exhibition_id})

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[TourStop]) -> None:
        exhibitions = {stop.exhibition_id for stop in queryset}
        super().delete_queryset(request, queryset)
        _tour_changed(exhibitions)


def _tour_changed(keys: Iterable[int | None]) -> None:
    touch(Exhibition.objects.filter(pk__in=filter(None, keys)))
