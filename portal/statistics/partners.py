"""連携自治体 counted from the records: on any day, by set, together once, and where the sets overlap."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from municipalities.choices import Relation
from municipalities.models import Municipality, Ward
from municipalities.querysets import RelationCount

# The sets of the printed table, in its order; their union is its total.
SETS = (Relation.EXCHANGE, Relation.MEMBER, Relation.AGREEMENT)


class Overlap(NamedTuple):
    """The municipalities that are in all of these sets; ``name`` is their name for good, in addresses and data sets."""

    sets: tuple[Relation, ...]

    @property
    def name(self) -> str:
        return "-".join(self.sets)

    @property
    def label(self) -> str:
        return "と".join(str(relation.label) for relation in self.sets)


# Each pair of sets, and all three.
OVERLAPS = tuple(Overlap(sets) for size in (2, 3) for sets in combinations(SETS, size))


@dataclass(frozen=True)
class Partners:
    """How many municipalities are in exactly which sets: every other number follows from these eight.

    ``recorded`` are the sets of which there is any record; of the others nobody can say how many are in them.
    """

    exactly: Mapping[frozenset[str], int]
    recorded: frozenset[str] = frozenset(SETS)

    def within(self, *sets: str) -> int:
        """How many are in all of these sets, whatever else they are in."""
        return sum(total for held, total in self.exactly.items() if held.issuperset(sets))

    @property
    def union(self) -> int:
        """連携自治体数の合計: in one set or several, each counted once."""
        return sum(total for held, total in self.exactly.items() if held)

    @property
    def sum(self) -> int:
        """What the sets add up to; who is in n of them is in it n times."""
        return sum(len(held) * total for held, total in self.exactly.items())

    @property
    def municipalities(self) -> int:
        """How many municipalities there are, partners or not."""
        return sum(self.exactly.values())

    def without(self, others: "Partners") -> "Partners":
        """The rest, where some of these municipalities are left out."""
        rest = {held: total - others.exactly.get(held, 0) for held, total in self.exactly.items()}
        return Partners(rest, self.recorded)

    @property
    def is_complete(self) -> bool:
        """Whether there are records of every set, so that the union says what it means."""
        return self.recorded.issuperset(SETS)

    @property
    def surplus(self) -> int:
        """By how much the sum exceeds the union: 「重なって数えられた分」."""
        return self.sum - self.union

    @property
    def by_set(self) -> list[tuple[Relation, int]]:
        """Each set with how many are in it."""
        return [(relation, self.within(relation)) for relation in SETS]

    @property
    def overlaps(self) -> list[tuple[Overlap, int | None]]:
        """Each overlap with how many are in it; None where there is no record of one of its sets."""
        return [
            (overlap, self.within(*overlap.sets) if self.recorded.issuperset(overlap.sets) else None)
            for overlap in OVERLAPS
        ]


def partners_on(day: date) -> Partners:
    """The partners of a day, from official records; one query."""
    return _partners(Municipality.objects.relation_counts(day))


def partners_by_prefecture(day: date) -> dict[str, Partners]:
    """The partners of a day in each prefecture, by its code; one query."""
    counted: dict[str, list[RelationCount]] = {}
    for count in Municipality.objects.relation_counts(day, by="prefecture"):
        counted.setdefault(count.place, []).append(count)
    return {code: _partners(counts) for code, counts in counted.items()}


def partner_wards(day: date) -> Partners:
    """The 23 wards that are partners themselves, of other wards for example; one query."""
    return _partners(Ward.objects.relation_counts(day))


def _partners(counts: Iterable[RelationCount]) -> Partners:
    counts = list(counts)
    recorded = counts[0].recorded if counts else frozenset[str]()
    return Partners({count.relations: count.total for count in counts}, recorded)
