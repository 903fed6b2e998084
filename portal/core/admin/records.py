"""Sources, pictures, files and contacts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from portal.core.admin.autocomplete import RecordForm
from portal.core.admin.base import RecordAdmin
from portal.core.images import normalise
from portal.core.models import Attachment, ContactPoint, Image, SourceNote
from portal.core.uploads import check_attachment


@admin.register(SourceNote)
class SourceNoteAdmin(RecordAdmin):
    """All notes in one list; a new one is written on the page of its record."""

    fields = ("content_type", "source", "line", "as_printed", "corrected", "reason")
    written_as_printed = ("source", "as_printed", "corrected", "reason")
    readonly_fields = ("content_type",)
    list_display = ("source", "line", "content_type", "as_printed", "reason")
    list_filter = ("source", ("content_type", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("content_type",)
    search_fields = ("source", "as_printed", "corrected", "reason")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class ImageForm(RecordForm):
    file = forms.FileField(
        label="画像",
        widget=AdminFileWidget(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        help_text="JPEG・PNG・WebP・AVIF・GIF、20MBまで。撮影場所などの情報は取り除きます。",
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        return normalise(upload) if isinstance(upload, UploadedFile) else upload


@admin.register(Image)
class ImageAdmin(RecordAdmin):
    form = ImageForm
    fields = ("file", "alt_text", "is_decorative", "credit", "rights_until", "width", "height", "created_at")
    readonly_fields = ("width", "height", "created_at")
    list_display = ("__str__", "credit", "rights_until", "width", "height", "created_at")
    list_filter = ("is_decorative", "rights_until")
    search_fields = ("alt_text", "credit")
    date_hierarchy = "created_at"


class AttachmentForm(RecordForm):
    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            check_attachment(upload)
            self.instance.size = upload.size
        return upload


@admin.register(Attachment)
class AttachmentAdmin(RecordAdmin):
    form = AttachmentForm
    fields = ("title", "file", "size", "created_at")
    readonly_fields = ("size", "created_at")
    list_display = ("title", "file_type", "size", "created_at")
    search_fields = ("title",)
    date_hierarchy = "created_at"

    @admin.display(description="形式")
    def file_type(self, attachment: Attachment) -> str:
        return attachment.file_type


@admin.register(ContactPoint)
class ContactPointAdmin(RecordAdmin):
    fields = ("organization", "department", "phone", "extension", "email", "url")
    list_display = ("organization", "department", "phone", "extension", "email")
    search_fields = ("organization", "department", "email")
