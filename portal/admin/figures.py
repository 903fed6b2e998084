"""The back office pages of printed figures, and of fixing numbers for good."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from portal.core.admin.autocomplete import FindsRecords, RecordForm
from portal.core.admin.base import RecordAdmin, SourceNoteInline
from portal.core.fields import JapaneseDateField
from portal.models import FigureExplanation, PublishedFigure
from portal.statistics.actions import freeze_counts, freeze_figures
from portal.statistics.counts import counts_on
from portal.statistics.definitions import BY_CELL


class ExplanationInline(FindsRecords, admin.StackedInline):
    """Stays open when the figure itself is frozen."""

    model = FigureExplanation
    fields = ("text", "written_by", "written_at")
    readonly_fields = ("written_by", "written_at")
    extra = max_num = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[FigureExplanation]:
        return super().get_queryset(request).select_related("figure", "written_by")


class FreezeForm(forms.Form):
    """The day whose numbers are fixed."""

    day = JapaneseDateField(label="いつ現在の数を確定するか", help_text="例：2026-04-01、令和8年4月1日。")


class FigureForm(RecordForm):
    """Holds what is typed against the figures that are there, which are told apart by their origin as well."""

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions - {"origin"}


@admin.register(PublishedFigure)
class PublishedFigureAdmin(RecordAdmin):
    form = FigureForm
    fields = (
        "table",
        "row",
        "label",
        "unit",
        "fiscal_year",
        "as_of",
        "state",
        "value",
        "is_total",
        "listing_order",
        "origin",
        "frozen_at",
        "frozen_by",
    )
    written_as_printed = ("row", "label", "unit")
    list_display = ("label", "table", "fiscal_year", "as_of", "state", "value", "unit", "origin", "frozen_at")
    list_filter = ("table", "origin", "fiscal_year", "state")
    list_select_related = ("frozen_by",)
    search_fields = ("label", "row")
    actions = ("freeze",)
    inlines = (ExplanationInline, SourceNoteInline)
    change_list_template = "admin/portal/publishedfigure/change_list.html"

    def get_readonly_fields(self, request: HttpRequest, obj: PublishedFigure | None = None) -> tuple[str, ...]:
        is_frozen = obj is not None and obj.frozen_at is not None
        return self.fields if is_frozen else ("origin", "frozen_at", "frozen_by")

    def has_delete_permission(self, request: HttpRequest, obj: PublishedFigure | None = None) -> bool:
        is_frozen = obj is not None and obj.frozen_at is not None
        return not is_frozen and super().has_delete_permission(request, obj)

    def write_model(self, request: HttpRequest, obj: PublishedFigure, form: forms.ModelForm, change: bool) -> None:
        if obj.frozen_at is None:
            super().write_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            if isinstance(row, FigureExplanation):
                row.written_by = _person(request)
        super().save_formset(request, form, formset, change)

    def get_urls(self) -> list[URLPattern]:
        freeze = self.admin_site.admin_view(self.freeze_counts)
        return [path("freeze/", freeze, name="portal_publishedfigure_freeze"), *super().get_urls()]

    @admin.action(description="選んだ公表値を確定する（以後は変えられません）", permissions=["change"])
    def freeze(self, request: HttpRequest, queryset: QuerySet[PublishedFigure]) -> None:
        frozen = freeze_figures(figures=queryset, by=_person(request))
        messages.success(request, f"{frozen}件の公表値を確定しました。")

    def freeze_counts(self, request: HttpRequest) -> HttpResponse:
        """Shows the numbers that the records give for a day, and fixes them once that is confirmed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = FreezeForm(request.POST or request.GET or None)
        day = form.cleaned_data["day"] if form.is_valid() else None
        if request.method == "POST" and day:
            try:
                figures = freeze_counts(day=day, by=_person(request))
            except ValidationError as error:
                form.add_error("day", error)
            else:
                messages.success(request, f"{len(figures)}件の数を確定しました。")
                return redirect("admin:portal_publishedfigure_changelist")
        counted = counts_on(day) if day else {}
        context = {
            **self.admin_site.each_context(request),
            "title": "記録から数を確定する",
            "opts": self.opts,
            "form": form,
            "day": day,
            "numbers": [(definition, counted[definition.id]) for definition in BY_CELL.values()] if day else [],
        }
        return render(request, "admin/portal/publishedfigure/freeze.html", context)


def _person(request: HttpRequest) -> Any:
    """Who asks; the back office lets nobody in who has not signed in."""
    return request.user
