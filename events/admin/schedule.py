"""What the pages of events and exhibitions have in common: the schedule, and how it was before."""

from typing import Any

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


def keep_days_announced(record: Event | Exhibition, former: Event | Exhibition | None) -> None:
    """Whoever moves something that is public leaves the days for which it was announced on record."""
    if former is not None and former.was_public():
        keep_former_schedule(moved=record, former=former, on=timezone.localdate())
