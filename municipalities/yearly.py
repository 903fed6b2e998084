"""How many municipalities are linked with the wards at the end of each fiscal year: all years in one query."""

from typing import NamedTuple

from django.db import connections

from municipalities.choices import Relation
from municipalities.models import AgreementMember, Membership, WardTie

# Of the spans of a municipality in the order of their beginning, what each adds to those before it: so no year of a
# municipality is counted twice, however many spans lie over it.
_ADDED = """
    SELECT '{relation}' AS relation, town, CASE WHEN covered > first THEN covered ELSE first END AS first, past
    FROM (
        SELECT town, first, past, MAX(past) OVER (
            PARTITION BY town ORDER BY first ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS covered
        FROM {spans}
    ) AS spans
    WHERE first < past AND (covered IS NULL OR covered < past)
"""
_COUNTED = """
    WITH {spans}, held AS ({sets}), every AS (SELECT * FROM held UNION ALL {union})
    SELECT relation, first, past, COUNT(*) FROM every GROUP BY relation, first, past
"""


class YearSpan(NamedTuple):
    """So many municipalities have a relation at the ends of the fiscal years from ``first`` until before ``past``.

    ``first`` may be ALWAYS and ``past`` NEVER (see ``querysets``). No municipality is in two spans of one year.
    """

    relation: str
    first: int
    past: int
    total: int


def year_spans() -> list[YearSpan]:
    """Each set, and their union, over the fiscal years, from official records; one query for all of them.

    The database works through the rows once, whatever the number of years; what comes back grows with the years only.
    """
    sets = {
        Relation.EXCHANGE: WardTie.objects.official().year_spans(),
        Relation.MEMBER: Membership.objects.official().year_spans(),
        Relation.AGREEMENT: AgreementMember.objects.official().year_spans(),
    }
    compiled = {relation.value: rows.query.sql_with_params() for relation, rows in sets.items()}
    # Nothing here comes from outside: the names are ours, the inner queries are Django's with their parameters apart.
    sql = _COUNTED.format(
        spans=", ".join(f"{name}_spans (town, first, past) AS ({text})" for name, (text, _) in compiled.items()),
        sets=" UNION ALL ".join(_ADDED.format(relation=name, spans=f"{name}_spans") for name in compiled),
        union=_ADDED.format(relation=Relation.UNION.value, spans="held"),
    )
    with connections[sets[Relation.EXCHANGE].db].cursor() as cursor:
        cursor.execute(sql, [value for _, values in compiled.values() for value in values])
        return [YearSpan(*row) for row in cursor.fetchall()]
