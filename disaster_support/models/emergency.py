"""What the portal tells on every page in an emergency, and the mode in which its top page is light."""

from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from disaster_support.choices import ModeKind, NoticeLevel
from portal.core.constraints import in_order, one_of
from portal.core.fields import person_field

DRILL_LASTS = timedelta(minutes=30)
LONGEST_NOTICE = 400


class Wording(models.Model):
    """What a notice says."""

    level = models.CharField("段階", max_length=12, choices=NoticeLevel.choices)
    title = models.CharField("見出し", max_length=100)
    body = models.TextField("本文", blank=True, validators=[MaxLengthValidator(LONGEST_NOTICE)])
    url = models.URLField("くわしいページ", blank=True)

    class Meta:
        abstract = True
        constraints = [one_of("level", NoticeLevel, "段階は決められた中から選んでください。")]

    def __str__(self) -> str:
        return self.title


class NoticeTemplate(Wording):
    """Wording that was agreed on beforehand, so that in the emergency only names and days are filled in."""

    name = models.CharField("ひな形の名前", max_length=50, unique=True)

    class Meta(Wording.Meta):
        verbose_name = verbose_name_plural = "緊急のお知らせのひな形"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EmergencyNoticeQuerySet(models.QuerySet):
    def active(self, at: datetime | None = None) -> Self:
        """What is shown at a moment: the gravest first, of those the latest."""
        at = at or timezone.now()
        return self.running_or_coming(at).filter(starts_at__lte=at).by_graveness()

    def by_graveness(self) -> Self:
        graveness = models.Case(*(models.When(level=level, then=n) for n, level in enumerate(NoticeLevel.values)))
        return self.order_by(graveness, "-starts_at", "-pk")

    def running_or_coming(self, at: datetime | None = None) -> Self:
        """What is shown at a moment or will be."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at or timezone.now()), published_at__isnull=False)


class EmergencyNotice(Wording):
    """A notice at the head of every page, or of some. One approver is enough to publish it, and it says so.

    ``paths``: beginnings of addresses, one a line; empty: all pages.
    """

    starts_at = models.DateTimeField("表示の開始", default=timezone.now)
    ends_at = models.DateTimeField("表示の終了", null=True, blank=True, help_text="空欄なら、終了するまで表示します。")
    paths = models.TextField(
        "表示するページ",
        blank=True,
        help_text="1行に一つ、アドレスの「/」から始まる部分を書きます。空欄なら、すべてのページです。",
    )
    is_drill = models.BooleanField("訓練", default=False, help_text="見出しに【訓練】と表示します。")
    published_at = models.DateTimeField("公開した日時", null=True, blank=True, editable=False)
    published_by = person_field("公開した人", editable=False)
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    objects = EmergencyNoticeQuerySet.as_manager()

    class Meta(Wording.Meta):
        verbose_name = verbose_name_plural = "緊急のお知らせ"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            *Wording.Meta.constraints,
            in_order("starts_at", "ends_at", "終了は開始より後にしてください。", may_be_equal=True),
            models.CheckConstraint(
                name="disaster_support_emergencynotice_published_by_somebody",
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                violation_error_message="公開した日時と公開した人の、両方が必要です。",
            ),
        ]

    def is_active(self, at: datetime | None = None) -> bool:
        """Whether it is shown at a moment: the twin of ``active``."""
        at = at or timezone.now()
        return self.published_at is not None and self.starts_at <= at and (self.ends_at is None or self.ends_at > at)

    def is_for(self, path: str) -> bool:
        """Whether it is shown on the page at an address."""
        beginnings = self.paths.split()
        return not beginnings or any(path.startswith(beginning) for beginning in beginnings)

    @property
    def heading(self) -> str:
        return f"【訓練】{self.title}" if self.is_drill else self.title


class DisasterModeQuerySet(models.QuerySet):
    def in_force(self, at: datetime | None = None) -> Self:
        """The mode at a moment: a real one before a drill."""
        at = at or timezone.now()
        running = Q(ended_at__isnull=True) | Q(ended_at__gt=at)
        return self.filter(running, started_at__lte=at).order_by("-kind", "-started_at", "-pk")

    def with_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)


class DisasterMode(models.Model):
    """A time in which the top page is the light one. A drill takes the same way, and ends by itself."""

    kind = models.CharField("種類", max_length=5, choices=ModeKind.choices)
    reason = models.CharField("理由", max_length=200, blank=True)
    started_at = models.DateTimeField("開始日時", default=timezone.now)
    started_by = person_field("開始した人", editable=False)
    ended_at = models.DateTimeField("終了日時", null=True, blank=True)
    ended_by = person_field("終了した人", editable=False)

    objects = DisasterModeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "災害時の表示"
        ordering = ["-started_at", "-pk"]
        constraints = [
            one_of("kind", ModeKind, "種類は決められた中から選んでください。"),
            in_order("started_at", "ended_at", "終了は開始より後にしてください。", may_be_equal=True),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(ended_at__isnull=True),
                name="disaster_support_disastermode_one_open",
                violation_error_message="災害時の表示は、すでに始まっています。",
            ),
            models.CheckConstraint(
                name="disaster_support_disastermode_drill_ends",
                condition=~Q(kind=ModeKind.DRILL) | Q(ended_at__isnull=False),
                violation_error_message="訓練には終了日時が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{timezone.localtime(self.started_at):%Y-%m-%d %H:%M}から）"

    @property
    def is_drill(self) -> bool:
        return self.kind == ModeKind.DRILL
