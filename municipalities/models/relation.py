"""What a municipality has with the wards for a period: a tie with one of them, its membership of the portal."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from municipalities.choices import TieKind
from municipalities.constraints import ward_code
from municipalities.models.place import Municipality, Ward
from municipalities.querysets import InForceQuerySet, WardTieQuerySet
from portal.core.constraints import NoOverlap, in_order, one_of
from portal.core.fields import DayField, PeriodEndField
from portal.core.models import Sourced
from portal.core.wareki import fiscal_year_start


class WardTie(Sourced):
    """A ward's tie with a municipality (各区の交流), for a period; an unknown beginning stays empty."""

    ward = models.ForeignKey(Ward, models.PROTECT, related_name="ties", verbose_name="特別区")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="ward_ties", verbose_name="交流自治体")
    kind = models.CharField("種別", max_length=12, choices=TieKind.choices)
    title = models.CharField("名称", max_length=200, blank=True, help_text="協定名など。")
    starts_on = DayField("開始日", null=True, blank=True)
    ends_on = PeriodEndField("終了日", null=True, blank=True, help_text="交流の最後の日。続いていれば空欄。")
    evidence = models.CharField("根拠", max_length=500, blank=True, help_text="協定書、公式サイトのアドレスなど。")

    objects = WardTieQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "各区の交流"
        ordering = ["ward", "municipality", "kind", "starts_on"]
        # All that the numbers ask of a tie: they are counted from the index alone.
        indexes = [
            models.Index(
                fields=["municipality", "ends_on", "starts_on", "is_demo"], name="municipalities_wardtie_periods"
            )
        ]
        constraints = [
            one_of("kind", TieKind, "交流の種別は決められた中から選んでください。"),
            in_order("starts_on", "ends_on", "終了日は開始日より前にできません。", may_be_equal=False),
            ward_code("ward", "交流の主体は特別区です。"),
            models.CheckConstraint(
                name="municipalities_wardtie_two_places",
                condition=~Q(ward=F("municipality")),
                violation_error_message="特別区とその区自身の交流は登録できません。",
            ),
            NoOverlap(
                name="municipalities_wardtie_no_overlap",
                same=("ward", "municipality", "kind"),
                starts="starts_on",
                ends="ends_on",
                violation_error_message="同じ区と自治体の間に、同じ種別で期間の重なる交流があります。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ward}・{self.municipality}（{self.get_kind_display()}）"


class MembershipQuerySet(InForceQuerySet):
    starts, ends = "registered_on", "withdrawn_on"

    def of(self, municipality: Any) -> Self:
        return self.filter(municipality=municipality)

    def latest_first(self) -> Self:
        return self.order_by("-registered_on", "-pk")

    def to_confirm(self, on: date, year: int) -> Self:
        """The members on a day who were members before a fiscal year began, and were not asked in it."""
        before = self.in_force(on).filter(registered_on__lt=fiscal_year_start(year))
        return before.exclude(confirmations__fiscal_year=year).select_related("municipality").order_by("pk")


class Membership(Sourced):
    """A municipality's registration on the portal (会員登録), for a period.

    A suspension (休止) ends a period, and going on begins another: on any day the periods tell who is a member.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="memberships", verbose_name="自治体")
    registered_on = DayField("登録日")
    withdrawn_on = PeriodEndField(
        "退会・休止の日", null=True, blank=True, help_text="会員だった最後の日。続いていれば空欄。"
    )
    ended_by_suspension = models.BooleanField(
        "休止", default=False, help_text="退会ではなく、休止でこの期間が終わったとき。再開したら新しい登録を作ります。"
    )
    application = models.ForeignKey(
        "MembershipApplication",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="memberships",
        verbose_name="もとの申込み",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会員登録"
        ordering = ["municipality", "registered_on"]
        constraints = [
            in_order("registered_on", "withdrawn_on", "退会・休止の日は登録日より前にできません。", may_be_equal=False),
            NoOverlap(
                name="municipalities_membership_no_overlap",
                same=("municipality",),
                starts="registered_on",
                ends="withdrawn_on",
                violation_error_message="この自治体は、同じ期間にすでに会員です。",
            ),
            models.CheckConstraint(
                name="municipalities_membership_suspension_has_a_day",
                condition=Q(ended_by_suspension=False) | Q(withdrawn_on__isnull=False),
                violation_error_message="休止にするときは、会員だった最後の日を入れてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}（会員）"
