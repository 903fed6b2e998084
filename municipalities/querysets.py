"""Which prefectures, municipalities, ties, agreements and memberships: by place, by kind, on a day."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Cast, Coalesce, Greatest, Least, Replace
from django.utils import timezone

from municipalities.choices import BodyKind, MunicipalityKind, Relation
from municipalities.rules import MEMBER_KINDS
from portal.core.models import OfficialQuerySet
from portal.core.periods import FiscalYear, covers
from portal.core.publishing import PublishableQuerySet
from portal.core.text import fold


def _rows(model: str) -> Any:
    """The rows of a neighbouring model, which itself imports this module."""
    return apps.get_model("municipalities", model).objects


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
        return self.annotate(municipality_count=_count_in_prefecture(_rows("Municipality").existing()))

    def with_linked_count(self, on: date | None = None) -> Self:
        """``linked_count``: how many of its municipalities are officially linked with the wards on a day."""
        linked = _rows("Municipality").linked(Relation.UNION, on, official=True)
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
        gone = self.filter(dissolved_on__isnull=False).order_by().annotate(town=_as_number("code"))
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
        ties = _rows("WardTie").official().in_force(on).filter(ward=ward, municipality=OuterRef("pk"))
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
        Relation.EXCHANGE: _rows("WardTie").all(),
        Relation.MEMBER: _rows("Membership").all(),
        Relation.AGREEMENT: _rows("AgreementMember").all(),
    }


def _link_tests(on: date | None, *, official: bool) -> dict[str, Exists]:
    ties, memberships = _rows("WardTie").in_force(on), _rows("Membership").in_force(on)
    members = _rows("AgreementMember").of_public_agreements(on)
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


def _as_number(code: Any) -> Cast:
    """A municipality's code as a number is sorted in half the time."""
    return Cast(code, models.IntegerField())


# Fiscal years before and after every other: those of an unknown beginning, and of what still runs.
ALWAYS, NEVER = 0, 9999


class InForceQuerySet(OfficialQuerySet):
    """Rows that hold for a period [``starts``, ``ends``)."""

    starts, ends = "starts_on", "ends_on"

    def year_spans(self) -> models.QuerySet:
        """The code of the municipality, and the fiscal years at whose end (31 March) each row holds.

        They are told by the first of them, and by the first after it at whose end the row does not hold; the two are
        equal for a row that holds at no year's end. ALWAYS: its beginning is unknown; NEVER: it still runs.
        """
        towns = self.order_by().annotate(town=_as_number("municipality"))
        return towns.annotate(first=self._first_year(), past=self._past_year()).values_list("town", "first", "past")

    def running_since(self) -> models.QuerySet:
        """The code of each municipality of which a row has no end, and the first fiscal year at whose end one holds."""
        towns = self.filter(self._runs()).order_by().values("municipality")
        # The least of one code is that code; made a number before, it would be grouped by as well, past the index.
        town, first = _as_number(models.Min("municipality")), models.Min(self._first_year())
        return towns.annotate(town=town, first=first).values_list("town", "first")

    def ended(self) -> Self:
        """The rows with an end, gone by or to come."""
        return self.exclude(self._runs())

    def _runs(self) -> Q:
        return Q(**{f"{self.ends}__isnull": True})

    def _first_year(self) -> Any:
        return Coalesce(FiscalYear(self.starts), ALWAYS)

    def _past_year(self) -> Any:
        return Coalesce(FiscalYear(self.ends), NEVER)

    def in_force(self, on: date | None = None) -> Self:
        """The rows whose period holds a day (today unless given)."""
        return self.filter(covers(on or timezone.localdate(), self.starts, self.ends))

    def at_places(self, codes: Iterable[str]) -> Self:
        """The rows of these municipalities."""
        return self.filter(municipality__in=list(codes))

    def current_and_ended(self, on: date | None = None) -> tuple[list, list]:
        """The rows that hold on a day and those over by it, in one query; what is yet to begin is in neither."""
        on = on or timezone.localdate()
        begun: Any = self.exclude(**{f"{self.starts}__gt": on}).annotate(is_current=covers(on, self.starts, self.ends))
        current: list = []
        ended: list = []
        for row in begun:
            (current if row.is_current else ended).append(row)
        return current, ended


_PARTNERS = Count("municipality", distinct=True)


class WardTieQuerySet(InForceQuerySet):
    def _with_existing(self, on: date | None) -> Self:
        there = still_there(on or timezone.localdate(), "municipality__")
        return self.official().in_force(on).filter(there).order_by()

    def partners_by_ward(self, on: date | None = None) -> dict[str, int]:
        """How many municipalities each ward is officially tied with on a day, by its code; none: no entry."""
        counted = self._with_existing(on).values_list("ward")
        return dict(counted.annotate(total=_PARTNERS))

    def partners_by_ward_and_prefecture(self, on: date | None = None) -> dict[tuple[str, str], int]:
        """The same for each ward and prefecture, by their codes."""
        counted = self._with_existing(on).values_list("ward", "municipality__prefecture")
        return {(ward, prefecture): total for ward, prefecture, total in counted.annotate(total=_PARTNERS)}

    def for_list(self) -> Self:
        return self.select_related("ward", "municipality__prefecture").order_by("municipality", "ward", "kind")

    def for_open_data(self) -> Self:
        """With all that a row of open data tells of each, in an order that stays."""
        return self.select_related("ward", "municipality__prefecture").order_by("ward", "municipality", "kind", "pk")


