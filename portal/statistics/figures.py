"""The numbers in long format: one line for each figure, as printed, as fixed once, and as counted on a day."""

import csv
import json
from collections.abc import Iterable
from datetime import date
from io import StringIO
from typing import Any, NamedTuple

from portal.choices import FigureState, FigureTable
from portal.core.cells import defused
from portal.core.wareki import fiscal_year_of
from portal.models import PublishedFigure
from portal.statistics.counts import counts_on
from portal.statistics.definitions import BY_CELL, BY_ID

# Where a figure comes from, beside the two that PublishedFigure knows; and that there are no records to count.
COMPUTED, NO_RECORDS = "computed", "no_records"


class Figure(NamedTuple):
    """A number under its definition. ``value`` is None for 「–」 (did_not_exist) and where nothing is recorded.

    ``as_of`` is None where the paper states no day. ``origin``: printed | counted (fixed from the records) | computed.
    """

    definition: str
    label: str
    as_of: date | None
    fiscal_year: int
    unit: str
    value: int | None
    state: str
    origin: str


def figures_on(day: date) -> list[Figure]:
    """What had been published by a day, and what the records give for it; three queries."""
    published = PublishedFigure.objects.official().stated_by(day).in_printed_order()
    return [*map(_published, published), *_computed(day)]


def _published(figure: PublishedFigure) -> Figure:
    definition = BY_CELL.get((FigureTable(figure.table), figure.row))
    name = definition.id if definition else f"{figure.table}.{figure.row}"
    return Figure(
        name, figure.label, figure.as_of, figure.fiscal_year, figure.unit, figure.value, figure.state, figure.origin
    )


def _computed(day: date) -> list[Figure]:
    found = []
    for name, value in counts_on(day).items():
        label, unit = BY_ID[name].label, BY_ID[name].unit
        state = NO_RECORDS if value is None else str(FigureState.STATED)
        found.append(Figure(name, label, day, fiscal_year_of(day), unit, value, state, COMPUTED))
    return found


def as_csv(figures: Iterable[Figure]) -> bytes:
    """With a byte order mark, for spreadsheets; None is an empty cell, and nothing in it runs."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(Figure._fields)
    for figure in figures:
        writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in figure])
    return text.getvalue().encode("utf-8-sig")


def as_json(day: date, figures: Iterable[Figure]) -> bytes:
    """None is null."""
    content = {"as_of": day.isoformat(), "figures": [_plain(figure) for figure in figures]}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(figure: Figure) -> dict[str, Any]:
    return figure._asdict() | {"as_of": figure.as_of.isoformat() if figure.as_of else None}
