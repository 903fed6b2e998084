"""Imports a file of events: reads it, plans row by row, and writes where it is told to.

A blank cell of a column clears what the event said there; a column that the file does not have leaves it alone.
"""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

from django.db import transaction
from django.utils import timezone

from events.choices import EventKind
from events.importing.matching import Known, Owner, events_by_identity, owner_of_file
from events.importing.planning import ROLES, Plan, Planner
from events.importing.rows import Reading, read_row
from events.importing.sharing import CannotPlan
from events.importing.writing import write
from events.models import Event
from events.profiles import PROFILES, Profile
from events.profiles.writing import TOKYO, TOKYO_CODE, event_record
from portal.core.cells import as_text, defused
from portal.core.importing.remarks import Outcome, Remark, Report, RowResult
from portal.core.importing.rights import NO_RIGHT, MayWrite, whoever
from portal.core.importing.tables import Table, TableRow, batches, read_table
from portal.core.importing.values import cell_of, folded

BATCH = 200
# Columns that say whose a row is.
OWNER_COLUMNS = ("code", "prefecture_name", "municipality_name")
# Columns that say what we work out ourselves.
NOT_TAKEN = ("sub_events", "image_url", "stage")


class Options(NamedTuple):
    """How a file is imported.

    ``owner`` is the code of the municipality whose file it must be; empty for any. Such a file need not say whose its
    rows are. ``kind`` is what every event is, whatever the file says. Without ``completes``, what is known of venues
    and offices stays as it is.
    """

    owner: str = ""
    profiles: tuple[Profile, ...] = tuple(PROFILES.values())
    publish: bool = False
    is_strict: bool = False
    may_write: MayWrite = whoever
    kind: EventKind | None = None
    completes: bool = True


DEFAULTS = Options()


def import_events(source: BinaryIO, options: Options = DEFAULTS, *, apply: bool, at: datetime | None = None) -> Report:
    """What a file of events would change; with ``apply`` it is changed, in one transaction.

    Refused rows are left out; where the options are strict, one of them keeps everything from being written.
    Raises FileRefused.
    """
    table = read_table(source, _of_owner(options.profiles) if options.owner else options.profiles)
    importing = Importing(table, options, at or timezone.now())
    results: list[RowResult] = []
    # Who only looks takes no lock.
    with transaction.atomic() if apply else nullcontext():
        for batch in batches(table.rows, BATCH):
            results += importing.take(batch, apply=apply)
        is_kept = apply and not (options.is_strict and any(one.outcome == Outcome.REFUSED for one in results))
        if apply and not is_kept:
            transaction.set_rollback(True)
    unknown = (*table.unknown, *(importing.headers[name] for name in NOT_TAKEN if name in table.fields))
    return Report(table.profile.title, table.label, unknown, table.absent, tuple(results), is_kept)


def _of_owner(profiles: Iterable[Profile]) -> tuple[Profile, ...]:
    """The formats without the need to say whose the rows are."""
    return tuple(
        profile._replace(
            columns=tuple(
                column._replace(is_required=column.is_required and column.field not in OWNER_COLUMNS)
                for column in profile.columns
            )
        )
        for profile in profiles
    )


class Row(NamedTuple):
    """A row that was read, and whose it is."""

    row: TableRow
    reading: Reading
    owner: Owner = None

    @property
    def key(self) -> tuple[str, str]:
        return (self.owner.code if self.owner else TOKYO_CODE), self.reading.values.get("number") or ""


