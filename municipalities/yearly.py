"""How many municipalities are linked with the wards at the end of each fiscal year: all years in one query."""

from typing import Any, NamedTuple

from django.db import connections

from municipalities.choices import Relation
from municipalities.models import AgreementMember, Membership, Municipality, WardTie
from municipalities.querysets import NEVER

# The spans of a set. What still runs at a municipality is one span, from the first year of such a row on; a row that
# ended is another only where it began before that. So most rows are gone before the costly step that follows.
_SPANS = """
    {relation}_running (town, first) AS ({running}),
    {relation}_ended (town, first, past) AS ({ended}),
    {relation}_spans AS (
        SELECT town, first, {never} AS past FROM {relation}_running
        UNION ALL
        SELECT ended.town, ended.first, ended.past
        FROM {relation}_ended AS ended LEFT JOIN {relation}_running AS running ON running.town = ended.town
        WHERE running.first IS NULL OR ended.first < running.first
    )
"""
_UNION_RUNNING = "SELECT town, MIN(first) FROM held WHERE past = {never} GROUP BY town"
_UNION_ENDED = "SELECT town, first, past FROM held WHERE past < {never}"
# Of the spans of a municipality in the order of their beginning, what each adds to those before it: so no year of a
# municipality is counted twice, however many spans lie over it. A municipality that was dissolved is in no set from
# then on: such are few, and looked up for what is left.
_HELD = """
    SELECT '{relation}' AS relation, spans.town, CASE WHEN covered > first THEN covered ELSE first END AS first,
        CASE WHEN gone.past < spans.past THEN gone.past ELSE spans.past END AS past
    FROM (
        SELECT town, first, past, MAX(past) OVER (
            PARTITION BY town ORDER BY first ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS covered
        FROM {relation}_spans
        WHERE first < past
    ) AS spans
    LEFT JOIN gone ON gone.town = spans.town
    WHERE covered IS NULL OR covered < spans.past
"""
_COUNTED = """
    WITH gone (town, past) AS ({gone}), {spans}, held AS ({sets}), {union_spans}
    SELECT relation, first, past, COUNT(*) FROM held WHERE first < past GROUP BY relation, first, past
    UNION ALL
    SELECT relation, first, past, COUNT(*) FROM ({union}) AS every WHERE first < past GROUP BY relation, first, past
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
        Relation.EXCHANGE: WardTie.objects.official(),
        Relation.MEMBER: Membership.objects.official(),
        Relation.AGREEMENT: AgreementMember.objects.official().of_published_agreements(),
    }
    parts: list[Any] = [Municipality.objects.years_of_dissolution()]
    for rows in sets.values():
        parts += [rows.running_since(), rows.ended().year_spans()]
    compiled = [part.query.sql_with_params() for part in parts]
    gone, *texts = (text for text, _ in compiled)
    # Nothing here comes from outside: the names are ours, the inner queries are Django's with their parameters apart.
    sql = _COUNTED.format(
        gone=gone,
        spans=", ".join(map(_spans, sets, texts[::2], texts[1::2])),
        sets=" UNION ALL ".join(_HELD.format(relation=name) for name in sets),
        union_spans=_spans(Relation.UNION, _UNION_RUNNING.format(never=NEVER), _UNION_ENDED.format(never=NEVER)),
        union=_HELD.format(relation=Relation.UNION),
    )
    with connections[parts[0].db].cursor() as cursor:
        cursor.execute(sql, [value for _, values in compiled for value in values])
        return [YearSpan(*row) for row in cursor.fetchall()]


def _spans(relation: Relation, running: str, ended: str) -> str:
    """SQL of the spans of a set, from its rows that run and those that ended."""
    return _SPANS.format(relation=relation, running=running, ended=ended, never=NEVER)
