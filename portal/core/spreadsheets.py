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
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
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
# What people fill in, in a Japanese font that every Excel of the last ten years has.
_FONT, _OPEN = Font(name="游ゴシック", size=11), Protection(locked=False)
_LAST_ROW, _LONGEST_LIST = 1_048_576, 250


class Column(NamedTuple):
    """What stands in row 1, and how wide the column is (in characters). ``is_plain``: codes and years, unseparated.

    ``words`` are all that its cells may say. ``choices`` names the cells, on another sheet, that hold what they
    usually say. Excel offers both to choose from.
    """

    title: str
    width: int = 12
    is_plain: bool = False
    is_hidden: bool = False
    words: Sequence[str] = ()
    choices: str = ""


class Sheet(NamedTuple):
    """A table; ``is_form``: people fill it in, its header is protected; ``is_hidden``: only other sheets look at it."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    is_form: bool = False
    is_hidden: bool = False


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
        _lay_out(page, get_column_letter(number), column, is_form=sheet.is_form)
    if sheet.is_form:
        _protect(page)
    if sheet.is_hidden:
        page.sheet_state = "hidden"
    page.append([_header(page, column) for column in sheet.columns])
    for row in sheet.rows:
        cells = [_cell(page, value, column) for value, column in zip(row, sheet.columns, strict=True)]
        for cell in cells if sheet.is_form else ():
            cell.protection, cell.font = _OPEN, _FONT
        page.append(cells)


def _lay_out(page: Worksheet, letter: str, column: Column, *, is_form: bool) -> None:
    dimension = page.column_dimensions[letter]
    dimension.width, dimension.hidden = column.width, column.is_hidden
    if is_form:
        dimension.protection, dimension.font = _OPEN, _FONT
    if validation := _validation(column):
        validation.add(f"{letter}2:{letter}{_LAST_ROW}")
        page.data_validations.append(validation)


def _validation(column: Column) -> DataValidation | None:
    """What Excel lets people choose from: words that are all there is, or cells, beside which other text is fine."""
    listed = ",".join(column.words)
    if column.words and len(listed) <= _LONGEST_LIST:
        refusal = {"errorTitle": column.title, "error": "一覧から選んでください。"}
        return DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True, **refusal)
    if column.choices:
        return DataValidation("list", formula1=column.choices, allow_blank=True, showErrorMessage=False)
    return None


def _protect(page: Worksheet) -> None:
    """The header stays as it is; rows may be filled in, sorted, added and taken out."""
    protection = page.protection
    protection.sheet = True
    # Of these False is what is allowed.
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.insertRows = protection.deleteRows = protection.sort = protection.autoFilter = False


def held(text: str) -> str:
    """A text as a cell can hold it."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]


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
    cell = WriteOnlyCell(page, held(value))
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