class Importing:
    """The import of one file, batch by batch."""

    def __init__(self, table: Table, options: Options, at: datetime):
        self.table, self.options, self.at = table, options, at
        self.known = Known()
        self.owner = owner_of_file(options.owner, self.known.places) if options.owner else None
        self.headers = {column.field: column.header for column in table.profile.columns}
        self.seen: dict[tuple[str, str], int] = {}

    def take(self, batch: list[TableRow], *, apply: bool) -> list[RowResult]:
        """What becomes of the rows of a batch; written where ``apply`` says so."""
        rows = [self._identified(row) for row in batch]
        self._look_up(rows)
        events = events_by_identity([(row.owner, row.key[1]) for row in rows], self.at)
        planned = [self._planned(row, events.get(row.key, [])) for row in rows]
        plans = [plan for plan, result in planned if plan and result.outcome in (Outcome.NEW, Outcome.CHANGED)]
        if apply and plans:
            write(plans, self.at, publish=self.options.publish)
        return [result._replace(key=plan.event.pk) if plan else result for plan, result in planned]

    def _identified(self, row: TableRow) -> Row:
        reading = read_row(self.table.profile, row.cells)
        if self.options.kind:
            reading.values["kind"] = str(self.options.kind.label)
        owner = None
        try:
            owner = self._owner_of(row)
        except ValueError as error:
            reading.problems["code"] = Remark(self.headers["code"], str(error))
        found = Row(row, reading, owner)
        self._check_identity(found)
        return found

    def _owner_of(self, row: TableRow) -> Owner:
        code = folded(row.cells.get("code", ""))
        if self.owner and (not code or self.known.places.named(code, self.owner) == self.owner):
            return self.owner
        if len(code) == 5 and f"0{code}" in self.known.places.by_code:
            # A spreadsheet has taken it for a number.
            code = f"0{code}"
        is_name = bool(self.known.places.by_name.get(code))
        owner = self.known.places.named(code) if self.owner and is_name else self.known.places.owner(code)
        if self.options.owner and owner != self.owner:
            raise ValueError(f"{self.owner}の行ではありません（{code}）。ほかの自治体の行は取り込めません。")
        return owner

    def _check_identity(self, row: Row) -> None:
        problems, values = row.reading.problems, row.reading.values
        if not values.get("number"):
            problems["number"] = Remark(
                self.headers["number"], "空欄にはできません。次に取り込むときの目印になります。"
            )
            return
        if "code" in problems:
            return
        prefecture, city = (row.owner.prefecture.name, row.owner.name) if row.owner else (TOKYO, "")
        for name, right in (("prefecture_name", prefecture), ("municipality_name", city)):
            said = values.get(name)
            if said and right and said != right:
                problems[name] = Remark(self.headers[name], f"団体コードの自治体（{prefecture}{city}）と合いません。")
        before = self.seen.setdefault(row.key, row.row.number)
        if before != row.row.number:
            problems["number"] = Remark(self.headers["number"], f"{before}行目と同じ団体コードと番号です。")

    def _look_up(self, rows: Iterable[Row]) -> None:
        readings = [(row.owner, row.reading.values) for row in rows]
        self.known.load(
            venues=_names("venue_name", readings, "{name}（{owner}）") | self._venues_by_address(readings),
            contacts=_names("contact_name", readings),
            holders={name for _, values in readings for field in ROLES for name in _holders(values.get(field) or {})},
        )

    def _venues_by_address(self, readings: list[tuple[Owner, dict[str, Any]]]) -> set[str]:
        names = set()
        for owner, values in readings:
            address = values.get("address") or ""
            place = self.known.places.at(address, owner)
            names |= {address, f"{values.get('venue_name') or address}（{place.name}）" if place else ""}
        return names

    def _planned(self, row: Row, events: list[Event]) -> tuple[Plan | None, RowResult]:
        if len(events) > 1:
            row.reading.problems["number"] = Remark(self.headers["number"], "この番号のイベントが二つ以上あります。")
        event = events[0] if len(events) == 1 else None
        name = f"{row.key[0]}/{row.key[1]}　{row.reading.values.get('title') or '（名称なし）'}"
        if "code" not in row.reading.problems and not self.options.may_write(event or Event(owner=row.owner)):
            return None, RowResult(row.row.number, Outcome.REFUSED, name, (Remark("", NO_RIGHT),))
        differing = self._differing(row, event)
        if row.reading.problems:
            return None, RowResult(row.row.number, Outcome.REFUSED, name, tuple(row.reading.problems.values()))
        try:
            plan = self._planner(row.owner).plan(row.reading.values, event, differing)
        except CannotPlan as error:
            problem = Remark(self.headers.get(error.field, ""), str(error))
            return None, RowResult(row.row.number, Outcome.REFUSED, name, (problem,))
        changed = Outcome.CHANGED if plan.is_change else Outcome.SAME
        notes = (*(note for note in row.reading.notes if plan.is_new or plan.is_change), *plan.notes)
        changes = () if plan.is_new else tuple(plan.changes)
        outcome = Outcome.NEW if plan.is_new else changed
        return plan, RowResult(row.row.number, outcome, name, (), changes, notes)

    def _planner(self, owner: Owner) -> Planner:
        return Planner(self.known, owner, self.headers, completes=self.options.completes)

    def _differing(self, row: Row, event: Event | None) -> set[str]:
        """The values in which a row says something else than the event would in such a file.

        A cell that says what we would write there ourselves is not questioned.
        """
        if event is None:
            return set(row.reading.values)
        written = self._written(event)
        for name in [name for name in row.reading.problems if _is_same_cell(name, row.row.cells, written)]:
            if name not in ("code", "number"):
                del row.reading.problems[name]
        ours = read_row(self.table.profile, written).values
        return {name for name, value in row.reading.values.items() if name not in ours or ours[name] != value}

    def _written(self, event: Event) -> dict[str, str]:
        record = event_record(event, self.at)
        return {
            name: cell_of(defused(self.table.as_written(as_text(getattr(record, name))))) for name in self.table.fields
        }


def _is_same_cell(name: str, cells: dict[str, str], written: dict[str, str]) -> bool:
    return name in cells and cells[name] == written[name]


def _names(field: str, readings: list[tuple[Owner, dict[str, Any]]], with_owner: str = "") -> set[str]:
    """The names in a field of some rows, and those with the owner's name behind."""
    found = set()
    for owner, values in readings:
        name = values.get(field) or ""
        found.add(name)
        if name and owner and with_owner:
            found.add(with_owner.format(name=name, owner=owner.name))
    return found


def _holders(roles: dict[Any, list[str]]) -> Iterator[str]:
    for names in roles.values():
        yield from names
