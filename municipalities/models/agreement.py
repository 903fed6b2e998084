"""Agreements with associations of municipalities and with companies, and who belongs to them."""

from datetime import date

from django.db import models
from django.urls import reverse

from municipalities.choices import BodyKind
from municipalities.models.place import Municipality, Prefecture
from municipalities.querysets import (
    AgreementMemberQuerySet,
    CompanyAgreementQuerySet,
    CooperationAgreementQuerySet,
)
from portal.core.constraints import NoOverlap, in_order, one_of
from portal.core.fields import DayField, PeriodEndField
from portal.core.models import Sourced
from portal.core.publishing import Publishable


class PartnerBody(Sourced):
    """A prefecture's association of city mayors or of towns and villages (協定締結団体)."""

    name = models.CharField("名称", max_length=50, unique=True)
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, related_name="bodies", verbose_name="都道府県")
    kind = models.CharField("種別", max_length=20, choices=BodyKind.choices)
    official_site = models.URLField("公式サイト", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "協定締結団体"
        ordering = ["prefecture", "kind"]
        constraints = [one_of("kind", BodyKind, "団体の種別は市長会か町村会です。")]

    def __str__(self) -> str:
        return self.name


class CooperationAgreement(Publishable):
    """An agreement of the wards' association with one or two bodies, and so with their members (広域連携協定)."""

    bodies = models.ManyToManyField(PartnerBody, related_name="agreements", verbose_name="締結団体")
    signed_on = DayField("締結日")
    ends_on = PeriodEndField("終了日", null=True, blank=True, help_text="効力の最後の日。続いていれば空欄。")
    renews_annually = models.BooleanField("1年ごとの更新", null=True, blank=True, help_text="分からなければ「不明」。")
    summary = models.TextField("概要", blank=True)
    listing_order = models.PositiveSmallIntegerField("並び順", default=0)

    objects = CooperationAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "広域連携協定"
        ordering = ["signed_on", "listing_order", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            in_order("signed_on", "ends_on", "終了日は締結日より前にできません。", may_be_equal=False),
        ]

    def __str__(self) -> str:
        return f"広域連携協定 {self.pk}（{self.signed_on.isoformat()}）"

    @property
    def title(self) -> str:
        """The names of its bodies. Read it from rows whose bodies were prefetched."""
        return "・".join(body.name for body in self.bodies.all())

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on a day: the twin of ``CooperationAgreementQuerySet.in_force``."""
        return self.signed_on <= on and (self.ends_on is None or on < self.ends_on)

    def get_absolute_url(self) -> str:
        return reverse("agreement_detail", args=[self.pk])


class AgreementMember(models.Model):
    """A municipality that belongs to an agreement, for a period."""

    agreement = models.ForeignKey(CooperationAgreement, models.CASCADE, related_name="members", verbose_name="協定")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="agreement_memberships", verbose_name="自治体"
    )
    joined_on = DayField("参加日")
    left_on = PeriodEndField("離脱日", null=True, blank=True, help_text="参加していた最後の日。続いていれば空欄。")

    objects = AgreementMemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "協定の構成自治体"
        ordering = ["agreement", "municipality", "joined_on"]
        constraints = [
            in_order("joined_on", "left_on", "離脱日は参加日より前にできません。", may_be_equal=False),
            NoOverlap(
                name="municipalities_agreementmember_no_overlap",
                same=("agreement", "municipality"),
                starts="joined_on",
                ends="left_on",
                violation_error_message="この自治体は、同じ期間にすでにこの協定に入っています。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality)


class Company(models.Model):
    """A company that the wards work with."""

    name = models.CharField("名称", max_length=100, unique=True)
    official_site = models.URLField("公式サイト", blank=True)
    is_demo = models.BooleanField("デモデータ", default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "企業"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CompanyAgreement(Publishable):
    """A comprehensive agreement with a company (企業との包括連携協定)."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="agreements", verbose_name="企業")
    title = models.CharField("名称", max_length=200)
    signed_on = DayField("締結日")
    ends_on = PeriodEndField("終了日", null=True, blank=True, help_text="効力の最後の日。続いていれば空欄。")
    fields_of_cooperation = models.TextField("連携分野", blank=True, help_text="1行に一つずつ書きます。")
    summary = models.TextField("概要", blank=True)

    objects = CompanyAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "企業との包括連携協定"
        ordering = ["-signed_on", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            in_order("signed_on", "ends_on", "終了日は締結日より前にできません。", may_be_equal=False),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("company_agreement_detail", args=[self.pk])
