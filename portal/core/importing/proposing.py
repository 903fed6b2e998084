"""What other readers write at once goes the way of every change: public records by a proposal, others by a version."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from portal.core.approval.actions import draft, settle
from portal.core.history.actions import keep_version
from portal.core.history.models import VersionKind
from portal.core.history.snapshots import Snapshot, changes_between, put_back, take
from portal.core.importing.pages import BROUGHT_IN
from portal.core.importing.remarks import Outcome, Report
from portal.core.publishing import STATE_FIELDS, Publishable

# Kept anew when the change is put in place, from what was announced by then.
_DERIVED = ("former_schedules",)


def by_approval(model: type[Publishable], read: Callable[[bool], Report], *, by: Any, apply: bool) -> Report:
    """What ``read`` makes of a file; where it writes, records in public are left as they are, with a proposal each."""
    if not apply:
        return read(False)
    with transaction.atomic():
        changed = _keys(read(False), Outcome.CHANGED)
        public = {record.pk: take(record) for record in _records(model, changed) if record.was_public()}
        report = read(True)
        for record in _records(model, _keys(report, Outcome.NEW) + _keys(report, Outcome.CHANGED)):
            if record.pk in public:
                _propose(record, public[record.pk], by=by)
            else:
                keep_version(record=record, by=by, kind=VersionKind.IMPORTED, reason=BROUGHT_IN)
                draft(record=record, by=by)
    return report


def _keys(report: Report, outcome: Outcome) -> list[Any]:
    return [result.key for result in report.results if result.key and result.outcome == outcome]


def _records(model: type[Publishable], keys: list[Any]) -> list[Any]:
    return list(model._default_manager.filter(pk__in=keys))


def _propose(record: Any, public: Snapshot, *, by: Any) -> None:
    changes = changes_between(public, take(record))
    put_back(record, public, keep=STATE_FIELDS)
    settle(record, None)
    for name in _DERIVED:
        changes.get("rows", {}).pop(name, None)
    draft(record=record, by=by, changes=changes)
