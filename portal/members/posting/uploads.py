"""Files sent along with a record: each is read, checked and stored by itself, before the record is written.

So nothing of a record that is refused is lost but the file that was refused itself, and a message says which.
"""

import logging
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from portal.core.actions import save_upload
from portal.core.image_files import write_image, write_upload
from portal.core.images import MAX_BYTES as LARGEST_PICTURE
from portal.core.images import normalise
from portal.core.library import ATTACHMENT_EXTENSIONS, Uploaded
from portal.core.models import Attachment, Image, User
from portal.core.uploads import MAX_BYTES as LARGEST_PAPER
from portal.core.uploads import check_attachment
from portal.core.widgets import UploadField

logger = logging.getLogger(__name__)

PICTURE_EXTENSIONS = ("jpg", "jpeg", "png", "webp", "avif", "gif")
# So many at a time; more can be sent after saving.
PICTURES, PAPERS = 3, 2
NOT_WRITTEN = "ファイルを保存できませんでした。しばらくしてから、もう一度お試しください。"
NOT_DESCRIBED = "写真が見えない人に伝える説明を入れるか、「装飾のみ」を選んでください。"
BOTH = "「装飾のみ」の写真には、代替テキストを入れないでください。"
NO_FILE = "ファイルを選んでください。"


class UploadForm(forms.Form):
    """A row for one file. An empty row is nothing; what is wrong with a file names it, for it is to be chosen again."""

    file: forms.FileField
    stored: Any = None

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **{"label_suffix": "", **options})

    @property
    def is_filled(self) -> bool:
        return self.is_bound and any(self[name].data for name in self.fields)

    @property
    def sent(self) -> UploadedFile | None:
        """The file that was sent, be it good or not."""
        return self.files.get(self.add_prefix("file"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_filled and self.sent is None:
            self.add_error("file", NO_FILE)
        return cleaned

    def _clean_form(self) -> None:
        super()._clean_form()  # type: ignore[misc]
        self.tell_which()

    def tell_which(self) -> None:
        if self.errors and self.sent is not None:
            self.add_error("file", f"「{self.sent.name}」は保存していません。直してから、もう一度選んでください。")

    def keep(self, by: User) -> None:
        """Stores the file of a row without errors; where the disk takes it not, the row has one."""
        try:
            self.stored = self.write(by)
        except OSError:
            logger.exception("A file that a member sent could not be written")
            self.add_error("file", NOT_WRITTEN)
            self.tell_which()

    def write(self, by: User) -> Uploaded:
        raise NotImplementedError


class PictureForm(UploadForm):
    file = UploadField(
        label="写真のファイル",
        extensions=PICTURE_EXTENSIONS,
        max_bytes=LARGEST_PICTURE,
        required=False,
        help_text="撮影場所などの情報は取り除きます。",
    )
    alt_text = forms.CharField(
        label="代替テキスト",
        max_length=200,
        required=False,
        help_text="写真が見えない人に伝える説明です。例：棚田に水が張られ、夕日が映っている。",
    )
    is_decorative = forms.BooleanField(label="装飾のみ（内容を伝えない飾りの写真）", required=False)
    credit = forms.CharField(label="写真の提供者", max_length=100, required=False)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        return normalise(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        described, is_decorative = bool(cleaned.get("alt_text")), cleaned.get("is_decorative")
        if self.is_filled and "alt_text" not in self.errors and described == bool(is_decorative):
            self.add_error("alt_text", BOTH if described else NOT_DESCRIBED)
        return cleaned

    def write(self, by: User) -> Image:
        image = Image(**self.cleaned_data)
        write_image(image)
        save_upload(image, by=by)
        return image


class PaperForm(UploadForm):
    file = UploadField(
        label="資料のファイル", extensions=ATTACHMENT_EXTENSIONS, max_bytes=LARGEST_PAPER, required=False
    )
    title = forms.CharField(
        label="資料の名称", max_length=200, required=False, help_text="空欄なら、ファイルの名前にします。"
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload:
            check_attachment(upload)
        return upload

    def write(self, by: User) -> Attachment:
        upload = self.cleaned_data["file"]
        title = self.cleaned_data["title"] or PurePosixPath(upload.name).stem
        paper = Attachment(title=title[:200], file=upload, size=upload.size)
        write_upload(paper)
        save_upload(paper, by=by)
        return paper


class Uploads:
    """The rows for files of one page: pictures, and papers where ``has_papers``."""

    kinds: ClassVar[tuple[tuple[str, type[UploadForm], int], ...]] = (
        ("picture", PictureForm, PICTURES),
        ("paper", PaperForm, PAPERS),
    )

    def __init__(self, data: Any = None, files: Any = None, *, has_papers: bool = True):
        self.pictures, self.papers = (
            [form(data, files, prefix=f"{name}-{number}") for number in range(1, count + 1)]
            for name, form, count in self.kinds
        )
        if not has_papers:
            self.papers = []

    def __iter__(self) -> Iterator[UploadForm]:
        return iter([*self.pictures, *self.papers])

    def keep(self, by: User) -> bool:
        """Stores what was sent and is good; whether nothing was wrong with any of it."""
        for row in self:
            if row.is_filled and row.is_valid():
                row.keep(by)
        return not any(row.errors for row in self)

    @property
    def new_pictures(self) -> list[int]:
        """The keys of the pictures that were stored."""
        return [row.stored.pk for row in self.pictures if row.stored]

    @property
    def new_papers(self) -> list[int]:
        return [row.stored.pk for row in self.papers if row.stored]
