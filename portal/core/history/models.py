"""The versions of records."""

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from portal.core.constraints import Frozen, one_of
from portal.core.fields import person_field
from portal.core.history.querysets import VersionQuerySet


class VersionKind(models.TextChoices):
    """What made a version."""

    FORMER = "former", "それまでの内容"
    ADDED = "added", "登録"
    CHANGED = "changed", "変更"
    APPROVED = "approved", "承認された変更"
    STATE = "state", "公開の手続き"
    RESTORED = "restored", "復元"
    IMPORTED = "imported", "取込み"
    DELETED = "deleted", "削除"


class Version(models.Model):
    """A record as it was once somebody had changed it; never changed or deleted itself."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="種類")
    object_id = models.CharField("記録の番号", max_length=64)
    number = models.PositiveIntegerField("版")
    kind = models.CharField("できごと", max_length=10, choices=VersionKind.choices)
    data = models.JSONField("内容", encoder=DjangoJSONEncoder)
    subject = models.CharField("記録", max_length=300)
    made_at = models.DateTimeField("日時", default=timezone.now)
    made_by = person_field("職員")
    reason = models.CharField("理由", max_length=200, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "版"
        ordering = ["content_type", "object_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "number"], name="core_version_number"),
            one_of("kind", VersionKind, "できごとは決められた中から選んでください。"),
            Frozen(
                name="core_version_frozen",
                column="made_at",
                violation_error_message="履歴は変えられません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} 第{self.number}版"
