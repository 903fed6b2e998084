"""Who of the staff works for which ward, in which role, from when until when."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from municipalities.choices import WardRole
from municipalities.constraints import ward_code
from municipalities.models.place import Ward
from municipalities.querysets import InForceQuerySet
from portal.core.constraints import NoOverlap, in_order, one_of
from portal.core.fields import DayField, PeriodEndField
from portal.core.periods import last_day


class WardStaffQuerySet(InForceQuerySet):
    """Posts at wards: whoever holds one on a day works for the ward on that day."""

    def of(self, user: Any, on: date | None = None) -> Self:
        """The posts of a person on a day (today unless given)."""
        return self.in_force(on).filter(user=user)

    def lasting(self, on: date | None = None) -> Self:
        """The posts that are held on a day or will be later."""
        running = Q(ends_on__isnull=True) | Q(ends_on__gt=on or timezone.localdate())
        return self.filter(running).select_related("user", "ward", "predecessor")

    def with_predecessor(self, on: date | None = None) -> Self:
        """The posts held on a day by somebody who followed another; those of editors first."""
        held = self.in_force(on).filter(predecessor__isnull=False, user__is_active=True)
        return held.select_related("user", "ward", "predecessor").order_by("-role", "-starts_on", "pk")

    def approving(self, on: date | None = None) -> Self:
        """The posts of those who approve on a day and can sign in."""
        return self.in_force(on).filter(role=WardRole.APPROVER, user__is_active=True)


class WardStaff(models.Model):
    """A person's post at a ward. Rights follow from it on every day of its period, and on no other."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ward_posts", verbose_name="職員")
    ward = models.ForeignKey(Ward, models.PROTECT, related_name="staff", verbose_name="特別区")
    role = models.CharField("役割", max_length=8, choices=WardRole.choices)
    is_substitute = models.BooleanField(
        "代理", default=False, help_text="承認者が不在の間の代理承認者です。承認の記録に「代理」と残ります。"
    )
    starts_on = DayField("担当の開始日")
    ends_on = PeriodEndField(
        "担当の終了日", null=True, blank=True, help_text="担当する最後の日。決まっていなければ空欄。"
    )
    predecessor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="前任者",
        help_text="前任者が区の担当でなくなると、手続き中の起案はこの担当者に引き継がれます。",
    )

    objects = WardStaffQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "区の担当者"
        ordering = ["ward", "role", "starts_on", "pk"]
        constraints = [
            one_of("role", WardRole, "役割は決められた中から選んでください。"),
            in_order("starts_on", "ends_on", "終了日は開始日より前にできません。", may_be_equal=False),
            ward_code("ward", "担当するのは特別区です。"),
            models.CheckConstraint(
                name="municipalities_wardstaff_substitute_approves",
                condition=Q(is_substitute=False) | Q(role=WardRole.APPROVER),
                violation_error_message="代理にできるのは承認者です。",
            ),
            models.CheckConstraint(
                name="municipalities_wardstaff_follows_another",
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("user")),
                violation_error_message="前任者は、本人とは別の人です。",
            ),
            NoOverlap(
                name="municipalities_wardstaff_no_overlap",
                same=("user", "ward", "role"),
                starts="starts_on",
                ends="ends_on",
                violation_error_message="この職員は、同じ期間にすでにこの区の同じ役割に就いています。",
            ),
        ]

    def __str__(self) -> str:
        substitute = "（代理）" if self.is_substitute else ""
        return f"{self.ward} {self.get_role_display()}{substitute}"

    @property
    def in_words(self) -> str:
        """「氏名：品川区 区担当者、2026-04-01から2027-03-31まで」, as the log keeps it."""
        until = last_day(self.ends_on)
        return f"{self.user}：{self}、{self.starts_on:%Y-%m-%d}から{f'{until:%Y-%m-%d}まで' if until else ''}"
