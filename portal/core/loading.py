"""Data from CSV files: rows with declared columns, written to the database whole or not at all.

Whatever is wrong with a file or a row is one exception, `LoadError`, whose message tells the person who edits the file
where to look: file, line, column.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Self

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, IntegrityError, models, transaction

from portal.core.changes import gathered, rows_written
from portal.core.wareki import parse_date

Converter = Callable[[str], Any]


class LoadError(Exception):
    """A file cannot be loaded: 「municipalities.csv 3行目「code6」列：検査数字が合いません。」."""

    def __init__(self, file: str, problem: str, line: int | None = None, column: str = ""):
        place = [file, f"{line}行目" if line else "", f"「{column}」列" if column else ""]
        super().__init__(f"{' '.join(place[:2]).strip()}{place[2]}：{problem}")


@dataclass(frozen=True)
class Row:
    """A line of a file with its converted values; ``digest`` changes when a filled cell does."""

    file: str
    line: int
    values: dict[str, Any]
    digest: str

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def fault(self, problem: str, column: str = "") -> LoadError:
        return LoadError(self.file, problem, self.line, column)


@dataclass
class Tally:
    """What loading did to one table: 「自治体：新規1,741件、更新0件、変更なし0件」."""

    label: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __iadd__(self, other: "Tally") -> Self:
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        return self

    def __str__(self) -> str:
        return f"{self.label}：新規{self.created:,}件、更新{self.updated:,}件、変更なし{self.unchanged:,}件"


def text(cell: str) -> str:
    return cell.strip()


def filled(cell: str) -> str:
    if not cell.strip():
        raise ValueError("空欄にはできません。")
    return cell.strip()


def whole_number(cell: str) -> int:
    if not re.fullmatch(r"[0-9]{1,15}", cell):
        raise ValueError(f"半角数字の整数で、15桁以内で書いてください（{cell}）。")
    return int(cell)


def decimal(cell: str) -> Decimal:
    try:
        number = Decimal(cell)
    except InvalidOperation as error:
        raise ValueError(f"数として読めません（{cell}）。") from error
    if not number.is_finite():
        raise ValueError(f"数として読めません（{cell}）。")
    return number


def day(cell: str) -> date:
    try:
        return parse_date(cell)
    except ValueError as error:
        raise ValueError(f"日付として読めません（{cell}）。例：2021-02-10、令和3年2月10日") from error


def yes_or_no(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise ValueError(f"yes か no と書いてください（{cell}）。")
    return cell == "yes"


def word_of(choices: type[models.TextChoices]) -> Converter:
    """A word of a vocabulary, written as it is kept or as people read it."""
    words = {choice.label: choice.value for choice in choices} | {choice.value: choice.value for choice in choices}

    def convert(cell: str) -> str:
        if cell not in words:
            raise ValueError(f"{'・'.join(map(str, choices.labels))}のいずれかを書いてください（{cell}）。")
        return words[cell]

    return convert


def optional(convert: Converter) -> Converter:
    """As ``convert``, and None where the cell is empty."""
    return lambda cell: convert(cell) if cell.strip() else None


def read_rows(path: Path, columns: Mapping[str, Converter], *, key: str) -> list[Row]:
    """The rows of a UTF-8 CSV (with or without BOM) whose first line names exactly these columns, in any order.

    Cells are converted one by one; ``key`` names the column in which no value comes twice.
    Raises LoadError for the first fault found.
    """
    lines = _cells(path)
    _, header = next(lines, (1, []))
    _check_header(path.name, header, columns)
    rows: dict[Any, Row] = {}
    for line, cells in lines:
        row = _row(path.name, line, header, cells, columns)
        if row[key] in rows:
            raise row.fault(f"{rows[row[key]].line}行目と同じ値です（{row[key]}）。", key)
        rows[row[key]] = row
    return list(rows.values())


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each line that holds anything, with the number at which it begins: a cell in quotes may run over several."""
    try:
        # What is not UTF-8 is let through here, and found in its cell.
        content = path.read_text(encoding="utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise LoadError(path.name, f"ファイルを読めません（{path.parent}）。") from error
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise LoadError(path.name, 'CSVとして読めません。引用符（"）の対応を確かめてください。', begins) from error


def _check_header(file: str, header: list[str], columns: Mapping[str, Converter]) -> None:
    for name in header:
        if name not in columns:
            shown = name.encode(errors="replace").decode()
            raise LoadError(file, "この列は決められていません。列名を確かめてください。", 1, shown)
        if header.count(name) > 1:
            raise LoadError(file, "同じ列が二つあります。", 1, name)
    for name in columns:
        if name not in header:
            raise LoadError(file, "この列がありません。", 1, name)


def _row(file: str, line: int, header: list[str], cells: list[str], columns: Mapping[str, Converter]) -> Row:
    if len(cells) != len(header):
        last = header[min(len(cells), len(header)) - 1]
        raise LoadError(file, f"列の数が{len(header)}ではなく{len(cells)}です。", line, last)
    raw = dict(zip(header, cells, strict=True))
    values = {}
    for name, convert in columns.items():
        try:
            values[name] = convert(_plain(raw[name]))
        except ValueError as error:
            raise LoadError(file, str(error), line, name) from error
    return Row(file, line, values, _digest(raw))


def _plain(cell: str) -> str:
    if "\0" in cell:
        raise ValueError("使えない文字（NUL）があります。")
    if not cell.isascii() and re.search("[\ud800-\udfff]", cell):
        raise ValueError("UTF-8として読めない文字があります。")
    return cell


def _digest(raw: Mapping[str, str]) -> str:
    """The same whatever the order of the columns, and when a new column is still empty."""
    said = sorted((name, cell) for name, cell in raw.items() if cell)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def save_row(row: Row, record: models.Model) -> None:
    """Saves the record made from a row. Raises LoadError where a rule of the model refuses it."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise _refusal(row, record, error) from error
    record.save()


def _refusal(row: Row, record: models.Model, error: ValidationError) -> LoadError:
    name, messages = next(iter(error.message_dict.items()))
    if name == NON_FIELD_ERRORS:
        return row.fault(messages[0])
    labels = {field.name: str(field.verbose_name) for field in record._meta.fields}
    return row.fault(messages[0], name if name in row.values else labels[name])


def upsert(
    model: type[models.Model],
    rows: Iterable[Row],
    values_of: Callable[[Row], dict[str, Any]],
    *,
    kept: frozenset[str] = frozenset(),
) -> Tally:
    """Writes what the rows say of records known by their primary key: all changed ones at once, then all new ones.

    ``values_of`` gives what a row says, by the names of the model's columns; it vouches for foreign keys, which are
    checked nowhere else. Those in ``kept`` are written only to a new record: staff may have corrected them since.
    Raises LoadError where a rule of the model refuses a row.
    """
    found = model._default_manager.in_bulk()
    tally = Tally(str(model._meta.verbose_name))
    new, changed, changed_columns = [], [], set()
    for row in rows:
        values = values_of(row)
        record = found.get(values[model._meta.pk.attname])
        if record is None:
            new.append((row, model(**values)))
        elif columns := _change(record, {name: value for name, value in values.items() if name not in kept}):
            changed.append((row, record))
            changed_columns |= columns
        else:
            tally.unchanged += 1
    # A new record may take a unique value that a changed one gives up.
    _write(model, changed, changed_columns)
    _write(model, new)
    tally.created, tally.updated = len(new), len(changed)
    return tally


def _change(record: models.Model, values: dict[str, Any]) -> set[str]:
    """Gives a record these values; returns the names of the columns that had others."""
    differing = {name for name, value in values.items() if getattr(record, name) != value}
    for name in differing:
        setattr(record, name, values[name])
    return differing


def _write(model: type[models.Model], written: list[tuple[Row, models.Model]], columns: Iterable[str] = ()) -> None:
    """Writes all at once: new records, or these columns of records that are there.

    Where the database refuses, they are written one by one, which finds the row that is to blame.
    """
    foreign_keys = [field.name for field in model._meta.fields if field.is_relation]
    for row, record in written:
        try:
            record.clean_fields(exclude=foreign_keys)
        except ValidationError as error:
            raise _refusal(row, record, error) from error
    records = [record for _, record in written]
    try:
        with transaction.atomic():
            if columns:
                _overwrite(model, records, columns)
            else:
                model._default_manager.bulk_create(records)
    except IntegrityError:
        for row, record in written:
            save_row(row, record)
    else:
        rows_written.send(model, keys=[record.pk for record in records])


def _overwrite(model: type[models.Model], records: list[models.Model], columns: Iterable[str]) -> None:
    """As ``bulk_update``, in one plain statement where that writes one case for each row and column."""
    key = model._meta.pk.attname
    model._default_manager.bulk_create(
        records, update_conflicts=True, unique_fields=[key], update_fields=sorted(columns)
    )


class LoadCommand(BaseCommand):
    """A command that loads the files of a folder whole or not at all, and says in one line what is wrong with them."""

    default_directory: Path

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--directory", type=Path, default=self.default_directory, help="読み込むCSVファイルのあるフォルダー"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with gathered():
                self.load(**options)
        except LoadError as error:
            raise CommandError(f"{error}\n何も変更していません。") from error
        except DatabaseError as error:
            raise CommandError(f"データベースに書き込めません。何も変更していません。（{error}）") from error

    def load(self, *, directory: Path, **options: Any) -> None:
        raise NotImplementedError

    def report(self, tally: Tally) -> None:
        self.stdout.write(str(tally))
