"""What was printed beside what the records give for the same day: where they agree, where not, and why."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import models

from municipalities.models import CooperationAgreement
from portal.choices import FigureTable
from portal.core.wareki import fiscal_year_start
from portal.models import PublishedFigure
from portal.statistics.counts import partner_counts, project_counts, projects_by_year
from portal.statistics.definitions import BY_CELL, Definition
from portal.statistics.tables import SHARED


class Outcome(models.TextChoices):
    """What comes of laying a printed figure beside the records."""

    SAME = "same", "一致"
    DIFFERENT = "different", "差異"
    NO_RECORDS = "no_records", "根拠データなし"
    NOT_PRINTED = "not_printed", "公表値は「–」"


class Reconciled(NamedTuple):
    """A printed figure, and what the records give for its day; ``is_day_stated``: whether the paper names that day."""

    figure: PublishedFigure
    definition: Definition | None
    day: date
    is_day_stated: bool
    computed: int | None
    outcome: Outcome

    @property
    def difference(self) -> int | None:
        """By how much the records exceed the printed figure; None where one of them is missing."""
        if self.computed is None or self.figure.value is None:
            return None
        return self.computed - self.figure.value


def outcome_of(printed: int | None, computed: int | None) -> Outcome:
    """「–」 beside nothing is the same; beside a number it is not: what did not exist yet cannot be counted."""
    if computed is None:
        return Outcome.NO_RECORDS
    if printed is None:
        return Outcome.NOT_PRINTED if computed else Outcome.SAME
    return Outcome.SAME if printed == computed else Outcome.DIFFERENT


def day_of(figure: PublishedFigure) -> date:
    """The day to count for: the one stated, else the last of the figure's fiscal year."""
    return figure.as_of or date(fiscal_year_start(figure.fiscal_year).year + 1, 3, 31)


def reconcile(figures: Iterable[PublishedFigure]) -> list[Reconciled]:
    """Every printed figure beside the records of its day: one query, and one or two for each day of the tables."""
    figures = list(figures)
    by_year = projects_by_year()
    of_bodies = {
        day: _members_by_bodies(day) for day in {day_of(figure) for figure in figures if _is_of_bodies(figure)}
    }
    partners = {day: partner_counts(day) for day in {day_of(figure) for figure in figures if not _is_of_bodies(figure)}}

    def computed(figure: PublishedFigure) -> int | None:
        day = day_of(figure)
        if _is_of_bodies(figure):
            return of_bodies[day].get(frozenset(figure.label.split(SHARED)))
        definition = BY_CELL.get((FigureTable(figure.table), figure.row))
        counts = partners[day] | project_counts(figure.fiscal_year, by_year)
        return counts[definition.id] if definition else None

    return [_reconciled(figure, computed(figure)) for figure in figures]


def _reconciled(figure: PublishedFigure, computed: int | None) -> Reconciled:
    definition = BY_CELL.get((FigureTable(figure.table), figure.row))
    is_day_stated = figure.as_of is not None
    return Reconciled(figure, definition, day_of(figure), is_day_stated, computed, outcome_of(figure.value, computed))


def _is_of_bodies(figure: PublishedFigure) -> bool:
    """Whether it is a row of the table of agreements: its label names one body or two."""
    return figure.table == FigureTable.AGREEMENTS and not figure.is_total


def _members_by_bodies(day: date) -> dict[frozenset[str], int]:
    """The members on a day of each agreement in force on it, by the names of its bodies; two queries."""
    agreements: Iterable[Any] = CooperationAgreement.objects.published().official().in_force(day).for_list(day)
    return {frozenset(body.name for body in row.bodies.all()): row.member_count for row in agreements}


class OneSided(NamedTuple):
    """Bodies that only the paper names, and bodies that only the records have."""

    printed_only: list[str]
    recorded_only: list[str]


def bodies_on_one_side(figures: Iterable[PublishedFigure]) -> OneSided:
    """The bodies of the printed table of agreements against those of the agreements recorded; two queries."""
    rows = [figure for figure in figures if _is_of_bodies(figure)]
    printed = [name for figure in rows for name in figure.label.split(SHARED)]
    day = max(map(day_of, rows), default=None)
    recorded = sorted(name for names in _members_by_bodies(day) for name in names) if day else []
    return OneSided(
        [name for name in printed if name not in recorded], [name for name in recorded if name not in printed]
    )
