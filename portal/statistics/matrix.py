"""各区の交流自治体 by ward and prefecture, on a day: 47 rows, 23 columns, and the totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from municipalities.choices import Relation
from municipalities.models import Municipality, Prefecture, Ward, WardTie
from portal import tile_map

# The least number of municipalities of each tint of a cell: most wards know one or two in a prefecture.
LEAST = (0, 1, 2, 5, 10)


class Cell(NamedTuple):
    """How many municipalities of a prefecture a ward is tied with, and the tint of the number."""

    ward: str
    total: int
    step: int


class Line(NamedTuple):
    """A prefecture's cells, one for each ward, and how many of its municipalities are tied with any ward."""

    prefecture: Prefecture
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True)
class Matrix:
    """``ward_totals`` and ``total`` are of the whole country; a municipality tied with several wards is in it once."""

    wards: tuple[Ward, ...]
    lines: tuple[Line, ...]
    total: int

    @property
    def ward_totals(self) -> list[Cell]:
        """Each ward's partners: a municipality lies in one prefecture, so the numbers of the prefectures add up."""
        columns = zip(*(line.cells for line in self.lines), strict=True)
        return [_cell(column[0].ward, sum(cell.total for cell in column)) for column in columns]


def matrix_on(day: date) -> Matrix:
    """The matrix of a day, from official records; four queries."""
    counted = WardTie.objects.partners_by_ward_and_prefecture(day)
    tied = Municipality.objects.linked(Relation.EXCHANGE, day, official=True).count_by_prefecture()
    return matrix_of(tuple(Ward.objects.all()), Prefecture.objects.all(), counted, tied)


def matrix_of(
    wards: tuple[Ward, ...],
    prefectures: Iterable[Prefecture],
    counted: Mapping[tuple[str, str], int],
    tied: Mapping[str, int],
) -> Matrix:
    """The matrix of numbers by ward and prefecture, and of the numbers of each prefecture; no number is 0."""
    lines = tuple(
        Line(
            prefecture,
            tuple(_cell(ward.pk, counted.get((ward.pk, prefecture.pk), 0)) for ward in wards),
            tied.get(prefecture.pk, 0),
        )
        for prefecture in prefectures
    )
    return Matrix(wards, lines, sum(line.total for line in lines))


def _cell(ward: str, total: int) -> Cell:
    return Cell(ward, total, tile_map.step_of(total, LEAST))
