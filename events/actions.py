"""Changes that reach beyond one row."""

from django.db import transaction
from django.db.models import Max, Min

from events.choices import DatePrecision
from events.models import Event
from portal.core.wareki import fiscal_year_of


@transaction.atomic
def refresh_span(event: Event) -> None:
    """Gives a larger event the days of its parts: from the first day of the earliest to the last day of the latest.

    Without a part whose days are known it stays as it is.
    """
    whole = Event.objects.select_for_update().get(pk=event.pk)
    span = whole.sub_events.aggregate(first=Min("first_day"), last=Max("last_day"))
    if span["first"] is None:
        return
    whole.first_day, whole.last_day = span["first"], span["last"]
    whole.fiscal_year = fiscal_year_of(whole.first_day)
    whole.date_precision = DatePrecision.DAY
    if whole.first_day == whole.last_day and whole.end_time and whole.start_time and whole.end_time <= whole.start_time:
        # It was the end on a later day.
        whole.end_time = None
    whole.save(update_fields=["first_day", "last_day", "end_time", "fiscal_year", "date_precision", "updated_at"])
