"""The audit log."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from portal.core.constraints import Frozen, one_of
from portal.core.fields import person_field


class AuditAction(models.TextChoices):
    SIGN_IN = "sign_in", "サインイン"
    SIGN_OUT = "sign_out", "サインアウト"
    SIGN_IN_FAILED = "sign_in_failed", "サインインの失敗"
    ROLE = "role", "役割・権限の変更"
    SETTING = "setting", "設定の変更"
    APPROVAL = "approval", "承認の手続き"
    WITHDRAWAL = "withdrawal", "取下げ"
    DELETION = "deletion", "削除"
    RESTORATION = "restoration", "復元"
    EXPORT = "export", "書出し"
    IMPORT = "import", "取込み"
    PREVIEW = "preview", "プレビューのリンク"


class AuditEntry(models.Model):
    """Something somebody did; never changed or deleted. Of people it holds who they are here, and nothing more."""

    at = models.DateTimeField("日時")
    by = person_field("職員")
    action = models.CharField("操作", max_length=16, choices=AuditAction.choices)
    content_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="種類"
    )
    object_id = models.CharField("記録の番号", max_length=64, blank=True)
    subject = models.CharField("記録", max_length=300, blank=True)
    detail = models.TextField("内容", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "操作の記録"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["at"], name="core_auditentry_at"),
            models.Index(fields=["content_type", "object_id"], name="core_auditentry_record"),
        ]
        constraints = [
            one_of("action", AuditAction, "操作は決められた中から選んでください。"),
            Frozen(name="core_auditentry_frozen", column="at", violation_error_message="操作の記録は変えられません。"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.subject}".strip()
