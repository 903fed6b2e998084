"""Saved events and exhibitions looked through with all that the database knows around them."""

from datetime import datetime

from events.checks.findings import Finding
from events.checks.records import Surroundings, check_event, check_exhibition
from events.models import Event, Exhibition
from municipalities.models import Prefecture


def findings_on(item: Event | Exhibition, at: datetime | None = None) -> list[Finding]:
    """What is doubtful about a saved event or exhibition at a moment."""
    if isinstance(item, Exhibition):
        linked = [item.prefecture_id] if item.prefecture_id else []
        return check_exhibition(item, Surroundings(linked, list(Prefecture.objects.all())), at)
    return check_event(item, _around(item), at)


def _around(event: Event) -> Surroundings:
    linked = {*event.prefectures.values_list("pk", flat=True), *event.places.values_list("prefecture", flat=True)}
    return Surroundings(
        linked=linked,
        prefectures=list(Prefecture.objects.all()),
        alike=list(Event.objects.alike(event)),
        has_parts=event.sub_events.exists(),
    )
