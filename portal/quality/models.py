"""What the checks found about the records, and what was decided on it."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.core.checks.texts import NOTES
from portal.core.constraints import one_of
from portal.core.models import User
from portal.quality.choices import FindingState, Severity
from portal.quality.querysets import FindingQuerySet
from portal.quality.rules import RULES

_DECIDED_WITH_REASON = (FindingState.ACCEPTED, FindingState.DISMISSED)


class Finding(models.Model):
    """Something doubtful about a record: it is noted down, decided on by people, and never mended by itself.

    ``subject`` is the name the record had when it was found. A finding that was closed opens again when it is found
    again.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="種類")
    object_id = models.CharField("記録の番号", max_length=64)
    record = GenericForeignKey()
    subject = models.CharField("記録", max_length=300)
    code = models.CharField("規則（英字）", max_length=30)
    severity = models.CharField("重さ", max_length=8, choices=Severity.choices)
    field = models.CharField("項目（英字）", max_length=60)
    message = models.TextField("内容")
    message_digest = models.CharField("内容の要約値", max_length=64, editable=False)
    found_at = models.DateTimeField("見つけた日時", default=timezone.now)
    state = models.CharField("状態", max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    reason = models.TextField("注記・理由", blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="判断した人"
    )
    decided_at = models.DateTimeField("判断した日時", null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "データの点検"
        ordering = ["-found_at", "pk"]
        indexes = [models.Index(fields=["state", "severity"], name="portal_finding_state_severity")]
        constraints = [
            one_of("severity", Severity, "重さは決められた中から選んでください。"),
            one_of("state", FindingState, "状態は決められた中から選んでください。"),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "code", "field", "message_digest"],
                name="portal_finding_once",
                violation_error_message="この指摘はすでにあります。",
            ),
            models.CheckConstraint(
                name="portal_finding_decided_unless_open",
                condition=Q(state=FindingState.OPEN, decided_at__isnull=True)
                | (~Q(state=FindingState.OPEN) & Q(decided_at__isnull=False)),
                violation_error_message="未対応のほかは、判断した日時が必要です。",
            ),
            models.CheckConstraint(
                name="portal_finding_reason_given",
                condition=~Q(state__in=_DECIDED_WITH_REASON) | ~Q(reason=""),
                violation_error_message="注記と見送りには、注記か理由の文が必要です。",
            ),
            models.CheckConstraint(
                name="portal_finding_dismissed_by_somebody",
                condition=~Q(state=FindingState.DISMISSED) | Q(decided_by__isnull=False),
                violation_error_message="見送りには、判断した人が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}：{self.message}"

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes it the same finding among those of one kind of records."""
        return self.object_id, self.code, self.field, self.message_digest

    @property
    def rule_label(self) -> str:
        return RULES[self.code].label if self.code in RULES else self.code

    @property
    def field_label(self) -> str:
        """What people call the column."""
        model = self.content_type.model_class()
        if self.field == NOTES or model is None:
            return "資料の記載"
        try:
            return str(getattr(model._meta.get_field(self.field), "verbose_name", self.field))
        except FieldDoesNotExist:
            return self.field
