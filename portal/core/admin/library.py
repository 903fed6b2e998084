"""The media library: pictures and papers, where they are used, and replacing them everywhere at once."""

import logging
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from portal.core.actions import save_upload
from portal.core.admin.autocomplete import RecordForm
from portal.core.admin.base import RecordAdmin
from portal.core.admin.uses import shown_uses
from portal.core.crops import Crop, Focus
from portal.core.image_files import write_image, write_upload
from portal.core.images import normalise
from portal.core.library import RIGHTS_WARNING_DAYS, Uploaded
from portal.core.models import Attachment, Image
from portal.core.uploads import check_attachment

logger = logging.getLogger(__name__)

NOT_WRITTEN = "ファイルを保存できませんでした。何も変わっていません。しばらくしてから、もう一度お試しください。"
# The fields of crop and focus, and what they hold where the whole picture is shown.
WHOLE = dict(
    zip(("crop_left", "crop_top", "crop_width", "crop_height", "focus_x", "focus_y"), (*Crop(), *Focus()), strict=True)
)


class UploadForm(RecordForm):
    """Writes the files last of all, when nothing else is wrong: what cannot be written is a message like any other."""

    def clean(self) -> dict[str, Any] | None:
        """Without a new file the stored one is left alone: a picture that is given again is read again."""
        cleaned = super().clean() or self.cleaned_data
        if "file" not in self.changed_data:
            cleaned.pop("file", None)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        kept: set[str] = set() if "file" in self.changed_data else {"file"}
        return super()._get_validation_exclusions() | kept  # type: ignore[misc]

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        try:
            self.write()
        except OSError:
            logger.exception("An uploaded file could not be written")
            self.add_error("file", NOT_WRITTEN)

    def write(self) -> None:
        write_upload(self.instance)


class ImageForm(UploadForm):
    file = forms.FileField(
        label="画像",
        widget=AdminFileWidget(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        help_text="JPEG・PNG・WebP・AVIF・GIF、20MBまで。撮影場所などの情報は取り除きます。"
        "差し替えると、使っているすべてのページで新しい画像になります。",
    )
    # Whether the crop of another picture was left behind with it.
    crop_was_reset = False

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        return normalise(upload) if isinstance(upload, UploadedFile) else upload

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        is_replaced = bool(self.instance.pk) and "file" in self.changed_data
        kept = {name: self.initial.get(name) for name in WHOLE}
        if is_replaced and kept != WHOLE and WHOLE.keys().isdisjoint(self.changed_data):
            cleaned |= WHOLE
            self.crop_was_reset = True
        return cleaned

    def write(self) -> None:
        if not self.instance.sizes_key or {"file", *WHOLE} & set(self.changed_data):
            write_image(self.instance)


class AttachmentForm(UploadForm):
    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            check_attachment(upload)
            self.instance.size = upload.size
        return upload


class UseFilter(admin.SimpleListFilter):
    title = "使われ方"
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "使われていない"), ("yes", "使われている")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return {"no": queryset.unused, "yes": queryset.used}.get(self.value() or "", queryset.all)()


class RightsFilter(admin.SimpleListFilter):
    title = "使用期限"
    parameter_name = "rights"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ended", "期限切れ"), ("ending", f"まもなく（{RIGHTS_WARNING_DAYS}日以内）"), ("none", "期限なし")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "ending":
            return queryset.rights_ending(RIGHTS_WARNING_DAYS)
        if self.value() == "none":
            return queryset.without_rights_end()
        return queryset.rights_ended() if self.value() == "ended" else queryset


class MadeFile(NamedTuple):
    """A file made of a picture, to look at."""

    label: str
    address: str
    width: int
    height: int


