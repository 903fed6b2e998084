"""What the back office keeps of every change, and the page that shows it."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from portal.core.admin.access import AsksTheSite
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.history.actions import keep_former, keep_version, restore
from portal.core.history.differences import differences, differences_of_many
from portal.core.history.models import Version, VersionKind
from portal.core.history.snapshots import changes_between, take

VERSIONS_ON_A_PAGE = 20
WHY = "_why"


class KeepsHistory(AsksTheSite, admin.ModelAdmin):
    """Each save leaves a version: who, when, why, and all of the record."""

    def before_change(self, record: Any) -> None:
        """Keeps how a record was, where it is about to be changed otherwise than by its form."""
        former: Any = self.model._default_manager.get(pk=record.pk)
        record.former = former
        keep_former(record=former, before=lambda: take(former))

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Before anything is written: how the record was."""
        record = super().save_form(request, form, change)
        record.former = self.model._default_manager.filter(pk=record.pk).first() if change else None
        return record

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if obj.former is not None:
            keep_former(record=obj.former, before=lambda: take(obj.former))
        self.write_model(request, obj, form, change)

    def write_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Writes the record itself; an admin that writes more than the row does it here."""
        super().save_model(request, obj, form, change)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        entry = super().log_addition(request, obj, message)
        self.written(request, obj, VersionKind.ADDED)
        return entry

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        entry = super().log_change(request, obj, message)
        self.written(request, obj, VersionKind.CHANGED)
        return entry

    def written(self, request: HttpRequest, record: Any, kind: VersionKind) -> None:
        """A record was saved with all its rows: what depends on it is put right, and a version is kept."""
        self.admin_site.changed(record, getattr(record, "former", None))
        keep_version(record=record, by=request.user, kind=kind, reason=request.POST.get(WHY, "").strip())

    def may_bring_in(self, request: HttpRequest, record: Any) -> bool:
        """Whether somebody may change a record by a table."""
        return self.has_change_permission(request, record)

    def bring_in(self, request: HttpRequest, form: Any, change: bool, *, apply: bool) -> None:
        """Saves a record whose form was read from a table; where it is only looked at, without what follows from it."""
        record = self.save_form(request, form, change)
        if not apply:
            self.write_model(request, record, form, change)
            form.save_m2m()
            return
        self.save_model(request, record, form, change)
        form.save_m2m()
        self.written(request, record, VersionKind.IMPORTED)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> Any:
        for record in queryset:
            keep_version(record=record, by=request.user, kind=VersionKind.DELETED)
            note(AuditAction.DELETION, by=request.user, record=record)
        return super().log_deletions(request, queryset)

    def get_urls(self) -> list[URLPattern]:
        route = "<path:object_id>/history/<int:number>/restore/"
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        return [path(route, self.admin_site.admin_view(self.restore_view), name=name), *super().get_urls()]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Its page leads to the history only those who may see it."""
        context["knows_record"] = obj is not None and self.access(request).knows(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        record = self._known(request, object_id)
        page = Paginator(Version.objects.of(record).select_related("made_by"), VERSIONS_ON_A_PAGE).get_page(
            request.GET.get("p")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": f"履歴：{record}",
            "object": record,
            "opts": self.opts,
            "page": page,
            "versions": self._with_differences(record, list(page)),
            "may_restore": self.has_change_permission(request, record),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    def _with_differences(self, record: Any, versions: list[Version]) -> list[tuple[Version, list]]:
        """Each version with what it changed; the first of all is shown whole."""
        if not versions:
            return []
        earlier = Version.objects.of(record).filter(number=versions[-1].number - 1).first()
        before = [version.data for version in versions[1:]] + [earlier.data if earlier else {}]
        pairs = [
            (former, changes_between(former, version.data) if former else version.data)
            for version, former in zip(versions, before, strict=True)
        ]
        return list(zip(versions, differences_of_many(self.model, pairs), strict=True))

    def restore_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Asks, and when confirmed makes the record what it was in a version."""
        record = self._known(request, object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        version = get_object_or_404(Version.objects.of(record), number=number)
        if request.method == "POST":
            try:
                self.bring_back(request, record, version)
            except ValidationError as error:
                messages.error(request, f"第{number}版に戻せませんでした。{' '.join(error.messages)}")
            return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[record.pk]))
        now = take(record)
        context = {
            **self.admin_site.each_context(request),
            "title": f"第{number}版に戻す",
            "object": record,
            "opts": self.opts,
            "version": version,
            "differences": differences(self.model, now, changes_between(now, version.data)),
        }
        return TemplateResponse(request, "admin/restore.html", context)

    @transaction.atomic
    def bring_back(self, request: HttpRequest, record: Any, version: Version) -> None:
        """Restores a version. Raises ValidationError where the record can no longer be so."""
        former = self.model._default_manager.get(pk=record.pk)
        keep_former(record=former, before=lambda: take(former))
        restore(record=record, version=version, by=request.user, reason=request.POST.get(WHY, "").strip())
        self.admin_site.changed(record, former)
        note(AuditAction.RESTORATION, by=request.user, record=record, detail=f"第{version.number}版")
        messages.success(request, f"第{version.number}版の内容に戻しました。")

    def _seen(self, request: HttpRequest, object_id: str) -> Any:
        """A record that the person may see. Raises Http404 otherwise."""
        record: Any = self.get_object(request, unquote(object_id))
        if record is None or not self.has_view_permission(request, record):
            raise Http404
        return record

    def _known(self, request: HttpRequest, object_id: str) -> Any:
        """A record of which the person may see how it came about. Raises Http404, PermissionDenied otherwise."""
        record = self._seen(request, object_id)
        if not self.access(request).knows(record):
            raise PermissionDenied
        return record
