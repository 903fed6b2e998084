"""Imports a table of ward projects. A blank cell clears what was said there; an absent column leaves it alone."""

import re
from contextlib import nullcontext
from typing import Any, BinaryIO, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from events.choices import ProjectField, Status
from events.importing.days import fiscal_year_in
from events.importing.matching import Places
from events.models import WardProject
from events.spreadsheets.columns import PROJECTS
from events.spreadsheets.writing import partners_text
from municipalities.models import Municipality
from portal.core.importing import values
from portal.core.importing.remarks import Change, Outcome, Remark, Report, RowResult
from portal.core.importing.tables import Table, TableRow, batches, read_table

BATCH = 200
_HEADERS = {column.field: column.header for column in PROJECTS.columns}
_LABELS: dict[str, dict[str, Any]] = {
    "field": {str(choice.label): choice for choice in ProjectField},
    "status": {str(choice.label): choice for choice in Status},
}
_SAID_AGAIN = "{}行目と同じ事業です。"
# The order in which columns are written, and changes are told.
_COLUMNS = ("ward", "fiscal_year", "title", "field", "status", "summary", "url")


def import_projects(source: BinaryIO, *, apply: bool, is_strict: bool = False) -> Report:
    """What a table of ward projects would change; with ``apply`` it is changed, in one transaction.

    New projects are drafts. Refused rows are left out, or with ``is_strict`` keep everything from being written.
    Raises FileRefused.
    """
    table = read_table(source, [PROJECTS])
    importing = Importing(table)
    results: list[RowResult] = []
    with transaction.atomic() if apply else nullcontext():
        for batch in batches(table.rows, BATCH):
            results += importing.take(batch, apply=apply)
        is_kept = apply and not (is_strict and any(result.outcome == Outcome.REFUSED for result in results))
        if apply and not is_kept:
            transaction.set_rollback(True)
    return Report(PROJECTS.title, table.label, table.unknown, table.absent, tuple(results), is_kept)


class Reading(NamedTuple):
    """What a row says, by field; and what is wrong with it."""

    row: TableRow
    values: dict[str, Any]
    problems: dict[str, Remark]

    @property
    def identity(self) -> tuple[str, int, str]:
        """What a project without a number is known by."""
        return self.values.get("ward", ""), self.values.get("fiscal_year", 0), self.values.get("title", "")


class Importing:
    """The import of one table, batch by batch."""

    def __init__(self, table: Table):
        self.table, self.places = table, Places()
        self.seen: dict[Any, int] = {}

    def take(self, batch: list[TableRow], *, apply: bool) -> list[RowResult]:
        readings = [self._read(row) for row in batch]
        by_key, by_identity = _existing(readings)
        results = []
        for reading in readings:
            project = self._project_of(reading, by_key, by_identity)
            results.append(self._result(reading, project, apply=apply))
        return results

    def _read(self, row: TableRow) -> Reading:
        reading = Reading(row, {}, {})
        for field, cell in row.cells.items():
            plain = "" if values.is_blank(cell) else cell
            try:
                reading.values[field] = self._value(field, plain)
            except ValueError as error:
                reading.problems[field] = Remark(_HEADERS[field], str(error))
        return reading

    def _value(self, field: str, cell: str) -> Any:
        match field:
            case "number":
                return values.read_number(cell) if cell else None
            case "ward":
                return self._ward(values.folded(cell)).code
            case "fiscal_year":
                return _fiscal_year(cell)
            case "title":
                return _title(cell)
            case "field" | "status":
                return _word(field, values.folded(cell))
            case "municipalities":
                return [self._partner(name) for name in values.names_in(cell)]
            case "url":
                return values.read_url(cell) if cell else ""
        return cell

    def _ward(self, text: str) -> Municipality:
        ward = self.places.by_code.get(text) or self.places.named(text)
        if not text:
            raise ValueError("空欄にはできません。")
        if ward is None or not ward.is_ward:
            raise ValueError(f"特別区の名称か団体コードを書いてください（{text}）。")
        return ward

    def _partner(self, text: str) -> Municipality:
        """The municipality of a code, of a name, or of both. Raises ValueError, naming those that may be meant."""
        plain = values.folded(text)
        code, name = (plain[:6], plain[6:].strip()) if re.match(r"[0-9]{6}", plain) else ("", plain)
        if code:
            municipality = self.places.owner(code)
            if municipality is None or (
                name and name not in (municipality.name, f"{municipality.prefecture}{municipality}")
            ):
                raise ValueError(f"団体コードと名称が合いません（{text}）。")
            return municipality
        found = self.places.by_name.get(name, [])
        if len(found) > 1:
            candidates = "、".join(f"{one.code} {one.prefecture}{one.name}" for one in found)
            raise ValueError(f"「{name}」は二つ以上あります。団体コードで書いてください：{candidates}")
        if not found:
            raise ValueError(f"この名称の自治体はありません（{text}）。")
        return found[0]

    def _project_of(self, reading: Reading, by_key: dict[int, Any], by_identity: dict[Any, list]) -> WardProject | None:
        """The project that a row is about, None for a new one; what is unclear about it is noted as a problem."""
        number = reading.values.get("number")
        same = [by_key[number]] if number in by_key else by_identity.get(reading.identity, [])
        if number is not None and number not in by_key:
            reading.problems["number"] = Remark(_HEADERS["number"], f"この番号の事業はありません（{number}）。")
        elif len(same) > 1:
            message = "区・年度・事業名が同じ事業が二つ以上あります。番号で指定してください。"
            reading.problems["number"] = Remark(_HEADERS["number"], message)
        project = same[0] if len(same) == 1 else None
        self._refuse_again(reading, project)
        return project

    def _refuse_again(self, reading: Reading, project: WardProject | None) -> None:
        if reading.problems:
            return
        for key in (reading.identity, project.pk if project else None):
            before = self.seen.setdefault(key, reading.row.number) if key else reading.row.number
            if before != reading.row.number:
                reading.problems["title"] = Remark("", _SAID_AGAIN.format(before))

    def _result(self, reading: Reading, project: WardProject | None, *, apply: bool) -> RowResult:
        name = reading.row.cells.get("title") or "（名称なし）"
        if project is None and reading.values.get("field") is None:
            labels = "、".join(_LABELS["field"])
            reading.problems.setdefault("field", Remark(_HEADERS["field"], f"次のいずれかを書いてください：{labels}"))
        if any(partner.code == reading.values.get("ward") for partner in reading.values.get("municipalities", [])):
            reading.problems["municipalities"] = Remark(_HEADERS["municipalities"], "実施する区自身は書けません。")
        if reading.problems:
            return RowResult(reading.row.number, Outcome.REFUSED, name, tuple(reading.problems.values()))
        if project is None:
            key = _create(reading.values) if apply else None
            return RowResult(reading.row.number, Outcome.NEW, name, key=key)
        changes = self._changes(reading.values, project)
        if changes and apply:
            _save(project, reading.values)
        outcome = Outcome.CHANGED if changes else Outcome.SAME
        return RowResult(reading.row.number, outcome, name, changes=tuple(changes.values()), key=project.pk)

    def _changes(self, said: dict[str, Any], project: WardProject) -> dict[str, Change]:
        """What a project would say otherwise, by field, compared as this file can write it; sets what is new."""
        changes = {}
        for name in (name for name in _COLUMNS if said.get(name) is not None):
            column = "ward_id" if name == "ward" else name
            old, new = getattr(project, column), said[name]
            if old != new and values.cell_of(self.table.as_written(str(old))) != new:
                changes[name] = Change(_HEADERS[name], self._shown(name, old), self._shown(name, new))
                setattr(project, column, new)
        if "municipalities" in said:
            had = list(project.municipalities.all())
            if {one.pk for one in had} != {one.pk for one in said["municipalities"]}:
                texts = (partners_text(had), partners_text(said["municipalities"]))
                changes["municipalities"] = Change(_HEADERS["municipalities"], *texts)
        return changes

    def _shown(self, name: str, value: Any) -> str:
        if name == "ward":
            return self.places.by_code[value].name
        return str(value.label) if isinstance(value, ProjectField | Status) else _label(name, value)


