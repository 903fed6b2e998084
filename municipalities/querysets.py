"""Which prefectures, municipalities, ties, agreements and memberships: by place, by kind, on a day."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from municipalities.choices import MunicipalityKind, Relation
from portal.core.models import OfficialQuerySet
from portal.core.periods import covers
from portal.core.publishing import PublishableQuerySet
from portal.core.text import fold


def _rows(model: str) -> Any:
    """The rows of a neighbouring model, which itself imports this module."""
    return apps.get_model("municipalities", model).objects


class PrefectureQuerySet(models.QuerySet):
    def with_municipality_count(self) -> Self:
        return self.annotate(municipality_count=Count("municipalities"))

    def with_linked_count(self, on: date | None = None) -> Self:
        """How many municipalities of each prefecture are officially linked with the wards on a day, each counted once."""
        linked = _rows("Municipality").linked(Relation.UNION, on, official=True)
        in_prefecture = linked.filter(prefecture=OuterRef("pk")).order_by().values("prefecture")
        counted = in_prefecture.annotate(total=Count("pk")).values("total")
        return self.annotate(linked_count=Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0))


class MunicipalityQuerySet(models.QuerySet):
    def for_list(self) -> Self:
        return self.select_related("prefecture")

    def outside_the_wards(self) -> Self:
        return self.exclude(kind=MunicipalityKind.SPECIAL_WARD)

    def in_prefecture(self, code: str) -> Self:
        return self.filter(prefecture=code)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def matching(self, text: str) -> Self:
        """Where the name holds the words, or the reading begins with them, or the code does."""
        folded = fold(text)
        return self.filter(
            Q(name__contains=folded)
            | Q(name_kana__startswith=folded)
            | Q(name_en__istartswith=folded)
            | Q(code__startswith=folded)
        )

    def linked(self, relation: str, on: date | None = None, *, official: bool) -> Self:
        """The municipalities that have a relation with the wards on a day; ``official`` leaves out fictional rows."""
        tests = _link_tests(on, official=official)
        if relation != Relation.UNION:
            return self.filter(tests[relation])
        return self.filter(tests[Relation.EXCHANGE] | tests[Relation.MEMBER] | tests[Relation.AGREEMENT])

    def with_links(self, on: date | None = None) -> Self:
        """Whether each municipality has a tie, a membership, an agreement on a day: has_exchange, has_member, has_agreement."""
        return self.annotate(**{f"has_{relation}": test for relation, test in _link_tests(on, official=False).items()})


def _link_tests(on: date | None, *, official: bool) -> dict[str, Exists]:
    on = on or timezone.localdate()
    ties, memberships = _rows("WardTie").in_force(on), _rows("Membership").in_force(on)
    agreements = _rows("CooperationAgreement").published().in_force(on)
    if official:
        ties, memberships, agreements = ties.official(), memberships.official(), agreements.official()
    members = _rows("AgreementMember").in_force(on).filter(agreement__in=agreements.order_by().values("pk"))
    return {
        Relation.EXCHANGE: Exists(ties.filter(municipality=OuterRef("pk"))),
        Relation.MEMBER: Exists(memberships.filter(municipality=OuterRef("pk"))),
        Relation.AGREEMENT: Exists(members.filter(municipality=OuterRef("pk"))),
    }


class WardManager(models.Manager.from_queryset(MunicipalityQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> MunicipalityQuerySet:
        return super().get_queryset().of_kind(MunicipalityKind.SPECIAL_WARD)


class InForceQuerySet(OfficialQuerySet):
    """Rows that hold for a period [``starts``, ``ends``)."""

    starts, ends = "starts_on", "ends_on"

    def in_force(self, on: date | None = None) -> Self:
        """The rows whose period holds a day (today unless given)."""
        return self.filter(covers(on or timezone.localdate(), self.starts, self.ends))


class WardTieQuerySet(InForceQuerySet):
    def for_list(self) -> Self:
        return self.select_related("ward", "municipality__prefecture").order_by("municipality", "ward", "kind")


class MembershipQuerySet(InForceQuerySet):
    starts, ends = "registered_on", "withdrawn_on"


class AgreementMemberQuerySet(InForceQuerySet):
    starts, ends = "joined_on", "left_on"

    def for_list(self) -> Self:
        return self.select_related("municipality__prefecture").order_by("municipality")


class CooperationAgreementQuerySet(PublishableQuerySet, InForceQuerySet):
    starts = "signed_on"

    def for_list(self, on: date | None = None) -> Self:
        """With the bodies of each and ``member_count``, its members on a day."""
        on = on or timezone.localdate()
        counted = Count("members", filter=covers(on, "members__joined_on", "members__left_on"))
        bodies = Prefetch("bodies", _rows("PartnerBody").select_related("prefecture"))
        return self.annotate(member_count=counted).prefetch_related(bodies)

    def member_total(self, on: date | None = None) -> int:
        """How many municipalities belong to these agreements on a day, each counted once."""
        members = _rows("AgreementMember").in_force(on).filter(agreement__in=self.order_by().values("pk"))
        return members.aggregate(total=Count("municipality", distinct=True))["total"]


class CompanyAgreementQuerySet(PublishableQuerySet, InForceQuerySet):
    starts = "signed_on"

    def for_list(self) -> Self:
        return self.select_related("company").order_by(F("signed_on").desc(), "pk")
