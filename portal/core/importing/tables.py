"""Which table a file holds, told by its header, and the cells of each row under the names of their fields."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from portal.core.cells import in_windows_31j
from portal.core.importing.columns import Profile
from portal.core.importing.decoding import WINDOWS_31J
from portal.core.importing.refusal import FileRefused
from portal.core.importing.sheets import HEADER_WITHIN, Line, Sheet, sheets_of
from portal.core.importing.values import cell_of


class TableRow(NamedTuple):
    """A row below the header: its number in the file and its cells by the names of their fields."""

    number: int
    cells: dict[str, str]


class Table(NamedTuple):
    """A table of a known profile; ``as_written`` turns our own text into what this file can hold."""

    profile: Profile
    label: str
    fields: tuple[str, ...]
    unknown: tuple[str, ...]
    absent: tuple[str, ...]
    rows: Iterator[TableRow]
    as_written: Callable[[str], str]


class Header(NamedTuple):
    """Where the columns of a profile are in a line."""

    profile: Profile
    places: dict[str, int]
    unknown: tuple[str, ...]

    @property
    def absent(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.profile.columns if column.field not in self.places)

    @property
    def missing(self) -> tuple[str, ...]:
        """The required columns that are absent."""
        required = {column.header for column in self.profile.columns if column.is_required}
        return tuple(header for header in self.absent if header in required)


def read_table(source: BinaryIO, profiles: Iterable[Profile]) -> Table:
    """The first table of a file that has the header of one of these profiles. Raises FileRefused."""
    profiles = tuple(profiles)
    nearest: Header | None = None
    for sheet in sheets_of(source):
        for header, line, rest in _headers(sheet, profiles):
            if not header.missing:
                return _table(sheet, header, line, rest)
            if nearest is None or len(header.places) > len(nearest.places):
                nearest = header
    raise FileRefused(_why_not(nearest, profiles))


def _headers(sheet: Sheet, profiles: tuple[Profile, ...]) -> Iterator[tuple[Header, Line, Iterator[Line]]]:
    for line in islice(sheet.lines, HEADER_WITHIN):
        found = max((header_of(line.cells, profile) for profile in profiles), key=lambda one: len(one.places))
        yield found, line, sheet.lines


def header_of(cells: list[str], profile: Profile) -> Header:
    """The columns of a profile in a line, whatever their order; brackets, spaces and widths may differ."""
    fields = {_folded(column.header): column.field for column in profile.columns}
    places: dict[str, int] = {}
    unknown = []
    for place, cell in enumerate(cells):
        field = fields.get(_folded(cell))
        if field is None or field in places:
            unknown.append(" ".join(cell.split()))
        else:
            places[field] = place
    return Header(profile, places, tuple(filter(None, unknown)))


def _folded(header: str) -> str:
    return re.sub(r"[\s()\[\]【】_・.*※]", "", unicodedata.normalize("NFKC", header)).casefold()


def _table(sheet: Sheet, header: Header, line: Line, rest: Iterator[Line]) -> Table:
    rows = (TableRow(row.number, _cells(row.cells, header.places)) for row in rest)
    fields = tuple(header.places)
    as_written = in_windows_31j if sheet.codec == WINDOWS_31J.codec else str
    return Table(header.profile, sheet.label, fields, header.unknown, header.absent, rows, as_written)


def _cells(cells: list[str], places: dict[str, int]) -> dict[str, str]:
    return {field: cell_of(cells[place]) if place < len(cells) else "" for field, place in places.items()}


def _why_not(nearest: Header | None, profiles: tuple[Profile, ...]) -> str:
    titles = "、".join(profile.title for profile in profiles)
    if nearest is None or not nearest.places:
        return f"見出しの行が見つかりません（はじめの{HEADER_WITHIN}行を探しました）。読める表：{titles}"
    missing = "、".join(f"「{header}」" for header in nearest.missing)
    return f"{nearest.profile.title}として読むには、必要な列がありません：{missing}"


def batches(rows: Iterable[TableRow], size: int) -> Iterator[list[TableRow]]:
    """Rows in lists of at most so many."""
    waiting = iter(rows)
    for first in waiting:
        yield list(chain([first], islice(waiting, size - 1)))
