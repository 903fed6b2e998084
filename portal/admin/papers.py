"""The back office pages of news, publications and papers."""

from django.contrib import admin

from portal.core.admin.base import RecordAdmin, SourceNoteInline
from portal.core.admin.publishing import PublishableAdmin
from portal.models import (
    Aim,
    FoundingDocument,
    Milestone,
    NewsItem,
    PlanItem,
    PolicyDocument,
    Publication,
)
from portal.quality import admin as quality

__all__ = ["quality"]


@admin.register(NewsItem)
class NewsItemAdmin(PublishableAdmin):
    fields = ("title", "body", "images", "attachments")
    list_display = ("title",)
    search_fields = ("title", "body")
    date_hierarchy = "publish_at"
    autocomplete_fields = ("images", "attachments")
    inlines = (SourceNoteInline,)


@admin.register(Publication)
class PublicationAdmin(PublishableAdmin):
    fields = ("kind", "title", "issued_on", "summary", "cover", "attachment")
    list_display = ("title", "kind", "issued_on")
    list_filter = ("kind",)
    list_select_related = ("cover", "attachment")
    search_fields = ("title", "summary")
    date_hierarchy = "issued_on"
    autocomplete_fields = ("cover", "attachment")
    inlines = (SourceNoteInline,)


@admin.register(FoundingDocument)
class FoundingDocumentAdmin(RecordAdmin):
    written_as_printed = ("official_text",)
    fields = ("slug", "title", "issuer", "issued_on", "tagline", "summary", "official_text")
    list_display = ("title", "issuer", "issued_on")
    search_fields = ("title", "issuer")
    inlines = (SourceNoteInline,)


@admin.register(Aim)
class AimAdmin(RecordAdmin):
    fields = ("number", "title", "summary")
    list_display = ("number", "title")
    list_display_links = ("title",)
    search_fields = ("title",)
    inlines = (SourceNoteInline,)


@admin.register(Milestone)
class MilestoneAdmin(RecordAdmin):
    fields = ("title", "happened_on", "fiscal_year", "detail", "listing_order")
    list_display = ("title", "happened_on", "fiscal_year", "listing_order")
    search_fields = ("title", "detail")
    date_hierarchy = "happened_on"
    inlines = (SourceNoteInline,)


@admin.register(PlanItem)
class PlanItemAdmin(RecordAdmin):
    fields = ("heading", "title", "summary", "listing_order")
    list_display = ("title", "heading", "listing_order")
    list_filter = ("heading",)
    search_fields = ("heading", "title")
    inlines = (SourceNoteInline,)


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(RecordAdmin):
    fields = ("name", ("decided_year", "decided_month"), "location", "summary", "ministries")
    list_display = ("name", "decided_in", "ministries")
    list_filter = ("decided_year",)
    search_fields = ("name", "location", "ministries")
    inlines = (SourceNoteInline,)

    @admin.display(description="閣議決定", ordering="decided_year")
    def decided_in(self, document: PolicyDocument) -> str:
        return document.decided_in
