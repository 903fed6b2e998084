"""The rows of a file as text, whatever kind of file it is. Rows are streamed, never all held."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, NamedTuple

import openpyxl
from defusedxml.common import DefusedXmlException

from portal.core.importing.archives import BROKEN, check_workbook
from portal.core.importing.decoding import UTF8, encoding_of, text_rows
from portal.core.importing.file_types import TEXT, file_type
from portal.core.importing.refusal import FileRefused

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 20_000, 200, 10_000
# Town halls put a title, a date and a contact above their tables: the header is within so many rows.
HEADER_WITHIN = 10
# No workbook has more; one that claims so is counted no further.
_MOST_LINES = 1_048_576
_MOST_SHEETS = 20
_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, LookupError, TypeError, ValueError, AttributeError, SyntaxError)
TRICK = "安全に読めない記述（XMLの実体参照）を含むため、読みません。"


class Line(NamedTuple):
    """A row of a file that is not empty: its number, counted from 1, and its cells as text."""

    number: int
    cells: list[str]


class Sheet(NamedTuple):
    """One table of a file; ``label`` says what kind of file it is and which sheet, ``codec`` how text was encoded."""

    label: str
    lines: Iterator[Line]
    codec: str = UTF8.codec


def sheets_of(source: BinaryIO) -> Iterator[Sheet]:
    """The tables of a file: one of a text, each visible sheet of a workbook. Raises FileRefused."""
    if file_type(source) == TEXT:
        encoding = encoding_of(source)
        yield Sheet(f"CSV・{encoding.label}", _within_limits(text_rows(source, encoding)), encoding.codec)
        return
    yield from _sheets_of_workbook(source, has_formulas=check_workbook(source))


@contextmanager
def _refusing_what_is_broken() -> Iterator[None]:
    """What openpyxl says of a broken workbook is of many kinds; a ParseError is a SyntaxError."""
    try:
        yield
    except _ERRORS as error:
        is_trick = isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException)
        raise FileRefused(TRICK if is_trick else BROKEN) from error


def _sheets_of_workbook(source: BinaryIO, *, has_formulas: bool) -> Iterator[Sheet]:
    """A formula gives the value that was last computed; where there is none, the formula itself, as text."""
    values = _open(source, data_only=True)
    formulas = _open(source, data_only=False) if has_formulas else None
    for name in values.sheetnames[:_MOST_SHEETS]:
        if getattr(values[name], "sheet_state", "") == "visible" and hasattr(values[name], "iter_rows"):
            rows = _rows(values[name], formulas[name] if formulas else None)
            yield Sheet(f"xlsx・シート「{name}」", _within_limits(rows))


def _open(source: BinaryIO, *, data_only: bool) -> Any:
    source.seek(0)
    with warnings.catch_warnings(), _refusing_what_is_broken():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(source, read_only=True, data_only=data_only, keep_links=False)


def _rows(values: Any, formulas: Any) -> Iterator[list[str]]:
    with _refusing_what_is_broken():
        values.reset_dimensions()
        if formulas is None:
            for row in values.iter_rows(values_only=True):
                yield [cell_text(cell) for cell in row]
            return
        formulas.reset_dimensions()
        pairs = zip(values.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=False)
        for row, written in pairs:
            cells = zip(row, written, strict=False)
            yield [cell_text(formula if value is None else value) for value, formula in cells]


def cell_text(value: Any) -> str:
    """What stands in a cell of a workbook as text: days and times as ISO has them, durations as hours."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        hours, minutes = divmod(round(value.total_seconds() / 60), 60)
        return f"{hours}:{minutes:02}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(getattr(value, "text", value)).replace("_x000D_", "")


def _within_limits(rows: Iterator[list[str]]) -> Iterator[Line]:
    """The rows that hold anything. Raises FileRefused for too many, too wide ones, and cells that are too long."""
    filled = 0
    for number, row in enumerate(rows, start=1):
        if number > _MOST_LINES:
            raise FileRefused(f"行が多すぎます。{MAX_ROWS:,}行までです。")
        cells = _without_empty_end(row)
        if not cells:
            continue
        filled += 1
        _check_line(number, cells, filled)
        yield Line(number, cells)


def _without_empty_end(row: list[str]) -> list[str]:
    last = next((index for index in range(len(row), 0, -1) if row[index - 1].strip()), 0)
    return row[:last]


def _check_line(number: int, cells: list[str], filled: int) -> None:
    if filled > MAX_ROWS + HEADER_WITHIN:
        raise FileRefused(f"行が多すぎます。{MAX_ROWS:,}行までです。ファイルを分けてください。")
    if len(cells) > MAX_COLUMNS:
        raise FileRefused(f"{number}行目の列が多すぎます（{len(cells):,}列）。{MAX_COLUMNS}列までです。")
    long = next((index for index, cell in enumerate(cells, start=1) if len(cell) > MAX_CELL), None)
    if long:
        raise FileRefused(f"{number}行目{long}列目が長すぎます。一つのセルは{MAX_CELL:,}文字までです。")
