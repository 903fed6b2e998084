"""What support adds up to. Pure functions, no database."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from disaster_support.choices import Giver, SupportKind

# The kind whose sum over all givers is published. Of donations the papers do not say
# whether what the wards gave and what they gave together are counted apart.
SUMMED_OVER_GIVERS = (SupportKind.RECONSTRUCTION,)


class GiverTotal(NamedTuple):
    """What one giver gave of one kind: whole yen or people, each None where no record says; how many records."""

    giver: str
    yen: int | None
    people: int | None
    records: int
    in_words: int


class KindTotal(NamedTuple):
    """One kind of support by giver; ``yen`` is the sum over the givers, None where it is not to be made."""

    kind: str
    givers: list[GiverTotal]
    yen: int | None


def totals_by_kind(rows: Iterable[Mapping[str, Any]]) -> list[KindTotal]:
    """The rows of ``SupportRecordQuerySet.totals`` by kind and giver, in the order of the vocabularies."""
    found = {(row["kind"], row["giver"]): row for row in rows}
    by_kind = [
        (kind, [_giver_total(found[kind, giver]) for giver in Giver.values if (kind, giver) in found])
        for kind in SupportKind.values
    ]
    return [KindTotal(str(SupportKind(kind).label), givers, _sum(kind, givers)) for kind, givers in by_kind if givers]


def _giver_total(row: Mapping[str, Any]) -> GiverTotal:
    label = str(Giver(row["giver"]).label)
    return GiverTotal(label, row["yen"], row["total_people"], row["record_count"], row["in_words"])


def yen_by_disaster(disasters: Iterable[Any], kind: SupportKind) -> list[tuple[Any, int]]:
    """What was officially given of one kind of money for each official disaster that was given any; greatest first.

    The disasters need their support records, as ``for_list`` fetches them.
    """
    given = []
    for disaster in disasters:
        records = disaster.support_records.all()
        counted = [row for row in records if row.kind == kind and not row.is_demo and not row.is_superseded]
        yen = sum(row.amount_yen or 0 for row in counted)
        if yen and not disaster.is_demo:
            given.append((disaster, yen))
    return sorted(given, key=lambda found: -found[1])


def _sum(kind: str, givers: list[GiverTotal]) -> int | None:
    if kind not in SUMMED_OVER_GIVERS or len(givers) < 2:
        return None
    return sum(total.yen or 0 for total in givers)
