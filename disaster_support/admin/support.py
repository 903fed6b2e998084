"""Disasters and the support given."""

from django.contrib import admin

from disaster_support.models import Disaster, DisasterStep, SupportRecord
from portal.core.admin.base import RecordAdmin, RowInline, SourceNoteInline
from portal.core.admin.publishing import PublishableAdmin
from portal.core.money import format_yen


class SupportRecordInline(RowInline):
    model = SupportRecord
    fields = (
        "listing_order",
        "kind",
        "giver",
        "ward",
        "amount_yen",
        "people",
        "job",
        "item",
        "quantity",
        "unit",
        "dispatch_state",
        "description",
        "as_of",
        "is_cumulative",
    )
    autocomplete_fields = ("ward",)
    select_related = ("disaster", "ward__prefecture")
    show_change_link = True


class StepInline(RowInline):
    model = DisasterStep
    fields = ("happened_on", "text", "url")
    select_related = ("disaster",)


@admin.register(Disaster)
class DisasterAdmin(PublishableAdmin):
    fields = ("name", "first_day", "last_day", "struck_municipalities", "summary", "listing_order")
    list_display = ("name", "first_day", "last_day")
    search_fields = ("name",)
    date_hierarchy = "first_day"
    autocomplete_fields = ("struck_municipalities",)
    inlines = (StepInline, SupportRecordInline, SourceNoteInline)


@admin.register(SupportRecord)
class SupportRecordAdmin(RecordAdmin):
    fields = (
        "disaster",
        "listing_order",
        "kind",
        ("giver", "ward"),
        "amount_yen",
        ("people", "job"),
        ("item", "quantity", "unit"),
        "dispatch_state",
        "description",
        ("as_of", "is_cumulative"),
    )
    list_display = ("disaster", "kind", "giver", "measure", "as_of")
    list_filter = ("kind", "giver")
    list_select_related = ("disaster", "ward__prefecture")
    search_fields = ("disaster__name", "description")
    autocomplete_fields = ("disaster", "ward")
    natural_key = ("disaster", "kind", "giver", "ward", "item", "job", "as_of")
    inlines = (SourceNoteInline,)

    @admin.display(description="内容")
    def measure(self, record: SupportRecord) -> str:
        if record.amount_yen is not None:
            return format_yen(record.amount_yen)
        return record.counted or record.description
