"""Looking records through, and noting down what is found: nothing is mended."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import IntegerField, Model, QuerySet
from django.utils import timezone

from portal.core.checks import Doubt
from portal.core.models import SourceNote
from portal.quality.choices import FindingState
from portal.quality.models import Finding
from portal.quality.registry import ALONG, CHECK_OF, CHECKS, Check
from portal.quality.rules import RULES, digest, explanation

# So many records are looked through at once: a batch needs as many queries as one record.
BATCH = 2_000
_WRITTEN_AT_ONCE = 500
_CHANGING = ("state", "severity", "subject", "reason", "found_at", "decided_by", "decided_at")


@dataclass
class Outcome:
    """How many findings are new, or open again, and how many are closed by now."""

    found: int = 0
    closed: int = 0

    def add(self, other: "Outcome") -> None:
        self.found += other.found
        self.closed += other.closed


class Seen(NamedTuple):
    """A doubt about a record, and the reasons that the notes of the record give, shown to the public as ※."""

    record: Any
    doubt: Doubt
    reasons: Sequence[str]


def check_all(at: datetime | None = None) -> Outcome:
    """Looks through all records, and closes what was found about records that are gone."""
    total = Outcome()
    for check in CHECKS:
        for batch in _batches(check.rows().order_by("pk")):
            total.add(look_through(check, batch, at))
        total.closed += close(Finding.objects.of_lost_records(_kind_of(check.model), check.rows()), at)
    return total


def check_saved(record: Any, at: datetime | None = None) -> None:
    """Looks through a record that was saved, and what is told with it. A record without rules is left alone."""
    if isinstance(record, SourceNote):
        record = record.record
    model = _model_of(record)
    if model not in CHECK_OF:
        return
    _look_through_rows(CHECK_OF[model], {"pk": record.pk}, at)
    for other, column, value in ALONG.get(model, ()):
        _look_through_rows(CHECK_OF[other], {column: getattr(record, value)}, at)


def close(findings: QuerySet, at: datetime | None = None) -> int:
    """Closes findings whose reason is gone; how many were not closed before."""
    unclosed = findings.exclude(state=FindingState.CORRECTED)
    return unclosed.update(state=FindingState.CORRECTED, decided_at=at or timezone.now(), decided_by=None)


def doubts_about(check: Check, records: Sequence[Any], at: datetime | None = None) -> Iterator[Seen]:
    """What is doubtful about records of one model at a moment; the same number of queries however many they are."""
    notes, around = _notes_of(check.model, records), check.around(records)
    for record in records:
        reasons = [note.reason for note in notes[record.pk] if note.reason]
        for doubt in check.doubts(record, notes[record.pk], around, at):
            yield Seen(record, doubt, reasons)


@transaction.atomic
def look_through(check: Check, records: Sequence[Any], at: datetime | None = None) -> Outcome:
    """Notes down what is doubtful about records of one model, and closes what no longer is.

    Beside what is written, the same number of queries for thousands of records as for one.
    """
    at, kind = at or timezone.now(), _kind_of(check.model)
    seen = {_identity(one): one for one in doubts_about(check, records, at)}
    known = {finding.identity: finding for finding in Finding.objects.about(kind, [row.pk for row in records])}
    new = [_noted(kind, one, at) for identity, one in seen.items() if identity not in known]
    changed = [finding for identity, finding in known.items() if _follow(finding, seen.get(identity), at)]
    Finding.objects.bulk_create(new, batch_size=_WRITTEN_AT_ONCE, ignore_conflicts=True)
    Finding.objects.bulk_update(changed, _CHANGING, batch_size=_WRITTEN_AT_ONCE)
    closed = sum(finding.state == FindingState.CORRECTED for finding in changed)
    return Outcome(len(new) + sum(finding.found_at == at for finding in changed), closed)


def is_still_found(finding: Finding, at: datetime | None = None) -> bool:
    """Whether looking the record of a finding through again finds the same."""
    model: Any = finding.content_type.model_class()
    if model not in CHECK_OF:
        return False
    check = CHECK_OF[model]
    records = list(check.rows().filter(pk=finding.object_id))
    return any(_identity(one) == finding.identity for one in doubts_about(check, records, at))


def _look_through_rows(check: Check, which: Mapping[str, Any], at: datetime | None) -> None:
    rows = list(check.rows().filter(**which))
    if rows:
        look_through(check, rows, at)


def _batches(rows: QuerySet) -> Iterator[list[Any]]:
    remaining = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _model_of(record: Any) -> type[Model]:
    """The model whose table a record is in: that of a ward is ``Municipality``."""
    model: Any = type(record)
    return model._meta.concrete_model if isinstance(record, Model) else model


def _kind_of(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)


def _notes_of(model: type[Model], records: Iterable[Any]) -> Mapping[Any, list[SourceNote]]:
    """The notes of each record, by its key. Only records whose key is a number can have any."""
    notes: dict[Any, list[SourceNote]] = defaultdict(list)
    if isinstance(model._meta.pk, IntegerField):
        keys = [record.pk for record in records]
        for note in SourceNote.objects.filter(content_type=_kind_of(model), object_id__in=keys):
            notes[note.object_id].append(note)
    return notes


def _identity(seen: Seen) -> tuple[str, str, str, str]:
    return str(seen.record.pk), seen.doubt.code, seen.doubt.field, digest(seen.doubt.message)


def _noted(kind: ContentType, seen: Seen, at: datetime) -> Finding:
    record, doubt, _ = seen
    finding = Finding(
        content_type=kind,
        object_id=str(record.pk),
        code=doubt.code,
        field=doubt.field,
        message=doubt.message,
        message_digest=digest(doubt.message),
        found_at=at,
    )
    _follow(finding, seen, at)
    return finding


def _follow(finding: Finding, seen: Seen | None, at: datetime) -> bool:
    """Brings a finding to where it stands once its record was looked through; whether it is another now."""
    before = _standing(finding)
    if seen is None:
        if finding.state != FindingState.CORRECTED:
            _decide(finding, FindingState.CORRECTED, at)
    else:
        finding.subject, finding.severity = str(seen.record)[:300], RULES[seen.doubt.code].severity
        _follow_notes(finding, seen, at)
    return _standing(finding) != before


def _standing(finding: Finding) -> tuple[str, ...]:
    return finding.state, finding.severity, finding.subject, finding.reason


def _follow_notes(finding: Finding, seen: Seen, at: datetime) -> None:
    """What was closed and is found again is open again, and so is what was accepted with a note that is gone.

    What is open and explained to the public by a note of the record is accepted.
    """
    note = explanation(seen.reasons, seen.doubt.message) if RULES[seen.doubt.code].is_explained_by_notes else ""
    unexplained = finding.state == FindingState.ACCEPTED and not note and finding.reason not in seen.reasons
    if finding.state == FindingState.CORRECTED or unexplained:
        finding.state, finding.reason, finding.found_at = FindingState.OPEN, "", at
        finding.decided_by = finding.decided_at = None
    if finding.state == FindingState.OPEN and note:
        _decide(finding, FindingState.ACCEPTED, at)
        finding.reason = note


def _decide(finding: Finding, state: FindingState, at: datetime) -> None:
    finding.state, finding.decided_at, finding.decided_by = state, at, None
