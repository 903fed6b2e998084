"""What the pages of events and exhibitions have in common: the schedule, and how it was before."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from events.actions import keep_former_schedule
from events.models import Event, Exhibition, FormerSchedule
from portal.core.admin.base import RowInline

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


class FormerScheduleInline(RowInline):
    model = FormerSchedule
    verbose_name_plural = "変更前の日程（公開後に日程を変えると、自動で残ります）"
    fields = ("fiscal_year", "date_precision", "first_day", "last_day", "date_note", "replaced_on")
    select_related = ("event", "exhibition")


class KeepsFormerSchedules:
    """Whoever moves something that is public leaves the days for which it was announced on record."""

    def save_model(self, request: HttpRequest, obj: Event | Exhibition, form: forms.ModelForm, change: bool) -> None:
        former = type(obj)._default_manager.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        if former is not None and former.was_public():
            keep_former_schedule(moved=obj, former=former, on=timezone.localdate())
