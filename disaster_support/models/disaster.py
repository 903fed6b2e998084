"""Disasters, and what the wards gave to the municipalities that were struck."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from disaster_support.choices import DISPATCHED, MONEY, THINGS, DispatchState, Giver, SupportKind
from disaster_support.querysets import DisasterQuerySet, SupportRecordQuerySet
from municipalities.constraints import ward_code
from municipalities.models import Municipality, Ward
from portal.core.constraints import exactly_one, in_order, one_of
from portal.core.fields import DayField, YenField
from portal.core.models import Sourced
from portal.core.publishing import Publishable


class Disaster(Publishable):
    """A disaster under its official name. Days that are not known stay empty."""

    told_with = ("support_records", "steps", *Publishable.told_with)

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


class DisasterStep(models.Model):
    """Something that happened after a disaster, on its day: what was decided, sent, ended."""

    disaster = models.ForeignKey(Disaster, models.CASCADE, related_name="steps", verbose_name="災害")
    happened_on = DayField("日")
    text = models.CharField("できごと", max_length=200)
    url = models.URLField("くわしいページ", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "災害の経過"
        ordering = ["disaster", "happened_on", "pk"]

    def __str__(self) -> str:
        return self.text


class SupportRecord(Sourced):
    """One kind of support for one disaster: money in whole yen, people, pieces of something, or what it was in words.

    A cumulative figure takes the place of the earlier ones of the same support, which stay as its history.
    """

    disaster = models.ForeignKey(Disaster, models.CASCADE, related_name="support_records", verbose_name="災害")
    listing_order = models.PositiveSmallIntegerField("並び順", default=0)
    kind = models.CharField("種類", max_length=16, choices=SupportKind.choices)
    giver = models.CharField("支援した主体", max_length=10, choices=Giver.choices, default=Giver.NOT_STATED)
    ward = models.ForeignKey(
        Ward,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="support_given",
        verbose_name="区",
        help_text="一つの区の支援であるとき。支援した主体は「各区」にします。",
    )
    amount_yen = YenField("金額（円）", null=True, blank=True)
    people = models.PositiveIntegerField("人数", null=True, blank=True)
    item = models.CharField("品目", max_length=100, blank=True, help_text="飲料水、毛布、給水車など。")
    quantity = models.PositiveIntegerField("数量", null=True, blank=True)
    unit = models.CharField("単位", max_length=10, blank=True, help_text="本、枚、箱、台など。")
    job = models.CharField("職種・業務", max_length=100, blank=True, help_text="保健師、罹災証明の事務など。")
    dispatch_state = models.CharField("派遣の状態", max_length=8, choices=DispatchState.choices, blank=True)
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
                    "quantity": Q(quantity__isnull=False),
                    "description": ~Q(description=""),
                },
                "金額・人数・数量・内容のうち、一つだけを入れてください。",
            ),
            models.CheckConstraint(
                name="disaster_support_supportrecord_measure_of_kind",
                condition=Q(kind__in=MONEY, amount_yen__isnull=False)
                | Q(kind=SupportKind.STAFF, amount_yen__isnull=True, quantity__isnull=True)
                | Q(kind__in=THINGS, amount_yen__isnull=True, people__isnull=True),
                violation_error_message="お金は金額、職員派遣は人数か内容、物資と車両は数量か内容を入れてください。",
            ),
            models.CheckConstraint(
                name="disaster_support_supportrecord_pieces_of_something",
                condition=Q(quantity__isnull=True, unit="") | (Q(quantity__isnull=False) & ~Q(item="") & ~Q(unit="")),
                violation_error_message="数量には、品目と単位も入れてください。",
            ),
            models.CheckConstraint(
                name="disaster_support_supportrecord_job_of_staff",
                condition=Q(job="") | Q(kind=SupportKind.STAFF),
                violation_error_message="職種・業務を入れるのは、職員派遣のときです。",
            ),
            models.CheckConstraint(
                name="disaster_support_supportrecord_item_of_things",
                condition=Q(item="") | Q(kind__in=THINGS),
                violation_error_message="品目を入れるのは、物資と車両のときです。",
            ),
            models.CheckConstraint(
                name="disaster_support_supportrecord_state_of_what_is_sent",
                condition=Q(dispatch_state="") | Q(kind__in=DISPATCHED, dispatch_state__in=DispatchState.values),
                violation_error_message="派遣の状態を選ぶのは、職員派遣と車両派遣のときです。",
            ),
            models.CheckConstraint(
                name="disaster_support_supportrecord_ward_is_of_the_wards",
                condition=Q(ward__isnull=True) | Q(giver=Giver.WARDS),
                violation_error_message="区を選んだときは、支援した主体を「各区」にしてください。",
            ),
            ward_code("ward", "区は特別区です。"),
        ]

    def __str__(self) -> str:
        return f"{self.disaster}：{self.get_kind_display()}"

    @property
    def counted(self) -> str:
        """「7,174人」, 「飲料水1,200本」: what was counted, other than money; empty where nothing was."""
        if self.people is not None:
            return f"{self.people:,}人"
        return f"{self.item}{self.quantity:,}{self.unit}" if self.quantity is not None else ""

    @property
    def particulars(self) -> str:
        """「港区・保健師・派遣中」: which ward's, which work, in which state; empty where nothing of it is known."""
        parts = (self.ward.name if self.ward else "", self.job, self.get_dispatch_state_display())
        return "・".join(filter(None, parts))
