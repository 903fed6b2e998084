"""Disasters, and what the wards gave to the municipalities that were struck."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from disaster_support.choices import MONEY, Giver, SupportKind
from disaster_support.querysets import DisasterQuerySet, SupportRecordQuerySet
from municipalities.models import Municipality
from portal.core.constraints import exactly_one, in_order, one_of
from portal.core.fields import DayField, YenField
from portal.core.models import Sourced
from portal.core.publishing import Publishable


class Disaster(Publishable):
    """A disaster under its official name. Days that are not known stay empty."""

    told_with = ("support_records", *Publishable.told_with)

    name = models.CharField("名称", max_length=100, unique=True)
    first_day = DayField("発生日", null=True, blank=True)
    last_day = DayField("終息日", null=True, blank=True)
    struck_municipalities = models.ManyToManyField(
        Municipality, blank=True, related_name="disasters", verbose_name="被災自治体"
    )
    summary = models.TextField("概要", blank=True)
    listing_order = models.PositiveSmallIntegerField("並び順", default=0)

    objects = DisasterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "災害"
        ordering = ["-listing_order", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            in_order("first_day", "last_day", "終息日は発生日より前にできません。", may_be_equal=True),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("disaster_detail", args=[self.pk])


class SupportRecord(Sourced):
    """One kind of support for one disaster: money in whole yen, or people, or what was given in words."""

    disaster = models.ForeignKey(Disaster, models.CASCADE, related_name="support_records", verbose_name="災害")
    listing_order = models.PositiveSmallIntegerField("並び順", default=0)
    kind = models.CharField("種類", max_length=16, choices=SupportKind.choices)
    giver = models.CharField("支援した主体", max_length=10, choices=Giver.choices, default=Giver.NOT_STATED)
    amount_yen = YenField("金額（円）", null=True, blank=True)
    people = models.PositiveIntegerField("人数", null=True, blank=True)
    description = models.CharField("内容", max_length=200, blank=True)
    as_of = DayField("現在日", null=True, blank=True, help_text="いつ現在の数か。資料に記載がなければ空欄。")
    is_cumulative = models.BooleanField("累積", null=True, blank=True)

    objects = SupportRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "支援の記録"
        ordering = ["disaster", "listing_order", "pk"]
        constraints = [
            one_of("kind", SupportKind, "支援の種類は決められた中から選んでください。"),
            one_of("giver", Giver, "支援した主体は決められた中から選んでください。"),
            exactly_one(
                "one_measure",
                {
                    "amount_yen": Q(amount_yen__isnull=False),
                    "people": Q(people__isnull=False),
                    "description": ~Q(description=""),
                },
                "金額・人数・内容のうち、一つだけを入れてください。",
            ),
            models.CheckConstraint(
                name="disaster_support_supportrecord_measure_of_kind",
                condition=Q(kind__in=MONEY, amount_yen__isnull=False)
                | (Q(kind=SupportKind.STAFF, amount_yen__isnull=True))
                | (Q(kind__in=[SupportKind.GOODS, SupportKind.VEHICLES], amount_yen__isnull=True, people__isnull=True)),
                violation_error_message="お金は金額、職員派遣は人数か内容、物資と車両は内容を入れてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disaster}：{self.get_kind_display()}"
