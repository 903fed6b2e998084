"""Last year's event or exhibition as the draft of the next: what stays the same, what is to be decided anew."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from events.choices import DatePrecision, Status, StopState
from events.models import Event, Exhibition
from portal.core.approval.actions import draft
from portal.core.history.actions import keep_version
from portal.core.history.models import VersionKind
from portal.core.history.snapshots import Snapshot, put_back, take
from portal.core.publishing import PUBLISHING_FIELDS

# What belongs to the one that was held: its days, what became of it, its report, its number in somebody's table.
_ANEW: Mapping[str, Any] = {
    "date_precision": DatePrecision.UNKNOWN,
    "first_day": None,
    "last_day": None,
    "date_note": "",
    "status": Status.PLANNED,
    "status_reason": "",
    "status_changed_on": None,
    "number": "",
    "parent": None,
    "application_deadline": None,
    "application_deadline_time": None,
    "results": "",
    "visitors": None,
    "participant_count": None,
}
_SETS_LEFT_OUT = frozenset({"participants", "report_images", "report_attachments"})
_ROWS_TAKEN = frozenset({"roles", "speakers", "stops"})
_STOP_ANEW = {"first_day": None, "last_day": None, "fiscal_year": None, "state": StopState.ARRANGING, "note": ""}
_ORDINAL = re.compile(r"第([0-9０-９]+)回")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def next_title(title: str, ordinal: int | None) -> str:
    """「第3回全国連携講演会」 after 「第2回…」, in digits of the same width; only where it names this ordinal."""
    found = _ORDINAL.search(title)
    if found is None or (ordinal is not None and int(found[1]) != ordinal):
        return title
    number = str(int(found[1]) + 1)
    if found[1][0] in "０１２３４５６７８９":
        number = number.translate(_FULL_WIDTH)
    return f"{title[: found.start(1)]}{number}{title[found.end(1) :]}"


@transaction.atomic
def copy_as_draft(record: Event | Exhibition, *, by: Any, changes: Mapping[str, Any]) -> Any:
    """A draft with the content of a record and ``changes`` (columns by name); its first version says where it is from.

    Raises ValidationError where it would break a rule.
    """
    new: Any = type(record)(is_demo=record.is_demo)
    put_back(new, _content_of(record, changes), keep=PUBLISHING_FIELDS)
    copy: Any = type(record)._default_manager.get(pk=new.pk)
    keep_version(record=copy, by=by, kind=VersionKind.ADDED, reason=f"「{record}」から複製")
    draft(record=copy, by=by)
    return copy


def _content_of(record: Event | Exhibition, changes: Mapping[str, Any]) -> Snapshot:
    taken = take(record)
    fields = taken["fields"]
    fields |= {name: value for name, value in _ANEW.items() if name in fields}
    fields |= changes
    start, end = fields.get("start_time"), fields.get("end_time")
    if start and end and end <= start:
        # It was the end on a later day.
        fields["end_time"] = None
    return {
        "fields": fields,
        "sets": {name: keys for name, keys in taken["sets"].items() if name not in _SETS_LEFT_OUT},
        "rows": {
            name: [_new_row(name, row) for row in rows] for name, rows in taken["rows"].items() if name in _ROWS_TAKEN
        },
    }


def _new_row(name: str, row: dict[str, Any]) -> dict[str, Any]:
    return row | {"pk": None} | (_STOP_ANEW if name == "stops" else {})
