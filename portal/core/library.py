"""The media library: pictures and papers that records use, and the files that are made of them."""

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, ProtectedError, Q
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from django.utils import timezone

from portal.core.crops import (
    CARD_WIDTHS,
    SMALLEST_CROP,
    WIDTHS,
    Crop,
    Focus,
    Served,
    Size,
    card_box,
    crop_box,
    sizes_of,
)
from portal.core.fields import DayField
from portal.core.stored_files import remove_after_commit
from portal.core.uses import is_used, use_count


def random_name(folder: str, filename: str) -> str:
    """A path in the media folder that tells nothing of the name a file came with, but keeps its type."""
    return f"{folder}/{uuid4().hex}{PurePosixPath(filename).suffix.lower()}"


def image_path(image: "Image", filename: str) -> str:
    return random_name("images", filename)


def attachment_path(attachment: "Attachment", filename: str) -> str:
    return random_name("attachments", filename)


class UploadedQuerySet(models.QuerySet):
    def with_use_count(self) -> Self:
        """With ``use_count``: how often each is used by other records, public or not."""
        return self.annotate(use_count=use_count(self.model))

    def used(self) -> Self:
        return self.filter(is_used(self.model))

    def unused(self) -> Self:
        return self.exclude(is_used(self.model))


class Uploaded(models.Model):
    """A file of the media library: other records use it, and where it is replaced, it is so in all of them."""

    is_demo = models.BooleanField("デモデータ", default=False, editable=False)
    created_at = models.DateTimeField("登録日時", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="登録した人",
    )

    # What the records that use it show of it.
    told: ClassVar[tuple[str, ...]]
    file: Any

    class Meta:
        abstract = True

    @property
    def stored_names(self) -> set[str]:
        """The names of all its files in the media folder."""
        return {str(self.file)}


class ImageQuerySet(UploadedQuerySet):
    def may_be_shown(self, at: datetime | None = None) -> Self:
        """The pictures whose rights last on the day of a moment (inclusive); without a date they last for good."""
        lasting = Q(rights_until__isnull=True) | Q(rights_until__gte=timezone.localdate(at))
        return self.filter(lasting).order_by("pk")

    def rights_ended(self, at: datetime | None = None) -> Self:
        """The pictures that may not be shown any more: the rest of ``may_be_shown``."""
        return self.filter(rights_until__lt=timezone.localdate(at))

    def rights_ending(self, within_days: int, at: datetime | None = None) -> Self:
        """The pictures that may be shown today and not for more than so many days after it, the most urgent first."""
        today = timezone.localdate(at)
        last = today + timedelta(days=within_days)
        return self.filter(rights_until__range=(today, last)).order_by("rights_until", "pk")

    def without_rights_end(self) -> Self:
        return self.filter(rights_until__isnull=True)

    def without_sizes(self) -> Self:
        """The pictures whose files for the public are not made yet."""
        return self.filter(sizes_key="").order_by("pk")


# So many days before its rights end, a picture is marked in the back office.
RIGHTS_WARNING_DAYS = 30


def percent(label: str, default: int, help_text: str = "") -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MaxValueValidator(100)], help_text=help_text
    )


