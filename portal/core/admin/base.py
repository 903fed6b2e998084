"""What the pages of every record in the back office have in common."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters, InlineModelAdmin
from django.contrib.admin.utils import NestedObjects
from django.contrib.contenttypes.admin import GenericStackedInline
from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.db import router
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from portal.core.admin.access import AsksTheSite
from portal.core.admin.autocomplete import FindsRecords, is_key, with_related
from portal.core.admin.collision import RefusesCollisions
from portal.core.admin.history import KeepsHistory
from portal.core.admin.rich_text import AllowsEditor
from portal.core.admin.saved_filters import KeepsFilters
from portal.core.admin.spreadsheets.admin import SpreadsheetAdmin
from portal.core.admin.writing import AdvisesAuthors
from portal.core.models import SourceNote
from portal.core.pagination import KeysFirst
from portal.core.periods import last_day


class RecordAdmin(
    AllowsEditor,
    AdvisesAuthors,
    KeepsFilters,
    KeepsHistory,
    RefusesCollisions,
    AsksTheSite,
    FindsRecords,
    SpreadsheetAdmin,
):
    """A page never asks the database once for each row, and shows nobody what is not theirs to see.

    ``list_select_related`` is fetched for one record and for fields in which it was chosen, as well as for lists.
    """

    in_back_office = True
    paginator = KeysFirst
    list_per_page = 50
    show_full_result_count = False
    list_select_related: ClassVar[tuple[str, ...]] = ()

    def label(self, record: Any) -> str:
        """What a field in which this record was chosen shows."""
        return str(record)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = with_related(super().get_queryset(request), self.list_select_related)
        return self.access(request).visible(rows)

    def get_search_fields(self, request: HttpRequest) -> Any:
        """Japanese has no capitals; what has none is found several times faster without folding every row."""
        names = super().get_search_fields(request)
        typed = request.GET.get("q", "") + request.GET.get("term", "")
        return names if typed.upper() != typed.lower() else [f"{name}__contains" for name in names]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_held(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_held(request, obj)

    def _is_held(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or self.access(request).holds(obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form refuses to give a record away to others."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.holds = staticmethod(self.access(request).holds)
        return form

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        """What is not there, and what is not theirs to see, look the same."""
        raise Http404

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """A year that no calendar has is no filter: Django leads back to the whole list."""
        try:
            return super().get_changelist_instance(request)
        except OverflowError as error:
            raise IncorrectLookupParameters(error) from error

    def response_action(self, request: HttpRequest, queryset: QuerySet, *args: Any, **kwargs: Any) -> Any:
        """Raises BadRequest for a marked row that no list ever drew."""
        if not all(is_key(self.model, key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest
        return super().response_action(request, queryset, *args, **kwargs)

    def settle(self, record: Any, former: Any) -> None:
        """Puts right what depends on a record once it was changed; ``former`` is as it was, None where it is new."""

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


class ReadOnlyAdmin(RecordAdmin):
    """Records that the portal writes by itself: read here, and never added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Reach(NestedObjects):
    """What a deletion takes along, without mere links between records and rows that have no page of their own."""

    def can_fast_delete(self, objs: Any, from_field: Any = None) -> bool:
        return isinstance(objs, type) and not admin.site.is_registered(objs)


def _counted(records: set[Model]) -> list[str]:
    kinds = sorted(str(record._meta.verbose_name) for record in records)
    return [f"{kind} {kinds.count(kind)}件" for kind in dict.fromkeys(kinds)]


class LastDayColumn:
    """The last day of a period as a column; ``period_end`` names the field, which holds the first day after it."""

    period_end: ClassVar[str]

    @admin.display(description="最終日")
    def period_last_day(self, record: Any) -> Any:
        return last_day(getattr(record, self.period_end))


class RowsOfARecord(AsksTheSite, InlineModelAdmin):
    """Rows are changed by whoever may change their record, and seen by whoever may see them."""

    extra = 0
    select_related: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.access(request).visible(with_related(super().get_queryset(request), self.select_related))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._admin_of_record().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None or obj.pk is None:
            return self._admin_of_record().has_add_permission(request)
        return self._admin_of_record().has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def _admin_of_record(self) -> Any:
        return self.admin_site.get_model_admin(self.parent_model)


class RowInline(RowsOfARecord, FindsRecords, admin.TabularInline):
    """Rows of a record; ``select_related`` names what each row shows of others."""


class SourceNoteInline(RowsOfARecord, FindsRecords, GenericStackedInline):
    model = SourceNote
    fields = ("source", "line", "as_printed", "corrected", "reason")
