"""What every app builds on: people, where facts come from, pictures, files, contacts."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from portal.core.approval.models import Proposal as Proposal
from portal.core.approval.models import ProposalStep as ProposalStep
from portal.core.audit.models import AuditEntry as AuditEntry
from portal.core.history.models import Version as Version
from portal.core.library import ATTACHMENT_EXTENSIONS as ATTACHMENT_EXTENSIONS
from portal.core.library import Attachment as Attachment
from portal.core.library import Image as Image
from portal.core.library import attachment_path as attachment_path
from portal.core.library import image_path as image_path
from portal.core.mail.models import OutgoingMail as OutgoingMail
from portal.core.previewing.models import PreviewLink as PreviewLink
from portal.core.saved_filters.models import SavedFilter as SavedFilter


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, with an e-mail address."""

    email = models.EmailField(
        "メールアドレス", unique=True, error_messages={"unique": "このメールアドレスは使われています。"}
    )
    name = models.CharField("氏名", max_length=100)
    is_staff = models.BooleanField("職員", default=False, help_text="管理画面に入れるかどうかです。")
    is_active = models.BooleanField("有効", default=True, help_text="退職や異動のときは、削除せずに外してください。")
    date_joined = models.DateTimeField("登録日時", default=timezone.now, editable=False)

    # Nobody's password, not even its digest, is kept in a history.
    kept_out: ClassVar[tuple[str, ...]] = ("password", "last_login")

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "利用者"
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                name="core_user_email_in_lower_case",
                condition=Q(email=Lower("email")),
                violation_error_message="メールアドレスは小文字で入れてください。",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


class SourceNoteQuerySet(models.QuerySet):
    def with_reason(self) -> Self:
        """The notes that say what is wrong or doubtful in the paper."""
        return self.exclude(reason="")


class SourceNote(models.Model):
    """Where a record comes from: the line of the paper it was read from, as it is printed there.

    A printed error is kept as printed; ``reason`` says what is wrong with it and is shown as ※ beside the record.
    ``key`` names the row of the official data for good, so that loading it again finds the same record.
    """

    key = models.SlugField("資料中の名前", max_length=100, unique=True, null=True, blank=True, editable=False)
    row_digest = models.CharField("読み込んだ行", max_length=64, blank=True, editable=False)
    content_type = models.ForeignKey(ContentType, models.CASCADE, verbose_name="種類")
    object_id = models.PositiveBigIntegerField("番号")
    record = GenericForeignKey()
    source = models.CharField("資料名", max_length=200)
    line = models.PositiveIntegerField("資料の行", null=True, blank=True)
    as_printed = models.TextField("資料の記載", blank=True)
    corrected = models.TextField("正しいと考えられる記載", blank=True)
    reason = models.TextField(
        "注記", blank=True, help_text="資料の記載に誤りや疑問があるとき、公開ページに※として表示します。"
    )

    objects = SourceNoteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "出典"
        ordering = ["line", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="core_source_note_record")]
        constraints = [
            models.CheckConstraint(
                name="core_source_note_correction_explained",
                condition=Q(corrected="") | ~Q(reason=""),
                violation_error_message="訂正案には注記が必要です。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.line}行目" if self.line else self.source


class OfficialQuerySet(models.QuerySet):
    def official(self) -> Self:
        """Without the fictional rows of the demo data: what every official number counts."""
        return self.filter(is_demo=False)

    def with_values(self, wanted: dict[str, Any]) -> Self:
        """The rows that have these values, by the name of the column."""
        return self.filter(**wanted)


class Sourced(models.Model):
    """A record whose origin is known: read from a paper, entered by staff, or fictional (``is_demo``)."""

    # The relations whose rows belong to the record: they are kept, compared and put back with it.
    told_with: ClassVar[tuple[str, ...]] = ("source_notes",)

    is_demo = models.BooleanField("デモデータ", default=False, editable=False)
    source_notes = GenericRelation(SourceNote)

    class Meta:
        abstract = True


class ContactPoint(models.Model):
    """Whom to ask: an office, never a named person."""

    organization = models.CharField("組織", max_length=100)
    department = models.CharField("部署", max_length=100, blank=True)
    phone = models.CharField("電話番号", max_length=20, blank=True)
    extension = models.CharField("内線番号", max_length=10, blank=True)
    email = models.EmailField("メールアドレス", blank=True)
    url = models.URLField("ホームページ", blank=True)
    is_demo = models.BooleanField("デモデータ", default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "問い合わせ先"
        ordering = ["organization", "department"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "department"],
                name="core_contact_point_office",
                violation_error_message="この組織・部署の問い合わせ先はすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.organization, self.department]))
