"""When things take place: days that are known, known to the month, or not at all; what became of a plan."""

from datetime import date, datetime

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import ExtractYear
from django.utils import timezone

from events.choices import DatePrecision, Status
from events.rules import NOT_TAKING_PLACE
from portal.core.constraints import in_order, one_of
from portal.core.fields import DayField

FISCAL_YEAR_OF_FIRST_DAY = ExtractYear("first_day") - Case(
    When(Q(first_day__month__lt=4), then=Value(1)), default=Value(0)
)


class Dated(models.Model):
    """Days, both inclusive; the fiscal year is known even where the days are not."""

    fiscal_year = models.PositiveSmallIntegerField(
        "年度", help_text="4月から翌年3月まで。日が決まっていなくても必要です。"
    )
    date_precision = models.CharField(
        "日付の確かさ", max_length=8, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    first_day = DayField("初日", null=True, blank=True)
    last_day = DayField("最終日", null=True, blank=True)
    date_note = models.CharField("日程の補足", max_length=200, blank=True, help_text="「調整中」など。")

    class Meta:
        abstract = True
        constraints = [
            one_of("date_precision", DatePrecision, "日付の確かさは決められた中から選んでください。"),
            in_order("first_day", "last_day", "最終日は初日より前にできません。", may_be_equal=True),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_days_as_precise",
                condition=Q(date_precision=DatePrecision.UNKNOWN, first_day__isnull=True, last_day__isnull=True)
                | (~Q(date_precision=DatePrecision.UNKNOWN) & Q(first_day__isnull=False, last_day__isnull=False)),
                violation_error_message="初日と最終日の両方を入れるか、日付の確かさを「未定・不明」にしてください。",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_fiscal_year_of_first_day",
                condition=Q(first_day__isnull=True) | Q(fiscal_year=FISCAL_YEAR_OF_FIRST_DAY),
                violation_error_message="年度が初日と合いません（4月から翌年3月までが1年度です）。",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_fiscal_year_range",
                condition=Q(fiscal_year__range=(1947, 2200)),
                violation_error_message="年度は西暦4桁で入れてください。",
            ),
        ]

    @property
    def is_known_to_the_day(self) -> bool:
        return self.date_precision == DatePrecision.DAY


class Scheduled(Dated):
    """Days on which something takes place, and what became of that plan."""

    status = models.CharField("実施状況", max_length=10, choices=Status.choices, default=Status.PLANNED)
    status_reason = models.TextField("中止・変更等の理由", blank=True)
    status_changed_on = DayField("中止・変更等を決めた日", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            *Dated.Meta.constraints,
            one_of("status", Status, "実施状況は決められた中から選んでください。"),
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