class Image(Uploaded):
    """A picture with what a person who cannot see it should know, and who may be thanked for it.

    ``file`` is the whole picture, for the back office only: the public sees the files made of its crop, whose names
    tell nothing of it.
    """

    file = models.ImageField("画像", upload_to=image_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField("幅", editable=False)
    height = models.PositiveIntegerField("高さ", editable=False)
    crop_left = percent("切り抜きの左端（％）", 0)
    crop_top = percent("切り抜きの上端（％）", 0)
    crop_width = percent("切り抜きの幅（％）", 100)
    crop_height = percent("切り抜きの高さ（％）", 100)
    focus_x = percent("注目点の横の位置（％）", 50, "左端が0、右端が100です。")
    focus_y = percent("注目点の縦の位置（％）", 50, "上端が0、下端が100です。")
    sizes_key = models.CharField("各大きさのファイル名", max_length=32, blank=True, editable=False)
    alt_text = models.CharField(
        "代替テキスト", max_length=200, blank=True, help_text="画像が見えない人に伝える説明です。"
    )
    is_decorative = models.BooleanField("装飾のみ", default=False, help_text="内容を伝えない飾りの画像に限ります。")
    credit = models.CharField("提供", max_length=100, blank=True)
    rights_until = DayField(
        "使用期限", null=True, blank=True, help_text="この日まで公開ページに表示します。空欄なら期限はありません。"
    )

    told = ("file", "sizes_key", "alt_text", "is_decorative", "credit", "rights_until")

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "画像"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["rights_until"], name="core_image_rights_until")]
        constraints = [
            models.CheckConstraint(
                name="core_image_described_or_decorative",
                condition=Q(is_decorative=True, alt_text="") | (Q(is_decorative=False) & ~Q(alt_text="")),
                violation_error_message="代替テキストを入れるか、「装飾のみ」を選んでください（両方はできません）。",
            ),
            models.CheckConstraint(
                name="core_image_crop_within",
                condition=Q(
                    crop_left__gte=0,
                    crop_top__gte=0,
                    crop_width__gte=SMALLEST_CROP,
                    crop_height__gte=SMALLEST_CROP,
                    crop_width__lte=100 - F("crop_left"),
                    crop_height__lte=100 - F("crop_top"),
                ),
                violation_error_message="切り抜きは、画像からはみ出さないように、幅も高さも5％以上にしてください。",
            ),
            models.CheckConstraint(
                name="core_image_focus_within",
                condition=Q(focus_x__range=(0, 100), focus_y__range=(0, 100)),
                violation_error_message="注目点の位置は、0から100までの数にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.alt_text or f"装飾画像 {self.pk}"

    def may_be_shown(self, at: datetime | None = None) -> bool:
        """Whether its rights last on the day of a moment: the twin of ``may_be_shown``."""
        return self.rights_until is None or self.rights_until >= timezone.localdate(at)

    @property
    def crop(self) -> Crop:
        return Crop(self.crop_left, self.crop_top, self.crop_width, self.crop_height)

    @property
    def focus(self) -> Focus:
        return Focus(self.focus_x, self.focus_y)

    @property
    def sizes(self) -> list[Size]:
        """The files of its crop, from small to large; none where they are not made yet."""
        box = crop_box(self.width, self.height, self.crop)
        return sizes_of(f"images/{self.sizes_key}", box, WIDTHS) if self.sizes_key else []

    @property
    def card_sizes(self) -> list[Size]:
        """The files that fit a card, from small to large; none where they are not made yet."""
        box = card_box(self.width, self.height, self.crop, self.focus)
        return sizes_of(f"images/{self.sizes_key}-card", box, CARD_WIDTHS) if self.sizes_key else []

    @property
    def stored_names(self) -> set[str]:
        return {str(self.file), *(size.name for size in [*self.sizes, *self.card_sizes])}

    @property
    def shown(self) -> Served:
        """The picture as the public sees it; whole, where its sizes are not made yet."""
        return self._served(self.sizes)

    @property
    def card(self) -> Served:
        """The picture in the shape of a card, around its focus."""
        return self._served(self.card_sizes)

    def _served(self, made: list[Size]) -> Served:
        if not made:
            return Served(self.file.url, "", self.width, self.height)
        addresses = [self.file.storage.url(size.name) for size in made]
        srcset = ", ".join(f"{address} {size.width}w" for address, size in zip(addresses, made, strict=True))
        return Served(addresses[-1], srcset, made[-1].width, made[-1].height)


ATTACHMENT_EXTENSIONS = ["pdf", "csv", "xlsx", "docx", "pptx", "zip"]


class Attachment(Uploaded):
    """A file to download, with what it is called, its type and its size in bytes."""

    title = models.CharField("名称", max_length=200)
    file = models.FileField(
        "ファイル", upload_to=attachment_path, validators=[FileExtensionValidator(ATTACHMENT_EXTENSIONS)]
    )
    size = models.PositiveBigIntegerField("大きさ（バイト）", editable=False, validators=[MinValueValidator(0)])

    told = ("title", "file")

    objects = UploadedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "添付ファイル"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def file_type(self) -> str:
        """「PDF」, 「XLSX」: the type shown beside the link."""
        return PurePosixPath(str(self.file.name)).suffix.removeprefix(".").upper()


@receiver(pre_delete, sender=Image)
@receiver(pre_delete, sender=Attachment)
def keep_what_is_used(sender: type[Uploaded], instance: Uploaded, **context: Any) -> None:
    """However it is asked for: what a record uses is not deleted. Raises ProtectedError."""
    if sender._base_manager.filter(is_used(sender), pk=instance.pk).exists():
        raise ProtectedError("記録で使われているため、削除できません。", {instance})


@receiver(post_delete, sender=Image)
@receiver(post_delete, sender=Attachment)
def remove_its_files(sender: type[Uploaded], instance: Uploaded, **context: Any) -> None:
    remove_after_commit(instance.stored_names)