class LibraryAdmin(RecordAdmin):
    """Shows where each is used, and deletes nothing that is."""

    change_form_template = "admin/core/library/change_form.html"
    delete_confirmation_template = "admin/core/library/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/core/library/delete_selected_confirmation.html"
    list_select_related = ("uploaded_by",)
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.with_use_count()

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Whoever changes it waits for whoever is replacing it: what was replaced meanwhile has lost its files."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        with transaction.atomic():
            self.model._base_manager.select_for_update().filter(pk=found.pk).first()
        return super().get_object(request, object_id, from_field)

    def write_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        save_upload(obj, by=request.user)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, Any]:
        """What uses them takes the place of what protects them: a list by which each can be found."""
        labels, counts, refused, _ = super().get_deleted_objects(objs, request)
        uses = shown_uses(list(objs), request, self.admin_site)
        return labels, counts, refused, uses if uses.total else None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """What is stored is shown, also where what was sent is refused."""
        if context["original"] is not None:
            stored = self.model._base_manager.get(pk=context["object_id"]) if request.POST else context["original"]
            context |= self.told_of(stored) | {"uses": shown_uses([stored], request, self.admin_site)}
        return super().render_change_form(request, context, *args, **options)

    def told_of(self, stored: Any) -> dict[str, Any]:
        """What the page tells of a stored row, beside its fields and uses."""
        return {"stored": stored}

    @admin.display(description="使用", ordering="use_count")
    def used_times(self, row: Any) -> str:
        return f"{row.use_count:,}か所"

    @admin.display(description="登録した人", ordering="uploaded_by")
    def uploader(self, row: Uploaded) -> str:
        return str(row.uploaded_by or "記録なし")


@admin.register(Image)
class ImageAdmin(LibraryAdmin):
    form = ImageForm
    change_form_template = "admin/core/library/image_change_form.html"
    fieldsets = (
        (None, {"fields": ("file", "alt_text", "is_decorative")}),
        (
            "切り抜きと注目点",
            {
                "classes": ("crop-fields",),
                "description": "公開ページには、切り抜いた部分だけを表示します。"
                "カードのように形が決まっている場所では、注目点が入るように切り取ります。",
                "fields": (("crop_left", "crop_top", "crop_width", "crop_height"), ("focus_x", "focus_y")),
            },
        ),
        ("権利", {"fields": ("credit", "rights_until")}),
        ("記録", {"fields": ("pixels", "created_at", "uploader")}),
    )
    readonly_fields = ("pixels", "created_at", "uploader")
    list_display = ("thumbnail", "__str__", "rights", "used_times", "credit", "pixels", "created_at")
    list_display_links = ("__str__",)
    list_filter = (UseFilter, RightsFilter, "is_decorative")
    search_fields = ("alt_text", "credit")

    def write_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        super().write_model(request, obj, form, change)
        if form.crop_was_reset:
            messages.info(request, "画像を差し替えたので、切り抜きと注目点を元に戻しました。")

    def told_of(self, stored: Image) -> dict[str, Any]:
        labelled = [("全体", size) for size in stored.sizes] + [("カード", size) for size in stored.card_sizes]
        made = [
            MadeFile(label, stored.file.storage.url(size.name), size.width, size.height) for label, size in labelled
        ]
        return super().told_of(stored) | {"made": made}

    @admin.display(description="見本")
    def thumbnail(self, image: Image) -> str:
        return render_to_string("admin/core/library/thumbnail.html", {"served": image.card})

    @admin.display(description="使用期限", ordering="rights_until")
    def rights(self, image: Image) -> str:
        if image.rights_until is None:
            return "なし"
        days = (image.rights_until - timezone.localdate()).days
        note = "期限切れ" if days < 0 else f"まもなく、あと{days}日" if days <= RIGHTS_WARNING_DAYS else ""
        return date_format(image.rights_until) + (f"（{note}）" if note else "")

    @admin.display(description="大きさ（画素）", ordering="width")
    def pixels(self, image: Image) -> str:
        return f"{image.width:,}×{image.height:,}" if image.width else "–"


@admin.register(Attachment)
class AttachmentAdmin(LibraryAdmin):
    form = AttachmentForm
    fields = ("title", "file", "stored_size", "created_at", "uploader")
    readonly_fields = ("stored_size", "created_at", "uploader")
    list_display = ("title", "file_type", "stored_size", "used_times", "created_at")
    list_filter = (UseFilter,)
    search_fields = ("title",)

    @admin.display(description="形式")
    def file_type(self, attachment: Attachment) -> str:
        return attachment.file_type

    @admin.display(description="大きさ", ordering="size")
    def stored_size(self, attachment: Attachment) -> str:
        return filesizeformat(attachment.size) if attachment.pk else "–"
