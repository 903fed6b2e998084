"""Exhibitions and their tours through the wards."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from events.choices import DatePrecision, StopState
from events.models.schedule import FISCAL_YEAR_OF_FIRST_DAY, Scheduled
from events.models.venue import Venue
from events.querysets import ExhibitionQuerySet, TourStopQuerySet
from municipalities.constraints import ward_code
from municipalities.models import Prefecture, Ward
from portal.core.constraints import in_order, one_of
from portal.core.fields import DayField
from portal.core.models import Attachment, ContactPoint, Image
from portal.core.publishing import Publishable


class Exhibition(Publishable, Scheduled):
    """An exhibition of partner municipalities (全国連携展示): first in one place, then on tour through the wards."""

    told_with = ("stops", "former_schedules", *Publishable.told_with)

    title = models.CharField("名称", max_length=200)
    subtitle = models.CharField("副題", max_length=200, blank=True)
    ordinal = models.PositiveSmallIntegerField("回", null=True, blank=True, help_text="「第2回」なら2。")
    exhibitor = models.CharField("出展者", max_length=100, blank=True)
    prefecture = models.ForeignKey(
        Prefecture, models.PROTECT, null=True, blank=True, related_name="exhibitions", verbose_name="都道府県"
    )
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, related_name="exhibitions", verbose_name="会場"
    )
    summary = models.TextField("概要", blank=True)
    listing_order = models.PositiveSmallIntegerField("並び順", default=0)
    tour_note = models.CharField("巡回展示の補足", max_length=200, blank=True)
    contact = models.ForeignKey(
        ContactPoint, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="問い合わせ先"
    )
    images = models.ManyToManyField(Image, blank=True, related_name="exhibitions", verbose_name="写真")
    attachments = models.ManyToManyField(Attachment, blank=True, related_name="exhibitions", verbose_name="資料")

    objects = ExhibitionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "全国連携展示"
        ordering = [F("first_day").desc(nulls_last=True), "-fiscal_year", "listing_order", "pk"]
        indexes = [models.Index(fields=["last_day", "first_day"], name="events_exhibition_days")]
        constraints = [
            *Publishable.Meta.constraints,
            *Scheduled.Meta.constraints,
            models.CheckConstraint(
                name="events_exhibition_ordinal_counts_from_one",
                condition=Q(ordinal__isnull=True) | Q(ordinal__gte=1),
                violation_error_message="回は1以上です。",
            ),
        ]

    def __str__(self) -> str:
        return self.full_title

    @property
    def full_title(self) -> str:
        return f"{self.title}「{self.subtitle}」" if self.subtitle else self.title

    def is_ahead(self, at: datetime | None = None) -> bool:
        """Whether people can still go there, to its first place or a stop of its tour, as far as the days are known."""
        last_days = [stop.last_day for stop in self.stops.all()]
        if self.date_precision == DatePrecision.DAY:
            last_days.append(self.last_day)
        return any(day is not None and day >= timezone.localdate(at) for day in last_days)

    def get_absolute_url(self) -> str:
        return reverse("exhibition_detail", args=[self.pk])

    def get_calendar_url(self) -> str:
        return reverse("exhibition_ics", args=[self.pk])


class TourStop(models.Model):
    """A ward to which an exhibition travels (巡回展示), perhaps in another fiscal year."""

    exhibition = models.ForeignKey(Exhibition, models.CASCADE, related_name="stops", verbose_name="展示")
    listing_order = models.PositiveSmallIntegerField("順番", default=0)
    ward = models.ForeignKey(
        Ward, models.PROTECT, null=True, blank=True, related_name="tour_stops", verbose_name="特別区"
    )
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, related_name="tour_stops", verbose_name="会場"
    )
    fiscal_year = models.PositiveSmallIntegerField(
        "年度", null=True, blank=True, help_text="日程が分からず、年度だけが分かるとき。"
    )
    first_day = DayField("初日", null=True, blank=True)
    last_day = DayField("最終日", null=True, blank=True)
    state = models.CharField("状態", max_length=10, choices=StopState.choices, default=StopState.ARRANGING)
    note = models.CharField("補足", max_length=200, blank=True)

    objects = TourStopQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "巡回展示"
        ordering = ["exhibition", "listing_order", "pk"]
        constraints = [
            one_of("state", StopState, "状態は決められた中から選んでください。"),
            in_order("first_day", "last_day", "最終日は初日より前にできません。", may_be_equal=True),
            models.CheckConstraint(
                name="events_tourstop_both_days_or_none",
                condition=Q(first_day__isnull=True, last_day__isnull=True)
                | Q(first_day__isnull=False, last_day__isnull=False),
                violation_error_message="初日と最終日は、両方入れるか両方空欄にしてください。",
            ),
            models.CheckConstraint(
                name="events_tourstop_place_known_once_planned",
                condition=Q(ward__isnull=False) | Q(state__in=[StopState.ARRANGING, StopState.UNKNOWN]),
                violation_error_message="区が決まっていない間は、状態を「調整中」か「不明」にしてください。",
            ),
            models.CheckConstraint(
                name="events_tourstop_fiscal_year_of_first_day",
                condition=Q(first_day__isnull=True)
                | Q(fiscal_year__isnull=True)
                | Q(fiscal_year=FISCAL_YEAR_OF_FIRST_DAY),
                violation_error_message="年度が初日と合いません（4月から翌年3月までが1年度です）。",
            ),
            ward_code("ward", "巡回先は特別区です。"),
        ]

    def __str__(self) -> str:
        return f"{self.exhibition}：{self.ward or '調整中'}"
