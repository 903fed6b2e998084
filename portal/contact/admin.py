"""The inbox of inquiries, and what was said of pages."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from portal.contact.actions import move_on
from portal.contact.choices import InquiryState
from portal.contact.models import Inquiry, PageFeedback
from portal.contact.telling import tell_office
from portal.core.admin.base import RecordAdmin
from portal.core.admin.filters import StateFilter


class InquiryStateFilter(StateFilter):
    """An inbox: what nobody has taken in hand."""

    states, opening = InquiryState, InquiryState.OPEN


class WrittenByVisitors(RecordAdmin):
    """What visitors wrote: nobody adds to it here, and it goes by itself once its time is over."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="受付日", ordering="created_at")
    def came_on(self, row: Any) -> date:
        return timezone.localdate(row.created_at)


@admin.register(Inquiry)
class InquiryAdmin(WrittenByVisitors):
    """``ward`` is changed by the secretariat alone: what came to the wrong office goes on to the right one."""

    fields = (
        *("reference", "created_at", "topic", "body", "name", "email"),
        *("ward", "state", "handled_by", "closed_at", "note"),
    )
    readonly_fields = ("reference", "created_at", "topic", "body", "name", "email", "handled_by", "closed_at")
    list_display = ("reference", "topic", "office", "state", "came_on", "handled_by")
    list_filter = (InquiryStateFilter, "topic", "ward")
    list_select_related = ("ward", "handled_by")
    search_fields = ("reference", "body", "name", "email", "note")
    autocomplete_fields = ("ward",)
    written_as_printed = ("note",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        return fixed if self.access(request).answers_for_all else (*fixed, "ward")

    def has_change_permission(self, request: HttpRequest, obj: Inquiry | None = None) -> bool:
        """What was removed stays as it is."""
        return super().has_change_permission(request, obj) and (obj is None or obj.forgotten_at is None)

    def write_model(self, request: HttpRequest, obj: Inquiry, form: forms.ModelForm, change: bool) -> None:
        move_on(inquiry=obj, by=request.user)

    def settle(self, record: Inquiry, former: Inquiry | None) -> None:
        if former is not None and former.ward_id != record.ward_id:
            tell_office(inquiry=record)

    @admin.display(description="宛先", ordering="ward")
    def office(self, inquiry: Inquiry) -> str:
        return inquiry.ward.name if inquiry.ward else "事務局"


@admin.register(PageFeedback)
class PageFeedbackAdmin(WrittenByVisitors):
    """Each answer stands with how many there are of each for the same page."""

    fields = readonly_fields = ("title", "path", "ward", "answer", "comment", "created_at")
    list_display = ("title", "answer", "comment", "yes_count", "no_count", "came_on")
    list_filter = ("is_useful", ("comment", admin.EmptyFieldListFilter), "ward")
    list_select_related = ("ward",)
    search_fields = ("title", "path", "comment")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.with_counts()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="役に立ったか", ordering="is_useful")
    def answer(self, row: PageFeedback) -> str:
        return row.answer

    @admin.display(description="このページの「はい」", ordering="yes_count")
    def yes_count(self, row: Any) -> int:
        return row.yes_count

    @admin.display(description="このページの「いいえ」", ordering="no_count")
    def no_count(self, row: Any) -> int:
        return row.no_count
