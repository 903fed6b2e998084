"""What the wards hold together and each by itself: events, touring exhibitions, projects."""

from datetime import date, datetime

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone

from events.choices import (
    DatePrecision,
    EventKind,
    EventRoleKind,
    ProjectField,
    Status,
    StopState,
)
from events.querysets import (
    EventQuerySet,
    ExhibitionQuerySet,
    TourStopQuerySet,
    WardProjectQuerySet,
)
from events.rules import NOT_TAKING_PLACE
from municipalities.constraints import ward_code
from municipalities.models import Company, Municipality, PartnerBody, Prefecture, Ward
from portal.core.constraints import exactly_one, in_order, one_of, point_in_japan
from portal.core.fields import DayField
from portal.core.models import Attachment, ContactPoint, Image
from portal.core.publishing import Publishable

_FISCAL_YEAR_OF_FIRST_DAY = ExtractYear("first_day") - Case(
    When(Q(first_day__month__lt=4), then=Value(1)), default=Value(0)
)


class Scheduled(models.Model):
    """Days on which something takes place, both inclusive; the fiscal year is known even where the days are not."""

    fiscal_year = models.PositiveSmallIntegerField(
        "年度", help_text="4月から翌年3月まで。日が決まっていなくても必要です。"
    )
    date_precision = models.CharField(
        "日付の確かさ", max_length=8, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    first_day = DayField("初日", null=True, blank=True)
    last_day = DayField("最終日", null=True, blank=True)
    date_note = models.CharField("日程の補足", max_length=200, blank=True, help_text="「調整中」など。")
    status = models.CharField("実施状況", max_length=10, choices=Status.choices, default=Status.PLANNED)
    status_reason = models.TextField("中止・変更等の理由", blank=True)
    status_changed_on = DayField("中止・変更等を決めた日", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            one_of("date_precision", DatePrecision, "日付の確かさは決められた中から選んでください。"),
            one_of("status", Status, "実施状況は決められた中から選んでください。"),
            in_order("first_day", "last_day", "最終日は初日より前にできません。", may_be_equal=True),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_days_as_precise",
                condition=Q(date_precision=DatePrecision.UNKNOWN, first_day__isnull=True, last_day__isnull=True)
                | (~Q(date_precision=DatePrecision.UNKNOWN) & Q(first_day__isnull=False, last_day__isnull=False)),
                violation_error_message="初日と最終日の両方を入れるか、日付の確かさを「未定・不明」にしてください。",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_fiscal_year_of_first_day",
                condition=Q(first_day__isnull=True) | Q(fiscal_year=_FISCAL_YEAR_OF_FIRST_DAY),
                violation_error_message="年度が初日と合いません（4月から翌年3月までが1年度です）。",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_fiscal_year_range",
                condition=Q(fiscal_year__range=(1947, 2200)),
                violation_error_message="年度は西暦4桁で入れてください。",
            ),
        ]

    def has_ended(self, at: datetime | None = None) -> bool:
        """Whether it is over at a moment: the twin of the querysets' ``upcoming``.

        Unknown days end with their fiscal year.
        """
        today = timezone.localdate(at)
        if self.last_day is None:
            return date(self.fiscal_year + 1, 4, 1) <= today
        return self.last_day < today

    def is_on(self, at: datetime | None = None) -> bool:
        """Whether it takes place on the day of a moment, as far as the day is known."""
        if self.first_day is None or self.date_precision != DatePrecision.DAY or self.status in NOT_TAKING_PLACE:
            return False
        return self.first_day <= timezone.localdate(at) and not self.has_ended(at)


