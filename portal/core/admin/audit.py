"""The page of the audit log: read and filtered, never written by hand."""

from django.contrib import admin

from portal.core.admin.base import ReadOnlyAdmin
from portal.core.audit import receivers
from portal.core.audit.models import AuditEntry

__all__ = ["receivers"]


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    fields = ("at", "by", "action", "content_type", "object_id", "subject", "detail")
    list_display = ("at", "by", "action", "content_type_name", "subject", "detail")
    list_filter = ("action", ("content_type", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("by", "content_type")
    search_fields = ("subject", "detail", "by__name", "by__email")
    date_hierarchy = "at"
    actions = None

    @admin.display(description="種類", ordering="content_type")
    def content_type_name(self, entry: AuditEntry) -> str:
        return entry.content_type.name if entry.content_type else ""
