"""Which agreements and members of agreements, on a day."""

from datetime import date
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone

from municipalities.querysets.period import NEVER, InForceQuerySet, rows_of
from portal.core.periods import FiscalYear, covers
from portal.core.publishing import PublishableQuerySet


class AgreementMemberQuerySet(InForceQuerySet):
    starts, ends = "joined_on", "left_on"

    def for_list(self) -> Self:
        return self.select_related("municipality__prefecture").order_by("municipality", "joined_on")

    def official(self) -> Self:
        """A member is fictional where its agreement is."""
        return self.filter(agreement__is_demo=False)

    def of_public_agreements(self, on: date | None = None) -> Self:
        """The members, on a day, of the published agreements that are in force on it."""
        agreements = rows_of("CooperationAgreement").published().in_force(on)
        return self.in_force(on).filter(agreement__in=agreements.order_by().values("pk"))

    def of_published_agreements(self) -> Self:
        agreements = rows_of("CooperationAgreement").published().order_by().values("pk")
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
        bodies = Prefetch("bodies", rows_of("PartnerBody").select_related("prefecture"))
        return self.annotate(member_count=counted).prefetch_related(bodies)

    def signings(self) -> list[Signing]:
        """Every body of these agreements with each of them, the oldest agreement first; one query."""
        pairs = rows_of("CooperationAgreement_bodies").filter(cooperationagreement__in=self.order_by().values("pk"))
        order = ("signed_on", "listing_order", "pk")
        ordered = pairs.order_by(*(f"cooperationagreement__{name}" for name in order), "partnerbody")
        rows = ordered.select_related("cooperationagreement", "partnerbody")
        return [Signing(row.partnerbody.name, row.cooperationagreement) for row in rows]

    def with_members(self) -> Self:
        """With the bodies and every member of each, past ones as well; the oldest agreement first."""
        bodies = Prefetch("bodies", rows_of("PartnerBody").order_by("pk"))
        return self.with_member_rows().prefetch_related(bodies).order_by("signed_on", "listing_order", "pk")

    def with_member_rows(self) -> Self:
        """With every member of each, past ones as well."""
        return self.prefetch_related(Prefetch("members", rows_of("AgreementMember").for_list()))

    def in_prefecture(self, code: str) -> Self:
        """The agreements of which a body is of this prefecture."""
        bodies = rows_of("PartnerBody").filter(prefecture=code, agreements=OuterRef("pk"))
        return self.filter(Exists(bodies))

    def first_signed_on(self) -> date | None:
        """The day on which the first of these agreements was signed; None where there is none."""
        return self.aggregate(first=models.Min("signed_on"))["first"]

    def body_total(self) -> int:
        """How many bodies these agreements are with, each counted once."""
        return self.aggregate(total=Count("bodies", distinct=True))["total"]

    def member_total(self, on: date | None = None) -> int:
        """How many municipalities belong to these agreements on a day, each counted once."""
        members = rows_of("AgreementMember").in_force(on).filter(agreement__in=self.order_by().values("pk"))
        return members.aggregate(total=Count("municipality", distinct=True))["total"]

    def member_periods(self) -> list[tuple[str, date, date | None]]:
        """Each municipality that belonged to one of these agreements, with the period in which it did.

        The period is its first day and the first day after its end; None where it still runs.
        """
        members = rows_of("AgreementMember").filter(agreement__in=self.order_by().values("pk"))
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