class Venue(models.Model):
    """A place where things are held; what is not known of it stays empty."""

    name = models.CharField("名称", max_length=100, unique=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="venues", verbose_name="所在する自治体"
    )
    address = models.CharField("住所", max_length=200, blank=True)
    access = models.TextField("交通案内", blank=True)
    barrier_free = models.TextField("バリアフリー", blank=True)
    is_online = models.BooleanField("オンライン", default=False)
    url = models.URLField("ホームページ", blank=True)
    latitude = models.DecimalField("緯度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("経度", max_digits=9, decimal_places=6, null=True, blank=True)
    is_demo = models.BooleanField("デモデータ", default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "会場"
        ordering = ["name"]
        constraints = [point_in_japan()]

    def __str__(self) -> str:
        return self.name


class Event(Publishable, Scheduled):
    """Something people can go to, from its announcement to its report, at one address."""

    kind = models.CharField("種別", max_length=12, choices=EventKind.choices)
    title = models.CharField("名称", max_length=200)
    title_kana = models.CharField("読み", max_length=300, blank=True)
    ordinal = models.PositiveSmallIntegerField("回", null=True, blank=True, help_text="「第2回」なら2。")
    theme = models.CharField("テーマ", max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="sub_events", verbose_name="全体のイベント"
    )
    listing_order = models.PositiveSmallIntegerField("並び順", default=0)
    start_time = models.TimeField("開始時刻", null=True, blank=True)
    end_time = models.TimeField("終了時刻", null=True, blank=True)
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="会場")
    prefectures = models.ManyToManyField(Prefecture, blank=True, related_name="events", verbose_name="関係する都道府県")
    summary = models.TextField("概要", blank=True)
    programme = models.TextField("プログラム", blank=True)
    audience = models.CharField("対象", max_length=200, blank=True)
    capacity = models.PositiveIntegerField("定員（人）", null=True, blank=True)
    fee = models.CharField("料金", max_length=200, blank=True)
    application = models.TextField("申込方法", blank=True)
    application_deadline = DayField("申込期限", null=True, blank=True)
    contact = models.ForeignKey(
        ContactPoint, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="問い合わせ先"
    )
    url = models.URLField("ホームページ", blank=True)
    results = models.TextField("開催報告", blank=True)
    visitors = models.PositiveIntegerField("来場者数（人）", null=True, blank=True)
    images = models.ManyToManyField(Image, blank=True, related_name="events", verbose_name="写真")
    attachments = models.ManyToManyField(Attachment, blank=True, related_name="events", verbose_name="資料")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "イベント"
        ordering = [F("first_day").desc(nulls_last=True), "-fiscal_year", "listing_order", "pk"]
        indexes = [
            models.Index(fields=["last_day", "first_day"], name="events_event_days"),
            models.Index(fields=["fiscal_year", "kind", "first_day"], name="events_event_fiscal_year"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            *Scheduled.Meta.constraints,
            one_of("kind", EventKind, "イベントの種別は決められた中から選んでください。"),
            models.CheckConstraint(
                name="events_event_not_its_own_part",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message="自分自身を全体のイベントにはできません。",
            ),
            models.CheckConstraint(
                name="events_event_times_in_order",
                condition=Q(end_time__isnull=True)
                | Q(start_time__isnull=True)
                | ~Q(first_day=F("last_day"))
                | Q(end_time__gt=F("start_time")),
                violation_error_message="終了時刻は開始時刻より後にしてください。",
            ),
            models.CheckConstraint(
                name="events_event_ordinal_counts_from_one",
                condition=Q(ordinal__isnull=True) | Q(ordinal__gte=1),
                violation_error_message="回は1以上です。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def has_ended(self, at: datetime | None = None) -> bool:
        """Over at its end time on its last day, where the time is known."""
        now = timezone.localtime(at)
        over_today = self.last_day == now.date() and self.end_time is not None and self.end_time <= now.time()
        return over_today or super().has_ended(at)

    def get_absolute_url(self) -> str:
        return reverse("event_detail", args=[self.pk])


class EventRole(models.Model):
    """Who has which part in an event: a body, a company, a municipality, or another organization by name."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="roles", verbose_name="イベント")
    role = models.CharField("役割", max_length=20, choices=EventRoleKind.choices)
    body = models.ForeignKey(
        PartnerBody, models.PROTECT, null=True, blank=True, related_name="event_roles", verbose_name="協定締結団体"
    )
    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="event_roles", verbose_name="企業"
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="event_roles", verbose_name="自治体"
    )
    name = models.CharField("その他の団体", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "イベントの役割"
        ordering = ["event", "role", "pk"]
        constraints = [
            one_of("role", EventRoleKind, "役割は決められた中から選んでください。"),
            exactly_one(
                "one_holder",
                {
                    "body": Q(body__isnull=False),
                    "company": Q(company__isnull=False),
                    "municipality": Q(municipality__isnull=False),
                    "name": ~Q(name=""),
                },
                "団体・企業・自治体・その他の団体のうち、一つだけを入れてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.holder}"

    @property
    def holder(self) -> PartnerBody | Company | Municipality | str:
        return self.body or self.company or self.municipality or self.name


class Exhibition(Publishable, Scheduled):
    """An exhibition of partner municipalities (全国連携展示): first in one place, then on tour through the wards."""

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

    def get_absolute_url(self) -> str:
        return reverse("exhibition_detail", args=[self.pk])


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
            ward_code("ward", "巡回先は特別区です。"),
        ]

    def __str__(self) -> str:
        return f"{self.exhibition}：{self.ward or '調整中'}"


class WardProject(Publishable):
    """A project that one ward carries out with other municipalities (各区事業)."""

    ward = models.ForeignKey(Ward, models.PROTECT, related_name="projects", verbose_name="特別区")
    title = models.CharField("名称", max_length=200)
    field = models.CharField("分野", max_length=12, choices=ProjectField.choices)
    municipalities = models.ManyToManyField(
        Municipality, blank=True, related_name="ward_projects", verbose_name="連携自治体"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    status = models.CharField("実施状況", max_length=10, choices=Status.choices, default=Status.PLANNED)
    summary = models.TextField("概要", blank=True)
    url = models.URLField("ホームページ", blank=True)

    objects = WardProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "各区事業"
        ordering = ["-fiscal_year", "ward", "title"]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("field", ProjectField, "分野は決められた中から選んでください。"),
            one_of("status", Status, "実施状況は決められた中から選んでください。"),
            ward_code("ward", "実施する区は特別区です。"),
            models.CheckConstraint(
                name="events_wardproject_fiscal_year_range",
                condition=Q(fiscal_year__range=(1947, 2200)),
                violation_error_message="年度は西暦4桁で入れてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("project_detail", args=[self.pk])
