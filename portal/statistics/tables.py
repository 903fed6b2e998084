"""The official tables, put together from the figures that were printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from municipalities.models import CooperationAgreement
from municipalities.querysets import Signing
from portal.core import charts
from portal.models import PublishedFigure
from portal.statistics import rules

# Between the names of bodies that share one figure.
SHARED = "・"


@dataclass(frozen=True)
class Row:
    """A line of a table: one cell for each year, None where none was entered."""

    label: str
    is_total: bool
    cells: tuple[PublishedFigure | None, ...]

    @property
    def growth(self) -> int | None:
        """From the first year to the last; None where it cannot be said."""
        before, after = self.cells[0], self.cells[-1]
        return rules.growth(before.value, after.value) if before and after else None


@dataclass(frozen=True)
class Addition:
    """The parts of one year, under their labels, beside the total that was printed for it."""

    year: int
    labelled: tuple[tuple[str, int], ...]
    total: int

    @property
    def parts(self) -> tuple[int, ...]:
        return tuple(value for _, value in self.labelled)

    @property
    def sum(self) -> int:
        return rules.addition(self.parts)

    @property
    def surplus(self) -> int:
        return rules.surplus(self.parts, self.total)


@dataclass(frozen=True)
class Comparison:
    """A table that sets the figures of some years side by side."""

    unit: str
    years: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def total(self) -> Row | None:
        return next((row for row in self.rows if row.is_total), None)

    @property
    def as_of(self) -> date | None:
        """The newest day that the figures are stated for."""
        return max((cell.as_of for row in self.rows for cell in row.cells if cell and cell.as_of), default=None)

    @property
    def has_dash(self) -> bool:
        """Whether something had not existed yet in one of the years."""
        return any(cell.value is None for row in self.rows for cell in row.cells if cell)

    @property
    def growth_heading(self) -> str:
        """「‘15→’20増加数」; empty where there is one year only."""
        if len(self.years) < 2:
            return ""
        return f"‘{self.years[0] % 100:02d}→’{self.years[-1] % 100:02d}増加数"

    @property
    def multiple(self) -> Decimal | None:
        """How many times the first total the last one is, cut off after one decimal."""
        if self.total is None or len(self.years) < 2:
            return None
        before, after = self.total.cells[0], self.total.cells[-1]
        return rules.multiple(before.value, after.value) if before and after else None

    @property
    def additions(self) -> list[Addition]:
        """Year by year, the parts and their total."""
        if self.total is None:
            return []
        found = []
        for position, year in enumerate(self.years):
            cells = [(row.label, row.cells[position]) for row in self.rows if not row.is_total]
            parts = tuple((label, cell.value) for label, cell in cells if cell and cell.value is not None)
            total = self.total.cells[position]
            if parts and total and total.value is not None:
                found.append(Addition(year, parts, total.value))
        return found

    @property
    def chart(self) -> charts.StackChart | None:
        """The parts beside their totals; None where there is nothing to draw."""
        return charts.stack_chart([charts.Year(found.year, found.labelled, found.total) for found in self.additions])


def comparison(figures: Iterable[PublishedFigure]) -> Comparison | None:
    """The figures of one table, in printed order, as rows and years; None where there are none."""
    figures = list(figures)
    if not figures:
        return None
    years = tuple(sorted({figure.fiscal_year for figure in figures}))
    rows: dict[str, dict[int, PublishedFigure]] = {}
    for figure in figures:
        rows.setdefault(figure.row, {})[figure.fiscal_year] = figure
    return Comparison(figures[0].unit, years, tuple(_row(cells, years) for cells in rows.values()))


def _row(cells: Mapping[int, PublishedFigure], years: tuple[int, ...]) -> Row:
    newest = cells[max(cells)]
    return Row(newest.label, newest.is_total, tuple(cells.get(year) for year in years))


def bodies_in_force(signings: Iterable[Signing], day: date) -> int:
    """With how many bodies agreements are in force on a day, each counted once."""
    return len({signing.body for signing in signings if signing.agreement.is_in_force(day)})


@dataclass(frozen=True)
class Signatory:
    """A body that signed, under its printed name, with its agreement where that is recorded."""

    name: str
    agreement: CooperationAgreement | None


@dataclass(frozen=True)
class AgreementTable:
    """The bodies that signed; those that are one set of municipalities share one figure."""

    rows: tuple[tuple[PublishedFigure, tuple[Signatory, ...]], ...]
    total: PublishedFigure | None

    @property
    def body_total(self) -> int:
        return sum(len(signatories) for _, signatories in self.rows)


def agreement_table(figures: Iterable[PublishedFigure], signings: Iterable[Signing]) -> AgreementTable | None:
    """The printed table; None where no figure was entered. A body stands beside the first agreement that it signed."""
    figures = list(figures)
    if not figures:
        return None
    signed: dict[str, CooperationAgreement] = {}
    for signing in signings:
        signed.setdefault(signing.body, signing.agreement)
    rows = tuple(
        (figure, tuple(Signatory(name, signed.get(name)) for name in figure.label.split(SHARED)))
        for figure in figures
        if not figure.is_total
    )
    return AgreementTable(rows, next((figure for figure in figures if figure.is_total), None))
