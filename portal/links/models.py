"""What became of the addresses that public records name, and where each is named."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from portal.core.constraints import one_of
from portal.links.querysets import LinkUseQuerySet

# An address longer than this is not checked: no browser shows it whole either.
LONGEST_ADDRESS = 1_000


class LinkState(models.TextChoices):
    UNCHECKED = "unchecked", "未確認"
    WORKS = "works", "つながる"
    FAILED = "failed", "つながらない（1回目）"
    BROKEN = "broken", "リンク切れ"


_NOT_FAILING = (LinkState.UNCHECKED, LinkState.WORKS)
_FAILING = (LinkState.FAILED, LinkState.BROKEN)


class LinkCheck(models.Model):
    """An address, and how it answered: it counts as broken once it has failed on two nights in a row."""

    address = models.CharField("アドレス", max_length=LONGEST_ADDRESS, unique=True)
    state = models.CharField("状態", max_length=10, choices=LinkState.choices, default=LinkState.UNCHECKED)
    code = models.PositiveSmallIntegerField("応答の番号", null=True, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    first_failed_at = models.DateTimeField("最初につながらなかった日時", null=True, blank=True)
    checked_at = models.DateTimeField("最後に確かめた日時", null=True, blank=True)
    told_at = models.DateTimeField("知らせた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "アドレスの状態"
        ordering = ["address"]
        indexes = [models.Index(fields=["state"], name="portal_linkcheck_state")]
        constraints = [
            one_of("state", LinkState, "状態は決められた中から選んでください。"),
            models.CheckConstraint(
                name="portal_linkcheck_failed_since",
                condition=Q(first_failed_at__isnull=True, reason="") & ~Q(state__in=_FAILING)
                | Q(first_failed_at__isnull=False) & ~Q(reason="") & ~Q(state__in=_NOT_FAILING),
                violation_error_message="つながらないときは、その日時と理由が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return self.address


class LinkUse(models.Model):
    """A place in a record where an address is named. ``subject`` is the record's name when it was last checked."""

    link = models.ForeignKey(LinkCheck, models.CASCADE, related_name="uses", verbose_name="アドレス")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="種類")
    object_id = models.CharField("記録の番号", max_length=64)
    record = GenericForeignKey()
    field = models.CharField("項目（英字）", max_length=60)
    subject = models.CharField("記録", max_length=300)

    objects = LinkUseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "リンクの点検"
        ordering = ["link__first_failed_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="portal_linkuse_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["link", "content_type", "object_id", "field"],
                name="portal_linkuse_once",
                violation_error_message="この項目のこのアドレスは、すでに点検の対象です。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}：{self.link.address}"

    @property
    def field_label(self) -> str:
        """What people call the column."""
        model = self.content_type.model_class()
        try:
            return str(getattr(model._meta.get_field(self.field), "verbose_name", self.field)) if model else self.field
        except FieldDoesNotExist:
            return self.field
