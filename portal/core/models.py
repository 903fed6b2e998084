"""What every app builds on: people, where facts come from, pictures, files, contacts."""

from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.validators import FileExtensionValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from portal.core.approval.models import Proposal as Proposal
from portal.core.approval.models import ProposalStep as ProposalStep
from portal.core.audit.models import AuditEntry as AuditEntry
from portal.core.history.models import Version as Version
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


def random_name(folder: str, filename: str) -> str:
    """A path in the media folder that tells nothing of the name a file came with, but keeps its type."""
    return f"{folder}/{uuid4().hex}{PurePosixPath(filename).suffix.lower()}"


def image_path(image: "Image", filename: str) -> str:
    return random_name("images", filename)


def attachment_path(attachment: "Attachment", filename: str) -> str:
    return random_name("attachments", filename)


class ImageQuerySet(models.QuerySet):
    def may_be_shown(self, at: datetime | None = None) -> Self:
        """The pictures whose rights last on the day of a moment (inclusive); without a date they last for good."""
        lasting = Q(rights_until__isnull=True) | Q(rights_until__gte=timezone.localdate(at))
        return self.filter(lasting).order_by("pk")


class Image(models.Model):
    """A picture with what a person who cannot see it should know, and who may be thanked for it."""

    file = models.ImageField("画像", upload_to=image_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField("幅", editable=False)
    height = models.PositiveIntegerField("高さ", editable=False)
    alt_text = models.CharField(
        "代替テキスト", max_length=200, blank=True, help_text="画像が見えない人に伝える説明です。"
    )
    is_decorative = models.BooleanField("装飾のみ", default=False, help_text="内容を伝えない飾りの画像に限ります。")
    credit = models.CharField("提供", max_length=100, blank=True)
    rights_until = models.DateField("使用期限", null=True, blank=True)
    is_demo = models.BooleanField("デモデータ", default=False, editable=False)
    created_at = models.DateTimeField("登録日時", auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "画像"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="core_image_described_or_decorative",
                condition=Q(is_decorative=True, alt_text="") | (Q(is_decorative=False) & ~Q(alt_text="")),
                violation_error_message="代替テキストを入れるか、「装飾のみ」を選んでください（両方はできません）。",
            )
        ]

    def __str__(self) -> str:
        return self.alt_text or f"装飾画像 {self.pk}"


ATTACHMENT_EXTENSIONS = ["pdf", "csv", "xlsx", "docx", "pptx", "zip"]


class Attachment(models.Model):
    """A file to download, with what it is called, its type and its size in bytes."""

    title = models.CharField("名称", max_length=200)
    file = models.FileField(
        "ファイル", upload_to=attachment_path, validators=[FileExtensionValidator(ATTACHMENT_EXTENSIONS)]
    )
    size = models.PositiveBigIntegerField("大きさ（バイト）", editable=False, validators=[MinValueValidator(0)])
    is_demo = models.BooleanField("デモデータ", default=False, editable=False)
    created_at = models.DateTimeField("登録日時", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "添付ファイル"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def file_type(self) -> str:
        """「PDF」, 「XLSX」: the type shown beside the link."""
        return PurePosixPath(str(self.file.name)).suffix.removeprefix(".").upper()


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
