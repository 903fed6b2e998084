"""Tables as Excel files: the same tables always give the same bytes, and nothing in them runs."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# None is an empty cell: 「–」 or what nobody knows. It is not 0.
Cell = str | int | date | None

# Excel holds no more characters in a cell, and refuses a file that has more.
LONGEST_TEXT = 32_767

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
_MOMENT = datetime(1980, 1, 1)  # noqa: DTZ001 (a zip file knows no time zones)
_NEVER = "1980-01-01T00:00:00Z"
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_NUMBER, _DAY = "#,##0", "yyyy-mm-dd"
_HEADER, _GROUND = Font(bold=True), PatternFill("solid", fgColor="E8F1FE")


class Column(NamedTuple):
    """What stands in row 1, and how wide the column is (in characters). ``is_plain``: codes and years, unseparated."""

    title: str
    width: int = 12
    is_plain: bool = False


class Sheet(NamedTuple):
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def workbook(title: str, sheets: Iterable[Sheet], changed: datetime | None = None) -> bytes:
    """The sheets as a file: names in row 1, no merged cells, text that looks like a formula stays text.

    ``changed`` is when what the sheets tell was changed last, an aware moment; without it the file names none.
    """
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = ""
    book.properties.created = _MOMENT
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    saved = BytesIO()
    book.save(saved)
    return _without_moments(saved, f"{changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if changed else _NEVER)


def _write(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.append([_header(page, column) for column in sheet.columns])
    for row in sheet.rows:
        page.append([_cell(page, value, column) for value, column in zip(row, sheet.columns, strict=True)])


def _header(page: Worksheet, column: Column) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, column.title)
    cell.font, cell.fill = _HEADER, _GROUND
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(page: Worksheet, value: Cell, column: Column) -> WriteOnlyCell:
    if not isinstance(value, str) or not value:
        cell = WriteOnlyCell(page, None if value == "" else value)
        if value is not None and not column.is_plain:
            cell.number_format = _NUMBER if isinstance(value, int) else _DAY
        return cell
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT])
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    # A text that begins with = would be taken for a formula.
    cell.data_type = "s"
    return cell


def _without_moments(saved: BytesIO, changed: str) -> bytes:
    """The file without the moments at which it was written: it says when its content changed instead."""
    written = BytesIO()
    with ZipFile(saved) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = _SAVED.sub(rb"\g<1>" + changed.encode(), old.read(name))
            entry = ZipInfo(name, _FIRST_MOMENT)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, text)
    return written.getvalue()
