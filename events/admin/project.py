"""The back office pages of ward projects."""

from django.contrib import admin

from events.models import WardProject
from portal.core.admin.base import PublishableAdmin, SourceNoteInline


@admin.register(WardProject)
class WardProjectAdmin(PublishableAdmin):
    fields = ("ward", "title", "field", "municipalities", "fiscal_year", "status", "summary", "url")
    list_display = ("title", "ward", "field", "fiscal_year", "status")
    list_filter = ("field", "status", "fiscal_year", "ward")
    list_select_related = ("ward",)
    search_fields = ("title", "ward__name", "municipalities__name")
    autocomplete_fields = ("ward", "municipalities")
    inlines = (SourceNoteInline,)
