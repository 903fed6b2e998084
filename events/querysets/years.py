"""Which fiscal years have rows, found by stepping from one to the next through an index.

SELECT DISTINCT reads every row: at 100,000 that is longer than the rest of a page. ORMs know no recursion, hence SQL.
"""

from contextlib import suppress
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Count, QuerySet, Value

_YEARS = """
SELECT year FROM (
WITH RECURSIVE steps(year) AS (
    SELECT (SELECT fiscal_year FROM ({rows}) AS every ORDER BY fiscal_year LIMIT 1)
    UNION ALL
    SELECT (SELECT fiscal_year FROM ({rows}) AS every WHERE fiscal_year > steps.year ORDER BY fiscal_year LIMIT 1)
    FROM steps WHERE steps.year IS NOT NULL
)
SELECT year FROM steps WHERE year IS NOT NULL
) AS years
"""


def fiscal_years(*sets: QuerySet) -> list[int]:
    """The fiscal years that rows of any of these sets belong to; newest first. One query."""
    statements, parameters = [], []
    for rows in sets:
        with suppress(EmptyResultSet):
            statement, values = rows.order_by().values("fiscal_year").query.sql_with_params()
            statements.append(_YEARS.format(rows=statement))
            parameters += [*values, *values]
    if not statements:
        return []
    with connections[sets[0].db].cursor() as cursor:
        cursor.execute(" UNION ".join(statements), parameters)
        return sorted((year for (year,) in cursor.fetchall()), reverse=True)


def counts_by_fiscal_year(**named: Any) -> dict[str, dict[int, int]]:
    """How many rows of each of these, by its name, belong to each fiscal year; a year with none has no entry.

    One query.
    """
    parts = [
        rows.order_by().values("fiscal_year").annotate(name=Value(name), total=Count("pk"))
        for name, rows in named.items()
    ]
    first, *others = (part.values_list("name", "fiscal_year", "total") for part in parts)
    counted: dict[str, dict[int, int]] = {name: {} for name in named}
    for name, year, total in first.union(*others, all=True):
        counted[name][year] = total
    return counted
