"""Ward projects as rows, and rows as CSV or as a workbook that is the same file for the same rows."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
from django.utils import timezone
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from events.models import WardProject
from events.profiles.columns import Profile
from events.profiles.writing import as_text
from events.spreadsheets.columns import PROJECTS
from municipalities.models import Municipality
from portal.core.cells import WINDOWS_31J, defused, in_windows_31j

# Widths in characters, by field; others are as wide as a word.
_WIDTHS = {"title": 40, "municipalities": 40, "summary": 60, "url": 40, "field": 16}
_LONGEST_IN_CELL = 32_767
# What a zip file says of the time of its parts: the first moment that it can.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def project_row(project: WardProject) -> list[Any]:
    """A project as the cells of its row: numbers are numbers, days are days."""
    return [
        project.pk,
        project.ward.name,
        project.fiscal_year,
        project.title,
        str(project.get_field_display()),
        partners_text(project.municipalities.all()),
        str(project.get_status_display()),
        project.summary,
        project.url,
        timezone.localdate(project.updated_at),
    ]


def partners_text(municipalities: Iterable[Municipality]) -> str:
    """「042081 角田市、012025 函館市」: names alone may be those of several."""
    return "、".join(f"{municipality.code} {municipality.name}" for municipality in municipalities)


def csv_lines(rows: Iterable[list[Any]], *, in_shift_jis: bool = False) -> Iterator[bytes]:
    """The header and the rows, with CRLF: as UTF-8 with its mark, or as Windows-31J with 〓 for what it lacks."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(PROJECTS.headers)
    for row in rows:
        writer.writerow([defused(as_text(cell)) for cell in row])
    text = target.getvalue()
    yield in_windows_31j(text).encode(WINDOWS_31J) if in_shift_jis else text.encode("utf-8-sig")


def projects_workbook(projects: Iterable[WardProject]) -> bytes:
    """A workbook with the projects, and what the columns mean on a second sheet. The same projects, the same bytes."""
    projects = list(projects)
    changed = max((project.updated_at for project in projects), default=_NO_DAY)
    book = openpyxl.Workbook(write_only=True)
    _add_sheet(book, "各区事業", list(PROJECTS.headers), map(project_row, projects), _widths(PROJECTS))
    explained = [[column.header, column.meaning, _kind(column), column.example] for column in PROJECTS.columns]
    _add_sheet(book, "項目の説明", ["項目", "意味", "形", "例"], explained, [16, 80, 28, 32])
    target = io.BytesIO()
    book.save(target)
    return _without_moment(target, changed)


def _kind(column: Any) -> str:
    return f"{column.kind}（必須）" if column.is_required else str(column.kind)


def _widths(profile: Profile) -> list[int]:
    return [_WIDTHS.get(column.field, 12) for column in profile.columns]


def _add_sheet(book: Any, title: str, header: list[str], rows: Iterable[list[Any]], widths: list[int]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    sheet.append([_cell(sheet, name, is_header=True) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Any, *, is_header: bool = False) -> Any:
    """A cell; text is text, whatever it begins with."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_IN_CELL]
    cell = WriteOnlyCell(sheet, value or None)
    if isinstance(value, str) and value:
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if is_header:
        cell.font = Font(bold=True)
    return cell


def _without_moment(source: io.BytesIO, changed: datetime) -> bytes:
    """A workbook that says when its content changed instead of when it was written."""
    moment = f"{changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    target = io.BytesIO()
    with zipfile.ZipFile(source) as written, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as stable:
        for name in written.namelist():
            content = written.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + moment, content)
            part = zipfile.ZipInfo(name, _NO_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            stable.writestr(part, content)
    return target.getvalue()
