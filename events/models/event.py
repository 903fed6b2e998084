"""Events: what people can go to, who holds it, who speaks there, and how it was moved."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from events.choices import DatePrecision, EventKind, EventRoleKind
from events.models.schedule import Dated, Scheduled
from events.models.venue import Venue
from events.querysets import EventQuerySet
from municipalities.constraints import ward_code
from municipalities.models import Company, Municipality, PartnerBody, Prefecture, Ward
from municipalities.rules import FIRST_WARD_CODE, LAST_WARD_CODE
from portal.core.constraints import exactly_one, one_of
from portal.core.fields import DayField
from portal.core.models import Attachment, ContactPoint, Image
from portal.core.publishing import Publishable
from portal.core.rich_text import RichTextField


class Event(Publishable, Scheduled):
    """Something people can go to, from its announcement to its report, at one address."""

    told_with = ("roles", "speakers", "former_schedules", *Publishable.told_with)

    kind = models.CharField("種別", max_length=12, choices=EventKind.choices)
    title = models.CharField("名称", max_length=200)
    title_kana = models.CharField("読み", max_length=300, blank=True)
    title_en = models.CharField("英語名", max_length=300, blank=True)
    short_title = models.CharField("通称", max_length=100, blank=True)
    ordinal = models.PositiveSmallIntegerField("回", null=True, blank=True, help_text="「第2回」なら2。")
    theme = models.CharField("テーマ", max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="sub_events", verbose_name="全体のイベント"
    )
    listing_order = models.PositiveSmallIntegerField("並び順", default=0)
    owner = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="own_events",
        verbose_name="掲載する自治体",
        help_text="23区一体の事業は空欄にします。",
    )
    addressed_to = models.ForeignKey(
        Ward,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events_received",
        verbose_name="宛先の区",
        help_text="会員自治体の催しを、特定の区が確かめて公開するときに選びます。",
    )
    number = models.CharField(
        "番号",
        max_length=30,
        blank=True,
        help_text="掲載する自治体が付けた番号。同じ番号の行は同じイベントです。",
    )
    start_time = models.TimeField("開始時刻", null=True, blank=True)
    end_time = models.TimeField("終了時刻", null=True, blank=True)
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="会場")
    is_also_online = models.BooleanField("オンラインでも参加できる", default=False)
    online_url = models.URLField("オンライン参加のアドレス", blank=True)
    meeting_place = models.CharField("集合場所", max_length=200, blank=True)
    prefectures = models.ManyToManyField(Prefecture, blank=True, related_name="events", verbose_name="関係する都道府県")
    places = models.ManyToManyField(
        Municipality, blank=True, editable=False, related_name="events_there", verbose_name="関わる自治体"
    )
    summary = models.TextField("概要", blank=True)
    programme = models.TextField("プログラム", blank=True)
    audience = models.CharField("対象", max_length=200, blank=True)
    capacity = models.PositiveIntegerField("定員（人）", null=True, blank=True)
    target_industry = models.CharField("対象となる産業", max_length=100, blank=True)
    languages = models.CharField("外国語対応", max_length=200, blank=True)
    is_free = models.BooleanField("参加無料", null=True, blank=True, help_text="分からなければ「不明」。")
    fee = models.CharField("料金", max_length=200, blank=True)
    fee_detail = models.TextField("料金の詳細", blank=True)
    application = models.TextField("申込方法", blank=True)
    application_deadline = DayField("申込期限", null=True, blank=True)
    application_deadline_time = models.TimeField("申込期限の時刻", null=True, blank=True)
    contact = models.ForeignKey(
        ContactPoint, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="問い合わせ先"
    )
    url = models.URLField("ホームページ", blank=True)
    remarks = models.TextField("備考", blank=True)
    results = RichTextField("開催報告", blank=True, first_heading=3)
    visitors = models.PositiveIntegerField("来場者数（人）", null=True, blank=True)
    participants = models.ManyToManyField(
        Municipality, blank=True, related_name="events_joined", verbose_name="参加した自治体"
    )
    participant_count = models.PositiveIntegerField(
        "参加した自治体の数", null=True, blank=True, help_text="自治体の名前が分からず、数だけが分かるとき。"
    )
    report_images = models.ManyToManyField(
        Image, blank=True, related_name="reported_events", verbose_name="開催後の写真"
    )
    report_attachments = models.ManyToManyField(
        Attachment, blank=True, related_name="reported_events", verbose_name="開催後の資料"
    )
    images = models.ManyToManyField(Image, blank=True, related_name="events", verbose_name="写真")
    attachments = models.ManyToManyField(Attachment, blank=True, related_name="events", verbose_name="資料")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "イベント"
        ordering = [F("first_day").desc(nulls_last=True), "-fiscal_year", "listing_order", "pk"]
        indexes = [
            models.Index(fields=["last_day", "first_day"], name="events_event_days"),
            models.Index(fields=["first_day", "last_day"], name="events_event_first_day"),
            # What began before a day and still runs: few, among the many that take one day.
            models.Index(
                fields=["last_day", "first_day"], condition=Q(last_day__gt=F("first_day")), name="events_event_runs"
            ),
            models.Index(fields=["publish_at"], name="events_event_publish_at"),
            models.Index(fields=["fiscal_year", "kind", "first_day"], name="events_event_fiscal_year"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            *Scheduled.Meta.constraints,
            one_of("kind", EventKind, "イベントの種別は決められた中から選んでください。"),
            ward_code("addressed_to", "宛先は特別区です。"),
            models.CheckConstraint(
                name="events_event_addressed_by_a_member",
                condition=Q(addressed_to__isnull=True)
                | Q(owner__isnull=False) & ~Q(owner_id__gte=FIRST_WARD_CODE, owner_id__lte=LAST_WARD_CODE),
                violation_error_message="宛先の区を選べるのは、特別区以外の自治体が掲載するイベントだけです。",
            ),
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
            models.UniqueConstraint(
                fields=["owner", "number"],
                condition=~Q(number="") & Q(owner__isnull=False),
                name="events_event_number_of_owner",
                violation_error_message="この自治体のこの番号のイベントはすでにあります。",
            ),
            models.CheckConstraint(
                name="events_event_deadline_time_has_day",
                condition=Q(application_deadline_time__isnull=True) | Q(application_deadline__isnull=False),
                violation_error_message="申込期限の時刻には、申込期限の日も入れてください。",
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

    @property
    def is_reported(self) -> bool:
        """Whether anything is told of how it was."""
        return bool(self.results) or self.visitors is not None or self.participant_count is not None

    @property
    def is_online(self) -> bool:
        """Whether one can take part from anywhere, be it besides coming to a place."""
        return self.is_also_online or (self.venue is not None and self.venue.is_online)

    def is_ahead(self, at: datetime | None = None) -> bool:
        """Whether people can put it into their calendars and still go there, as far as the days are known."""
        return self.date_precision == DatePrecision.DAY and not self.has_ended(at)

    def get_absolute_url(self) -> str:
        return reverse("event_detail", args=[self.pk])

    def get_calendar_url(self) -> str:
        return reverse("event_ics", args=[self.pk])


class EventReport(Event):
    """An event as the page of the back office on which its report is written."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "開催報告"


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


