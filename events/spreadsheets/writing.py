"""Ward projects as rows, and rows as CSV or as a workbook that is the same file for the same rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from events.models import WardProject
from events.spreadsheets.columns import PROJECTS
from municipalities.models import Municipality
from portal.core.csv_files import Encoding, lines
from portal.core.spreadsheets import Column, Sheet, workbook

# Widths in characters, by field; others are as wide as a word.
_WIDTHS = {"title": 40, "municipalities": 40, "summary": 60, "url": 40, "field": 16}
# Numbers that name something are not separated into thousands.
_PLAIN = ("number", "fiscal_year")


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
    return lines(PROJECTS.headers, rows, Encoding.SHIFT_JIS if in_shift_jis else Encoding.UTF_8)


def projects_workbook(projects: Iterable[WardProject]) -> bytes:
    """A workbook with the projects, and what the columns mean on a second sheet. The same projects, the same bytes."""
    projects = list(projects)
    changed = max((project.updated_at for project in projects), default=None)
    columns = [Column(c.header, _WIDTHS.get(c.field, 12), c.field in _PLAIN) for c in PROJECTS.columns]
    explained = [[c.header, c.meaning, _kind(c), c.example] for c in PROJECTS.columns]
    meaning = [Column("項目", 16), Column("意味", 80), Column("形", 28), Column("例", 32)]
    sheets = [
        Sheet("各区事業", columns, map(project_row, projects)),
        Sheet("項目の説明", meaning, explained),
    ]
    return workbook("各区事業", sheets, changed)


def _kind(column: Any) -> str:
    return f"{column.kind}（必須）" if column.is_required else str(column.kind)
