"""Which prefectures, municipalities and wards, and how they are linked with the wards on a day."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Replace
from django.utils import timezone

from municipalities.choices import BodyKind, MunicipalityKind, Relation
from municipalities.querysets.period import as_number, rows_of
from municipalities.rules import MEMBER_KINDS
from portal.core.periods import FiscalYear, covers
from portal.core.text import fold


class RelationCount(NamedTuple):
    """How many municipalities of a place have exactly these relations with the wards.

    ``recorded`` are the relations of which there is any official record: of the others, 0 is not known to be right.
    """

    place: str
    relations: frozenset[str]
    recorded: frozenset[str]
    total: int


class PrefectureQuerySet(models.QuerySet):
    def choices(self) -> list[tuple[str, str]]:
        """Code and name of each, for a form."""
        return list(self.values_list("code", "name"))

    def with_municipality_count(self) -> Self:
        """``municipality_count``: how many municipalities each has today."""
        return self.annotate(municipality_count=_count_in_prefecture(rows_of("Municipality").existing()))

    def with_linked_count(self, on: date | None = None) -> Self:
        """``linked_count``: how many of its municipalities are officially linked with the wards on a day."""
        linked = rows_of("Municipality").linked(Relation.UNION, on, official=True)
        return self.annotate(linked_count=_count_in_prefecture(linked))


def still_there(on: date, path: str = "") -> Q:
    """The municipality at the end of a path was not dissolved by a day."""
    return Q(**{f"{path}dissolved_on__isnull": True}) | Q(**{f"{path}dissolved_on__gt": on})


def _count_in_prefecture(municipalities: models.QuerySet) -> Coalesce:
    """A subquery: a joined count would work out every other column once for each municipality."""
    there = municipalities.filter(prefecture=OuterRef("pk")).order_by().values("prefecture")
    counted = there.annotate(total=Count("pk")).values("total")
    return Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0)


class MunicipalityQuerySet(models.QuerySet):
    def for_list(self) -> Self:
        return self.select_related("prefecture")

    def for_detail(self) -> Self:
        return self.select_related("prefecture", "contact")

    def existing(self, on: date | None = None) -> Self:
        """Those that are there on a day (today unless given): not yet merged into another, not yet renamed."""
        return self.filter(still_there(on or timezone.localdate()))

    def years_of_dissolution(self) -> models.QuerySet:
        """The code of each that was dissolved, and the first fiscal year at whose end it was not there any more."""
        gone = self.filter(dissolved_on__isnull=False).order_by().annotate(town=as_number("code"))
        return gone.annotate(past=FiscalYear("dissolved_on")).values_list("town", "past")

    def with_code(self, code: str) -> Self:
        return self.filter(code=code)

    def outside_the_wards(self) -> Self:
        return self.exclude(kind=MunicipalityKind.SPECIAL_WARD)

    def in_prefecture(self, code: str) -> Self:
        return self.filter(prefecture=code)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def represented_by(self, bodies: Iterable[Any]) -> Self:
        """The municipalities that these bodies are the associations of, as the municipality table has them now."""
        represented = Q(pk__in=[])
        for body in bodies:
            represented |= Q(prefecture=body.prefecture_id, kind__in=MEMBER_KINDS[BodyKind(body.kind)])
        return self.existing().filter(represented)

    def matching(self, text: str) -> Self:
        """Where the name holds the words, or the reading, the English name or the code begins with them.

        Small ヶ and large ケ are one letter here: names have either, and people type either.
        """
        folded = fold(text)
        written = unicodedata.normalize("NFKC", text).strip().replace("ヶ", "ケ")
        return self.alias(plain_name=Replace("name", Value("ヶ"), Value("ケ"))).filter(
            Q(plain_name__contains=written)
            | Q(name__contains=folded)
            | Q(name_kana__startswith=folded)
            | Q(name_en__istartswith=folded)
            | Q(code__startswith=folded)
        )

    def linked(self, relation: str, on: date | None = None, *, official: bool) -> Self:
        """The municipalities that have a relation with the wards on a day; ``official`` leaves out fictional rows."""
        tests = _link_tests(on, official=official)
        rows = self.existing(on)
        if relation != Relation.UNION:
            return rows.filter(tests[relation])
        return rows.filter(tests[Relation.EXCHANGE] | tests[Relation.MEMBER] | tests[Relation.AGREEMENT])

    def tied_with(self, ward: str, on: date | None = None) -> Self:
        """The municipalities that a ward, known by its code, is officially tied with on a day."""
        ties = rows_of("WardTie").official().in_force(on).filter(ward=ward, municipality=OuterRef("pk"))
        return self.filter(Exists(ties))

    def count_by_prefecture(self) -> dict[str, int]:
        """How many of these each prefecture has, by its code; none: no entry."""
        return dict(self.order_by().values_list("prefecture").annotate(total=Count("pk")))

    def with_links(self, on: date | None = None) -> Self:
        """What links each with the wards on a day: ``has_exchange``, ``has_member``, ``has_agreement``.

        ``official_exchange``, ``official_member``, ``official_agreement`` leave out fictional rows.
        """
        tests = {f"has_{relation}": test for relation, test in _link_tests(on, official=False).items()}
        tests |= {f"official_{relation}": test for relation, test in _link_tests(on, official=True).items()}
        return self.annotate(**tests)

    def relation_counts(self, on: date | None = None, *, by: str = "") -> list[RelationCount]:
        """How many of these are officially linked with the wards on a day, for each combination of relations.

        ``by`` names a column to count apart for, such as ``prefecture``. What is linked in no way is counted too.
        """
        tests = {str(relation): test for relation, test in _link_tests(on, official=True).items()}
        records = {f"any_{relation}": Exists(rows.official()) for relation, rows in _link_rows().items()}
        place = models.F(by) if by else Value("", output_field=models.CharField())
        rows = self.existing(on).order_by().annotate(place=place, **tests, **records)
        counted = rows.values_list("place", *tests, *records).annotate(total=Count("pk"))
        return [
            RelationCount(place, _those(tests, found[: len(tests)]), _those(tests, found[len(tests) :]), total)
            for place, *found, total in counted
        ]

    def with_tie_counts(self, on: date | None = None) -> Self:
        """For wards: ``tie_count``, official ties in force on a day, and ``partner_count``, the municipalities tied."""
        on = on or timezone.localdate()
        official = Q(ties__is_demo=False) & covers(on, "ties__starts_on", "ties__ends_on")
        official &= still_there(on, "ties__municipality__")
        return self.annotate(
            tie_count=Count("ties", filter=official),
            partner_count=Count("ties__municipality", filter=official, distinct=True),
        )


def _those(relations: Iterable[str], found: Iterable[bool]) -> frozenset[str]:
    return frozenset(relation for relation, holds in zip(relations, found, strict=True) if holds)


def _link_rows() -> dict[Relation, Any]:
    """The records of each relation."""
    return {
        Relation.EXCHANGE: rows_of("WardTie").all(),
        Relation.MEMBER: rows_of("Membership").all(),
        Relation.AGREEMENT: rows_of("AgreementMember").all(),
    }


def _link_tests(on: date | None, *, official: bool) -> dict[str, Exists]:
    ties, memberships = rows_of("WardTie").in_force(on), rows_of("Membership").in_force(on)
    members = rows_of("AgreementMember").of_public_agreements(on)
    if official:
        ties, memberships, members = ties.official(), memberships.official(), members.official()
    return {
        Relation.EXCHANGE: Exists(ties.filter(municipality=OuterRef("pk"))),
        Relation.MEMBER: Exists(memberships.filter(municipality=OuterRef("pk"))),
        Relation.AGREEMENT: Exists(members.filter(municipality=OuterRef("pk"))),
    }


class WardManager(models.Manager.from_queryset(MunicipalityQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> MunicipalityQuerySet:
        return super().get_queryset().of_kind(MunicipalityKind.SPECIAL_WARD)
