"""Links by which somebody without an account sees what is not public yet."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from portal.core.previewing.querysets import PreviewLinkQuerySet


class PreviewLink(models.Model):
    """A link that shows one record as it will be, until it expires or is revoked.

    The link itself is shown once, to whoever makes it; only its digest is kept.
    """

    digest = models.CharField("照合値", max_length=64, unique=True, editable=False)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="種類")
    object_id = models.CharField("記録の番号", max_length=64)
    record = GenericForeignKey()
    recipient = models.CharField("渡す相手", max_length=100, help_text="組織の名称です。例：○○町企画課、区長室")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="作成した職員"
    )
    made_at = models.DateTimeField("作成日時", editable=False)
    expires_at = models.DateTimeField("期限", editable=False)
    revoked_at = models.DateTimeField("取り消した日時", null=True, blank=True, editable=False)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "プレビューのリンク"
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="core_previewlink_record")]
        constraints = [
            models.CheckConstraint(
                name="core_previewlink_expires_later",
                condition=Q(expires_at__gt=F("made_at")),
                violation_error_message="期限は作成日時より後にしてください。",
            )
        ]

    def __str__(self) -> str:
        return self.recipient
