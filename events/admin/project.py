"""The back office pages of ward projects, and the page that reads a table of them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from events.importing.projects import import_projects
from events.models import WardProject
from events.spreadsheets.columns import PROJECTS
from portal.core.admin.base import SourceNoteInline
from portal.core.admin.publishing import PublishableAdmin
from portal.core.importing.file_types import MAX_BYTES
from portal.core.importing.refusal import FileRefused
from portal.core.importing.remarks import Outcome, Report
from portal.core.importing.waiting import digest_of, fetch, keep, remove

CHANGED_SINCE = "確かめた後に、登録されている内容が変わりました。もう一度確かめてください。"
# More rows are only counted: nobody reads them, and a page must not grow without end.
MOST_SHOWN = 500


class TableForm(forms.Form):
    """The file with the table."""

    file = forms.FileField(
        label="ファイル",
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text="CSV（UTF-8かシフトJIS）かxlsx、10MB・20,000行まで。はじめに内容を確かめるだけで、まだ書き込みません。",
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError("ファイルは10MBまでです。ファイルを分けてください。")
        return upload


@admin.register(WardProject)
class WardProjectAdmin(PublishableAdmin):
    fields = ("ward", "title", "field", "municipalities", "fiscal_year", "status", "summary", "url")
    list_display = ("title", "ward", "field", "fiscal_year", "status")
    list_filter = ("field", "status", "fiscal_year", "ward")
    list_select_related = ("ward",)
    search_fields = ("title", "ward__name", "municipalities__name")
    autocomplete_fields = ("ward", "municipalities")
    inlines = (SourceNoteInline,)

    def get_urls(self) -> list[URLPattern]:
        page = path("import/", self.admin_site.admin_view(self.import_table), name="events_wardproject_import")
        return [page, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        told = {"may_import": self.access(request).answers_for_all}
        return super().changelist_view(request, told | (extra_context or {}))

    def import_table(self, request: HttpRequest) -> HttpResponse:
        """First the file is looked at; what would change is shown; only then, when confirmed, is it written."""
        if not self.access(request).answers_for_all:
            raise PermissionDenied
        if request.method == "POST" and "ticket" in request.POST:
            return self._confirmed(request)
        is_sent = request.method == "POST"
        form = TableForm(request.POST if is_sent else None, request.FILES if is_sent else None, label_suffix="")
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                report = import_projects(upload.file, apply=False)
                return self._page(request, form, report, keep(upload, report, user_key=_key(request)))
            except FileRefused as error:
                form.add_error("file", str(error))
        return self._page(request, form)

    def _confirmed(self, request: HttpRequest) -> HttpResponse:
        try:
            waiting = fetch(request.POST["ticket"], user_key=_key(request))
            with waiting.path.open("rb") as source:
                report = import_projects(source, apply=False)
                if digest_of(report) != waiting.shown:
                    messages.warning(request, CHANGED_SINCE)
                    return self._page(request, TableForm(label_suffix=""))
                report = import_projects(source, apply=True)
        except FileRefused as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:events_wardproject_import"))
        remove(waiting)
        _log(request, report)
        messages.success(request, _told(report))
        return HttpResponseRedirect(reverse("admin:events_wardproject_changelist"))

    def _page(
        self, request: HttpRequest, form: TableForm, report: Report | None = None, ticket: str = ""
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "表計算ファイルから取り込む",
            "opts": self.opts,
            "form": form,
            "columns": PROJECTS.columns,
            "report": report,
            "ticket": ticket,
            "refused": report.count(Outcome.REFUSED) if report else 0,
            "shown": report.results[:MOST_SHOWN] if report else (),
            "is_writable": bool(report and (report.count(Outcome.NEW) or report.count(Outcome.CHANGED))),
        }
        return TemplateResponse(request, "admin/events/wardproject/import.html", context)


def _key(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


def _told(report: Report) -> str:
    counts = report.counts
    left_out = f"拒否した{counts[Outcome.REFUSED]:,}件は取り込んでいません。" if counts[Outcome.REFUSED] else ""
    return f"新規{counts[Outcome.NEW]:,}件（起案）、変更{counts[Outcome.CHANGED]:,}件を取り込みました。{left_out}"


def _log(request: HttpRequest, report: Report) -> None:
    """The history of each project says who brought it in."""
    flags = {Outcome.NEW: ADDITION, Outcome.CHANGED: CHANGE}
    written = {result.key: flags[result.outcome] for result in report.results if result.key and result.outcome in flags}
    for flag in (ADDITION, CHANGE):
        rows = WardProject.objects.filter(pk__in=[key for key, how in written.items() if how == flag])
        if rows:
            LogEntry.objects.log_actions(_key(request), rows, flag, "表計算ファイルから取り込みました。")
