"""Sources and contacts."""

from django.contrib import admin
from django.http import HttpRequest

from portal.core.admin.base import RecordAdmin
from portal.core.models import ContactPoint, SourceNote


@admin.register(SourceNote)
class SourceNoteAdmin(RecordAdmin):
    """All notes in one list; a new one is written on the page of its record."""

    fields = ("content_type", "source", "line", "as_printed", "corrected", "reason")
    written_as_printed = ("source", "as_printed", "corrected", "reason")
    readonly_fields = ("content_type",)
    list_display = ("source", "line", "content_type", "as_printed", "reason")
    list_filter = ("source", ("content_type", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("content_type",)
    search_fields = ("source", "as_printed", "corrected", "reason")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(ContactPoint)
class ContactPointAdmin(RecordAdmin):
    fields = ("organization", "department", "phone", "extension", "email", "url")
    list_display = ("organization", "department", "phone", "extension", "email")
    search_fields = ("organization", "department", "email")
