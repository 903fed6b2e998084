"""The page of the audit log: read and filtered, never written by hand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.core.admin.base import RecordAdmin
from portal.core.audit import receivers
from portal.core.audit.models import AuditEntry

__all__ = ["receivers"]


@admin.register(AuditEntry)
class AuditEntryAdmin(RecordAdmin):
    fields = ("at", "by", "action", "content_type", "object_id", "subject", "detail")
    list_display = ("at", "by", "action", "content_type_name", "subject", "detail")
    list_filter = ("action", ("content_type", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("by", "content_type")
    search_fields = ("subject", "detail", "by__name", "by__email")
    date_hierarchy = "at"
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="種類", ordering="content_type")
    def content_type_name(self, entry: AuditEntry) -> str:
        return entry.content_type.name if entry.content_type else ""
