"""Beginning next year's event or exhibition with this year's."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from events.copying import copy_as_draft, next_title
from municipalities.models import Ward
from portal.core.admin.access import AsksTheSite
from portal.core.entries import FiscalYearEntry, WholeNumberEntry


class CopyForm(forms.Form):
    """What is to be different in the copy, as far as it can be said beforehand."""

    title = forms.CharField(label="名称", max_length=200)
    short_title = forms.CharField(label="通称", max_length=100, required=False)
    ordinal = WholeNumberEntry(label="回", required=False, min_value=1, max_value=32767)
    fiscal_year = FiscalYearEntry(label="年度", min_value=1947, max_value=2200)
    owner = forms.ModelChoiceField(label="掲載する自治体", queryset=Ward.objects.none(), empty_label="選んでください")

    def __init__(self, data: Any, *, record: Any, wards: Any):
        ordinal = record.ordinal
        initial = {
            "title": next_title(record.title, ordinal),
            "short_title": next_title(getattr(record, "short_title", ""), ordinal),
            "ordinal": ordinal + 1 if ordinal else None,
            "fiscal_year": record.fiscal_year + 1,
        }
        super().__init__(data, initial=initial, label_suffix="")
        if not hasattr(record, "short_title"):
            del self.fields["short_title"]
        if wards is None:
            del self.fields["owner"]
            return
        field: Any = self.fields["owner"]
        field.queryset = wards
        if len(wards) == 1:
            field.initial = wards[0]

    @property
    def changes(self) -> dict[str, Any]:
        """The columns of the copy."""
        return {name: value.pk if isinstance(value, Model) else value for name, value in self.cleaned_data.items()}


class CopiesAsDraft(AsksTheSite, admin.ModelAdmin):
    """A page beside the form: asks what is to be different, makes a draft, and opens it."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_copy"
        return [
            path("<path:object_id>/copy/", self.admin_site.admin_view(self.copy_view), name=name),
            *super().get_urls(),
        ]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        told = {}
        if object_id and self.has_add_permission(request):
            told = {"copy_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_copy", args=[object_id])}
        return super().changeform_view(request, object_id, form_url, told | (extra_context or {}))

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self._seen(request, object_id)  # type: ignore[attr-defined]
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = CopyForm(request.POST or None, record=record, wards=self._wards(request, record))
        if request.method == "POST" and form.is_valid():
            copy = self._copied(request, record, form)
            if copy is not None:
                name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
                return HttpResponseRedirect(reverse(name, args=[copy.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": "来年度の案として複製",
            "object": record,
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/events/copy.html", context)

    def _wards(self, request: HttpRequest, record: Any) -> Any:
        """The wards that may keep the copy, where the person could not keep the record itself; None otherwise."""
        access = self.access(request)
        return None if access.holds(record) else Ward.objects.filter(code__in=access.wards)

    def _copied(self, request: HttpRequest, record: Any, form: CopyForm) -> Any:
        """The draft; None where a rule is broken, which the form then tells."""
        try:
            with transaction.atomic():
                copy = copy_as_draft(record, by=request.user, changes=form.changes)
                self.admin_site.changed(copy, None)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return None
        messages.success(request, f"「{copy}」を起案しました。日程は未定にしています。内容を確かめて直してください。")
        return copy