class Speaker(models.Model):
    """Who speaks at an event, in the order of its programme."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers", verbose_name="イベント")
    listing_order = models.PositiveSmallIntegerField("順番", default=0)
    name = models.CharField("氏名", max_length=100)
    affiliation = models.CharField("所属・肩書", max_length=200, blank=True)
    topic = models.CharField("演題", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登壇者"
        ordering = ["event", "listing_order", "pk"]

    def __str__(self) -> str:
        return self.name


class FormerSchedule(Dated):
    """Days for which an event or an exhibition was announced before it was moved; they stay, struck through."""

    event = models.ForeignKey(
        Event, models.CASCADE, null=True, blank=True, related_name="former_schedules", verbose_name="イベント"
    )
    exhibition = models.ForeignKey(
        "Exhibition", models.CASCADE, null=True, blank=True, related_name="former_schedules", verbose_name="展示"
    )
    start_time = models.TimeField("開始時刻", null=True, blank=True)
    end_time = models.TimeField("終了時刻", null=True, blank=True)
    replaced_on = DayField("変更を決めた日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "変更前の日程"
        ordering = ["replaced_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            exactly_one(
                "one_record",
                {"event": Q(event__isnull=False), "exhibition": Q(exhibition__isnull=False)},
                "イベントか展示の、どちらか一つの日程です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event or self.exhibition}の変更前の日程"
