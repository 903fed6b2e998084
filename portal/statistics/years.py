"""連携自治体 at the end of each fiscal year, and on the day that is looked at."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from municipalities.choices import Relation
from municipalities.querysets import ALWAYS, NEVER
from municipalities.yearly import YearSpan, year_spans
from portal.core import charts
from portal.core.wareki import fiscal_year_of, fiscal_year_start
from portal.statistics import rules
from portal.statistics.partners import SETS, partners_on

# The columns of the table.
COLUMNS = (*SETS, Relation.UNION)


@dataclass(frozen=True)
class Year:
    """The numbers at the end of a fiscal year, or on a day within it; None: nothing of that kind until then.

    ``before`` is the union at the end of the year before.
    """

    fiscal_year: int
    day: date
    numbers: tuple[int | None, ...]
    before: int | None

    @property
    def is_over(self) -> bool:
        """Whether the numbers are those of the year's last day."""
        return self.day == last_day_of(self.fiscal_year)

    @property
    def cells(self) -> list[tuple[Relation, int | None]]:
        return list(zip(COLUMNS, self.numbers, strict=True))

    @property
    def union(self) -> int | None:
        return self.numbers[-1]

    @property
    def growth(self) -> int | None:
        return rules.growth(self.before, self.union)

    @property
    def multiple(self) -> Decimal | None:
        return rules.multiple(self.before, self.union)


def last_day_of(fiscal_year: int) -> date:
    """31 March."""
    return fiscal_year_start(fiscal_year + 1) - timedelta(days=1)


def years_until(day: date) -> list[Year]:
    """From the first fiscal year with records to a day, from official records; two queries.

    Nothing where there is no record until then.
    """
    spans = year_spans()
    ended = ended_years(spans, day)
    days = [last_day_of(year) for year in ended]
    columns = [at_ends_of(ended, [s for s in spans if s.relation == relation]) for relation in COLUMNS]
    if day not in days:
        days.append(day)
        columns = [[*column, number] for column, number in zip(columns, _numbers_on(day), strict=True)]
    rows = list(zip(*map(begun, columns), strict=True))
    before = [None, *(row[-1] for row in rows)]
    years = [Year(fiscal_year_of(on), on, row, union) for on, row, union in zip(days, rows, before, strict=False)]
    return [year for year in years if year.union is not None]


def ended_years(spans: Iterable[YearSpan], day: date) -> range:
    """The fiscal years over by a day (or on it), from the first of which the spans know anything."""
    known = [span.past - 1 if span.first == ALWAYS else span.first for span in spans]
    first = min((year for year in known if year < NEVER - 1), default=NEVER)
    now = fiscal_year_of(day)
    return range(first, now + 1 if day == last_day_of(now) else now)


def at_ends_of(years: range, spans: Iterable[YearSpan]) -> list[int]:
    """How many municipalities the spans, of one relation, have at the end of each year."""
    changes: Counter[int] = Counter()
    for span in spans:
        changes[max(span.first, years.start)] += span.total
        changes[span.past] -= span.total
    return list(accumulate(changes[year] for year in years))


def begun(column: Sequence[int]) -> list[int | None]:
    """The numbers of a column; until the first of something it is not 0 but None, 「–」."""
    return [number if most else None for number, most in zip(column, accumulate(column, max), strict=True)]


def chart_of(years: Sequence[Year]) -> charts.LineChart | None:
    """The columns as lines; None where one day alone would be drawn."""
    return charts.line_chart(
        [year.day for year in years],
        [(relation.label, [year.numbers[at] for year in years]) for at, relation in enumerate(COLUMNS)],
    )


def _numbers_on(day: date) -> list[int]:
    partners = partners_on(day)
    return [*(number for _, number in partners.by_set), partners.union]
