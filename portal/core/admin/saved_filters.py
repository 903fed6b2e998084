"""The saved filters above every list, and the page on which they are named anew and deleted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from portal.core.saved_filters.actions import change_filter, keep_filter
from portal.core.saved_filters.models import SavedFilter

# Asks for the list as it is without any filter: nothing at all asks for the one with which it opens.
ALL = "_all"
# What is no question: the page of the list, a fault, a window for choosing.
_NO_QUESTION = ("p", "e", "all", ALL, "_popup", "_to_field", "_facets")
NOT_KNOWN = "この一覧では使えない条件です。条件を選び直してから保存してください。"


class FilterForm(forms.ModelForm):
    """A name, and whether the list opens with it."""

    class Meta:
        model = SavedFilter
        fields = ("name", "is_default")

    def validate_unique(self) -> None:
        """Left to the action, which knows whose filter it is."""


class FilteredList(ChangeList):
    """A list whose way back to all its records does not lead to the filter with which it opens."""

    def get_query_string(self, *args: Any, **kwargs: Any) -> str:
        query: str = super().get_query_string(*args, **kwargs)
        return f"?{ALL}=1" if query == "?" else query


class KeepsFilters(admin.ModelAdmin):
    """A person saves what they ask of a list under a name: theirs alone, and one of them may open the list."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return FilteredList

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_filters"
        return [path("filters/", self.admin_site.admin_view(self.filters_view), name=name), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        saved = list(SavedFilter.objects.of(request.user, self.model))
        opening = next((one for one in saved if one.is_default), None)
        if opening and request.method == "GET" and not request.GET:
            return HttpResponseRedirect(f"{request.path}?{opening.query}")
        asked = question_of(request.GET)
        without_all = request.GET.copy()
        without_all.pop(ALL, None)
        request.GET = without_all  # type: ignore[assignment]
        told = {
            "saved_filters": [(one, one.query == asked) for one in saved],
            "question": "" if any(one.query == asked for one in saved) else asked,
            "filters_url": self._filters_page(),
            "all_parameter": ALL,
        }
        return super().changelist_view(request, told | (extra_context or {}))

    def filters_view(self, request: HttpRequest) -> HttpResponse:
        """One's own filters of this list: kept, named anew, deleted."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        form, question = None, request.POST.get("query", "")
        if request.method == "POST" and "saved" in request.POST:
            return self._changed(request)
        if request.method == "POST":
            form = FilterForm(request.POST, label_suffix="")
            if form.is_valid() and self._keep(request, form, question):
                return HttpResponseRedirect(f"{self._list()}?{question_of(QueryDict(question))}")
        context = {
            **self.admin_site.each_context(request),
            "title": "保存した条件",
            "opts": self.opts,
            "form": form,
            "question": question,
            "saved_filters": SavedFilter.objects.of(request.user, self.model),
            "list_url": self._list(),
        }
        return TemplateResponse(request, "admin/saved_filters.html", context)

    def _keep(self, request: HttpRequest, form: FilterForm, question: str) -> bool:
        query = question_of(QueryDict(question))
        try:
            if not self._knows(request, query):
                raise ValidationError(NOT_KNOWN)
            keep_filter(by=request.user, model=self.model, query=query, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return False
        messages.success(request, f"条件「{form.cleaned_data['name']}」を保存しました。")
        return True

    def _knows(self, request: HttpRequest, query: str) -> bool:
        """Whether the list itself would answer a question; an empty one is none."""
        if not query:
            return False
        asked, shown = request.GET, QueryDict(query)
        request.GET = shown
        try:
            self.get_changelist_instance(request)
        except (IncorrectLookupParameters, SuspiciousOperation, ValidationError, ValueError):
            return False
        finally:
            request.GET = asked
        return True

    def _changed(self, request: HttpRequest) -> HttpResponse:
        key = request.POST["saved"]
        mine = SavedFilter.objects.of(request.user, self.model)
        saved: Any = get_object_or_404(mine, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
        if "delete" in request.POST:
            saved.delete()
            messages.success(request, f"条件「{saved}」を削除しました。")
            return HttpResponseRedirect(self._filters_page())
        form = FilterForm(request.POST)
        try:
            if not form.is_valid():
                raise ValidationError("名前を40文字までで入れてください。")
            change_filter(saved=saved, **form.cleaned_data)
            messages.success(request, f"条件「{saved}」を変えました。")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(self._filters_page())

    def _filters_page(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_filters")

    def _list(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


def question_of(asked: QueryDict) -> str:
    """What is asked of a list, in one spelling: without the page, in the order of names, without what is empty."""
    left = [(name, value) for name in sorted(asked) if name not in _NO_QUESTION for value in asked.getlist(name)]
    plain = QueryDict(mutable=True)
    for name, value in left:
        if value:
            plain.appendlist(name, value)
    return plain.urlencode()