def _label(name: str, value: Any) -> str:
    return next((label for label, choice in _LABELS.get(name, {}).items() if choice == value), str(value))


def _existing(readings: list[Reading]) -> tuple[dict[int, WardProject], dict[Any, list[WardProject]]]:
    """The projects that rows may be about, by their key and by what a row without a number names."""
    keys = [reading.values.get("number") for reading in readings]
    titles = [reading.values.get("title") for reading in readings]
    rows: QuerySet[WardProject] = WardProject.objects.for_table().filter(
        Q(pk__in=[key for key in keys if key is not None]) | Q(title__in=[title for title in titles if title])
    )
    by_key: dict[int, WardProject] = {}
    by_identity: dict[Any, list[WardProject]] = {}
    for project in rows:
        by_key[project.pk] = project
        by_identity.setdefault((project.ward_id, project.fiscal_year, project.title), []).append(project)
    return by_key, by_identity


def _fiscal_year(cell: str) -> int:
    plain = values.folded(cell).removesuffix("年度").removesuffix("年")
    year = (
        int(plain)
        if re.fullmatch(r"[0-9]{4}", plain)
        else fiscal_year_in(values.folded(cell).removesuffix("度") + "度")
    )
    if year is None or not 1947 <= year <= 2200:
        raise ValueError(f"年度として読めません（{cell}）。例：2020、令和2年度")
    return year


def _title(cell: str) -> str:
    if not cell:
        raise ValueError("空欄にはできません。")
    if len(cell) > 200:
        raise ValueError(f"200文字までです（{len(cell)}文字あります）。")
    return cell


def _word(field: str, cell: str) -> Any:
    """A word of a vocabulary; None for a blank cell, which changes nothing."""
    if cell and cell not in _LABELS[field]:
        raise ValueError(f"「{cell}」はありません。次のいずれかを書いてください：{'、'.join(_LABELS[field])}")
    return _LABELS[field].get(cell)


def _create(said: dict[str, Any]) -> int:
    columns = {name: said[name] for name in _COLUMNS if name != "ward" and said.get(name) is not None}
    project = WardProject.objects.create(ward_id=said["ward"], **columns)
    project.municipalities.set(said.get("municipalities", []))
    return project.pk


def _save(project: WardProject, said: dict[str, Any]) -> None:
    project.save()
    if "municipalities" in said:
        project.municipalities.set(said["municipalities"])
