"""Disasters and the support given."""

from django.contrib import admin

from disaster_support.models import Disaster, SupportRecord
from portal.core.admin.base import RecordAdmin, RowInline, SourceNoteInline
from portal.core.admin.publishing import PublishableAdmin
from portal.core.money import format_yen


class SupportRecordInline(RowInline):
    model = SupportRecord
    fields = ("listing_order", "kind", "giver", "amount_yen", "people", "description", "as_of", "is_cumulative")
    select_related = ("disaster",)
    show_change_link = True


@admin.register(Disaster)
class DisasterAdmin(PublishableAdmin):
    fields = ("name", "first_day", "last_day", "struck_municipalities", "summary", "listing_order")
    list_display = ("name", "first_day", "last_day")
    search_fields = ("name",)
    date_hierarchy = "first_day"
    autocomplete_fields = ("struck_municipalities",)
    inlines = (SupportRecordInline, SourceNoteInline)


@admin.register(SupportRecord)
class SupportRecordAdmin(RecordAdmin):
    fields = (
        "disaster",
        "listing_order",
        "kind",
        "giver",
        "amount_yen",
        "people",
        "description",
        "as_of",
        "is_cumulative",
    )
    list_display = ("disaster", "kind", "giver", "measure", "as_of")
    list_filter = ("kind", "giver")
    list_select_related = ("disaster",)
    search_fields = ("disaster__name", "description")
    autocomplete_fields = ("disaster",)
    natural_key = ("disaster", "kind", "giver", "as_of")
    inlines = (SourceNoteInline,)

    @admin.display(description="内容")
    def measure(self, record: SupportRecord) -> str:
        if record.amount_yen is not None:
            return format_yen(record.amount_yen)
        return f"{record.people:,}人" if record.people is not None else record.description
