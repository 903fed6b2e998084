"""What the pages of every record in the back office have in common."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.contrib.contenttypes.admin import GenericStackedInline
from django.core.exceptions import FieldDoesNotExist
from django.db import router
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from portal.core.admin.autocomplete import FindsRecords, RecordForm, with_related
from portal.core.admin.rich_text import AllowsEditor
from portal.core.admin.writing import AdvisesAuthors
from portal.core.models import SourceNote
from portal.core.periods import last_day
from portal.core.publishing import PublicationState, Publishable

PUBLISHING: Any = (
    "公開",
    {"fields": ("publication_state", "publish_at", "unpublish_at", "change_note", "withdrawal_note")},
)


class RecordAdmin(AllowsEditor, AdvisesAuthors, FindsRecords, admin.ModelAdmin):
    """A page never asks the database once for each row.

    ``list_select_related`` is fetched for one record and for fields in which it was chosen, as well as for lists.
    """

    in_back_office = True
    list_per_page = 50
    show_full_result_count = False
    list_select_related: ClassVar[tuple[str, ...]] = ()

    def label(self, record: Any) -> str:
        """What a field in which this record was chosen shows."""
        return str(record)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_related(super().get_queryset(request), self.list_select_related)

    def get_list_display(self, request: HttpRequest) -> tuple:
        columns = tuple(super().get_list_display(request))
        return (*columns, "demo") if self._may_be_fictional() else columns

    def get_list_filter(self, request: HttpRequest) -> tuple:
        filters = tuple(super().get_list_filter(request))
        return (*filters, "is_demo") if self._may_be_fictional() else filters

    def _may_be_fictional(self) -> bool:
        try:
            self.opts.get_field("is_demo")
        except FieldDoesNotExist:
            return False
        return True

    @admin.display(description="デモ", ordering="is_demo")
    def demo(self, record: Any) -> str:
        return "デモ" if record.is_demo else ""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        entry = super().log_addition(request, obj, message)
        self._tell_of(obj)
        return entry

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        entry = super().log_change(request, obj, message)
        self._tell_of(obj)
        return entry

    def _tell_of(self, record: Any) -> None:
        """Tells the site of a record that was saved with all its rows: what the site does then, it knows itself."""
        site: Any = self.admin_site
        site.saved(record)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """What a deletion takes along, counted for each kind: spelling out every row would need a query for each."""
        collector = Reach(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        rows: dict[Any, Any] = dict(collector.model_objs)
        refused = {
            str(model._meta.verbose_name)
            for model, found in rows.items()
            if self.admin_site.is_registered(model)
            and not all(
                self.admin_site.get_model_admin(model).has_delete_permission(request, record) for record in found
            )
        }
        counts = {str(model._meta.verbose_name_plural): len(found) for model, found in rows.items()}
        return [self.label(record) for record in objs], counts, refused, _counted(collector.protected)


class Reach(NestedObjects):
    """What a deletion takes along, without mere links between records and rows that have no page of their own."""

    def can_fast_delete(self, objs: Any, from_field: Any = None) -> bool:
        return isinstance(objs, type) and not admin.site.is_registered(objs)


def _counted(records: set[Model]) -> list[str]:
    kinds = sorted(str(record._meta.verbose_name) for record in records)
    return [f"{kind} {kinds.count(kind)}件" for kind in dict.fromkeys(kinds)]


class PublishableForm(RecordForm):
    """What was public once keeps its address: it is withdrawn, never made unseen."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.was_public = self.instance.was_public()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.was_public:
            self._refuse_to_hide()
        return cleaned

    def _refuse_to_hide(self) -> None:
        state, moment = self.cleaned_data.get("publication_state"), self.cleaned_data.get("publish_at")
        if state and state not in (PublicationState.PUBLISHED, PublicationState.WITHDRAWN):
            self.add_error("publication_state", "一度公開したものは、公開か取下げのどちらかにしてください。")
        if "publish_at" not in self.errors and (moment is None or moment > timezone.now()):
            self.add_error("publish_at", "すでに公開したものの公開日時は、空欄や先の日時にできません。")


class PublishableAdmin(RecordAdmin):
    """Records that are published: their fields end with 「公開」, and what was public cannot be deleted."""

    form = PublishableForm

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list:
        return [*super().get_fieldsets(request, obj), PUBLISHING]

    def get_list_display(self, request: HttpRequest) -> tuple:
        return (*super().get_list_display(request), "publication_state", "publish_at")

    def get_list_filter(self, request: HttpRequest) -> tuple:
        return ("publication_state", *super().get_list_filter(request))

    def has_delete_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        if obj is not None and obj.was_public():
            return False
        return super().has_delete_permission(request, obj)


class LastDayColumn:
    """The last day of a period as a column; ``period_end`` names the field, which holds the first day after it."""

    period_end: ClassVar[str]

    @admin.display(description="最終日")
    def period_last_day(self, record: Any) -> Any:
        return last_day(getattr(record, self.period_end))


class RowInline(FindsRecords, admin.TabularInline):
    """Rows of a record; ``select_related`` names what each row shows of others."""

    extra = 0
    select_related: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_related(super().get_queryset(request), self.select_related)


class SourceNoteInline(FindsRecords, GenericStackedInline):
    model = SourceNote
    extra = 0
    fields = ("source", "line", "as_printed", "corrected", "reason")