class AgreementMemberQuerySet(InForceQuerySet):
    starts, ends = "joined_on", "left_on"

    def for_list(self) -> Self:
        return self.select_related("municipality__prefecture").order_by("municipality", "joined_on")

    def official(self) -> Self:
        """A member is fictional where its agreement is."""
        return self.filter(agreement__is_demo=False)

    def of_public_agreements(self, on: date | None = None) -> Self:
        """The members, on a day, of the published agreements that are in force on it."""
        agreements = _rows("CooperationAgreement").published().in_force(on)
        return self.in_force(on).filter(agreement__in=agreements.order_by().values("pk"))

    def of_published_agreements(self) -> Self:
        agreements = _rows("CooperationAgreement").published().order_by().values("pk")
        return self.filter(agreement__in=agreements)

    # A member belongs while its agreement is in force.
    def _runs(self) -> Q:
        return super()._runs() & Q(agreement__ends_on__isnull=True)

    def _first_year(self) -> Any:
        return Greatest(super()._first_year(), FiscalYear("agreement__signed_on"))

    def _past_year(self) -> Any:
        return Least(super()._past_year(), Coalesce(FiscalYear("agreement__ends_on"), NEVER))

    def with_agreement(self) -> Self:
        """With the agreement of each and its bodies, the oldest agreement first."""
        agreements = self.select_related("agreement").prefetch_related("agreement__bodies")
        return agreements.order_by("agreement__signed_on", "agreement")


class Signing(NamedTuple):
    """A body, by its name, and an agreement that it signed."""

    body: str
    agreement: Any


class CooperationAgreementQuerySet(PublishableQuerySet, InForceQuerySet):  # type: ignore[override]
    starts = "signed_on"

    def for_list(self, on: date | None = None) -> Self:
        """With the bodies of each and ``member_count``, its members on a day."""
        on = on or timezone.localdate()
        counted = Count("members", filter=covers(on, "members__joined_on", "members__left_on"))
        bodies = Prefetch("bodies", _rows("PartnerBody").select_related("prefecture"))
        return self.annotate(member_count=counted).prefetch_related(bodies)

    def signings(self) -> list[Signing]:
        """Every body of these agreements with each of them, the oldest agreement first; one query."""
        pairs = _rows("CooperationAgreement_bodies").filter(cooperationagreement__in=self.order_by().values("pk"))
        order = ("signed_on", "listing_order", "pk")
        ordered = pairs.order_by(*(f"cooperationagreement__{name}" for name in order), "partnerbody")
        rows = ordered.select_related("cooperationagreement", "partnerbody")
        return [Signing(row.partnerbody.name, row.cooperationagreement) for row in rows]

    def with_members(self) -> Self:
        """With the bodies and every member of each, past ones as well; the oldest agreement first."""
        bodies = Prefetch("bodies", _rows("PartnerBody").order_by("pk"))
        return self.with_member_rows().prefetch_related(bodies).order_by("signed_on", "listing_order", "pk")

    def with_member_rows(self) -> Self:
        """With every member of each, past ones as well."""
        return self.prefetch_related(Prefetch("members", _rows("AgreementMember").for_list()))

    def in_prefecture(self, code: str) -> Self:
        """The agreements of which a body is of this prefecture."""
        bodies = _rows("PartnerBody").filter(prefecture=code, agreements=OuterRef("pk"))
        return self.filter(Exists(bodies))

    def first_signed_on(self) -> date | None:
        """The day on which the first of these agreements was signed; None where there is none."""
        return self.aggregate(first=models.Min("signed_on"))["first"]

    def body_total(self) -> int:
        """How many bodies these agreements are with, each counted once."""
        return self.aggregate(total=Count("bodies", distinct=True))["total"]

    def member_total(self, on: date | None = None) -> int:
        """How many municipalities belong to these agreements on a day, each counted once."""
        members = _rows("AgreementMember").in_force(on).filter(agreement__in=self.order_by().values("pk"))
        return members.aggregate(total=Count("municipality", distinct=True))["total"]

    def member_periods(self) -> list[tuple[str, date, date | None]]:
        """Each municipality that belonged to one of these agreements, with the period in which it did.

        The period is its first day and the first day after its end; None where it still runs.
        """
        members = _rows("AgreementMember").filter(agreement__in=self.order_by().values("pk"))
        columns = ("municipality", "joined_on", "agreement__signed_on", "left_on", "agreement__ends_on")
        found = []
        for code, joined, signed, left, over in members.values_list(*columns):
            starts, ends = max(joined, signed), min(filter(None, (left, over)), default=None)
            if ends is None or starts < ends:
                found.append((code, starts, ends))
        return found


class CompanyAgreementQuerySet(PublishableQuerySet, InForceQuerySet):  # type: ignore[override]
    starts = "signed_on"

    def for_list(self) -> Self:
        return self.select_related("company").order_by(F("signed_on").desc(), "pk")
