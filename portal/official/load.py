"""Makes the records of the official data as its files have them, and remembers for each which row it was made from."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from events.actions import refresh_places
from events.models import Event
from municipalities.actions import derive_members
from municipalities.models import AgreementMember, CooperationAgreement, Municipality, Prefecture, Ward
from portal.core.loading import Row, Tally, read_rows, save_row
from portal.core.models import SourceNote
from portal.core.publishing import PublicationState, Publishable
from portal.official.tables import NOTE_COLUMNS, TABLES, Table

DATA = Path(__file__).resolve().parent / "data"
SOURCE = "特別区全国連携プロジェクト概要資料"
# Official records are public from this moment on, wherever and whenever they are loaded.
PUBLISHED_FROM = datetime(2026, 11, 1, tzinfo=ZoneInfo("Asia/Tokyo"))

# The records that a column may point to, by the names it uses for them.
Known = dict[type[Model], dict[str, Any]]


def load_official(directory: Path, *, overwrite: bool, report: Callable[[Tally], None]) -> None:
    """Creates and updates the records of every file, and reports on each table as it is done.

    A row that has not changed since it was last loaded leaves its record alone, so that what staff corrected stays;
    ``overwrite`` writes it again. To be called in a transaction. Raises LoadError where a file cannot be loaded.
    """
    known: Known = {model: model._default_manager.in_bulk() for model in (Prefecture, Municipality, Ward)}
    for table in TABLES:
        written, tally = _load(table, directory, known, overwrite=overwrite)
        report(tally)
        if table.model is CooperationAgreement:
            report(_load_members(known[table.model].values(), written))
    refresh_places(Event.objects.all())


def _load(table: Table, directory: Path, known: Known, *, overwrite: bool) -> tuple[list[Model], Tally]:
    rows = read_rows(directory / table.file, table.all_columns, key="key")
    found = _notes_and_records(table, rows)
    written, tally = [], Tally(str(table.model._meta.verbose_name))
    records = known[table.model] = {}
    for row in rows:
        note, record = found.get(row["key"], (SourceNote(key=row["key"]), None))
        if record is not None and note.row_digest == row.digest and not overwrite:
            tally.unchanged += 1
        else:
            tally.created += record is None
            tally.updated += record is not None
            record = _write(table, row, note, record or _new(table.model), known)
            written.append(record)
        records[row["key"]] = record
    return written, tally


def _notes_and_records(table: Table, rows: list[Row]) -> dict[str, tuple[SourceNote, Model | None]]:
    """What was loaded before, by the names of the rows. A record that was deleted since is None."""
    notes = SourceNote.objects.in_bulk([row["key"] for row in rows], field_name="key")
    content_type = ContentType.objects.get_for_model(table.model)
    for row in rows:
        if row["key"] in notes and notes[row["key"]].content_type_id != content_type.pk:
            raise row.fault(f"この名前はほかの表で使われています（{row['key']}）。", "key")
    records = table.model._default_manager.in_bulk([note.object_id for note in notes.values()])
    return {key: (note, records.get(note.object_id)) for key, note in notes.items()}


def _new(model: type[Model]) -> Model:
    if issubclass(model, Publishable):
        return model(publication_state=PublicationState.PUBLISHED, publish_at=PUBLISHED_FROM)
    return model()


def _write(table: Table, row: Row, note: SourceNote, record: Model, known: Known) -> Model:
    for column in table.columns:
        setattr(record, column, row[column])
    for column, model in table.references.items():
        setattr(record, column, _named(row[column], row, column, known[model]) if row[column] else None)
    members = {
        column: [_named(name, row, column, known[model]) for name in row[column]]
        for column, model in table.collections.items()
    }
    save_row(row, record)
    for column, records in members.items():
        getattr(record, column).set(records)
    note.record, note.source, note.row_digest = record, SOURCE, row.digest
    for column in NOTE_COLUMNS:
        setattr(note, column, row[column])
    save_row(row, note)
    return record


def _named(name: str, row: Row, column: str, records: dict[str, Any]) -> Any:
    if name not in records:
        raise row.fault(
            f"この名前の記録がありません（{name}）。自治体のコードなら、先に load_reference が必要です。", column
        )
    return records[name]


def _load_members(agreements: Iterable[Any], written: list[Model]) -> Tally:
    """The members of the agreements that were written just now; those of the others stay as they are."""
    total = Tally(str(AgreementMember._meta.verbose_name))
    for agreement in agreements:
        if agreement in written:
            total += derive_members(agreement=agreement)
        else:
            total.unchanged += agreement.members.count()
    return total
