"""The page that reads files in: the file is looked at, what would change is shown, and only then is it written."""

from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, NamedTuple, Protocol

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.csv_files import Encoding, content_type, lines
from portal.core.downloads import download
from portal.core.importing.columns import Profile
from portal.core.importing.confirming import CHANGED_SINCE, MOST_SHOWN, FileForm, counted, told
from portal.core.importing.refusal import FileRefused
from portal.core.importing.remarks import Outcome, Report, RowResult
from portal.core.importing.waiting import Waiting, digest_of, fetch, keep, remove

BROUGHT_IN = "表計算ファイルから取り込みました。"
_REFUSED = ("表", "行", "記録", "列", "理由")


class Reader(Protocol):
    """What reads tables of one kind of record, in one of its formats."""

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The formats that it reads."""

    def read(self, source: BinaryIO, *, apply: bool) -> Report:
        """What becomes of a file, and its writing where ``apply`` says so. Raises FileRefused."""


class Read(NamedTuple):
    """What becomes of one table; ``kind`` is what its records are called."""

    kind: str
    report: Report


# What becomes of the tables of a file; they are written where the second argument says so. Raises FileRefused.
ReadFile = Callable[[BinaryIO, bool], list[Read]]


class ImportPage:
    """One request of the page. ``context`` is what it tells besides, ``done`` the address to go to in the end."""

    def __init__(
        self,
        request: HttpRequest,
        read_file: ReadFile,
        *,
        done: str,
        context: dict[str, Any],
        template: str = "admin/import_table.html",
    ):
        self.request, self.read_file, self.done, self.context = request, read_file, done, context
        self.template = template

    def answer(self) -> HttpResponseBase:
        if self.request.method != "POST":
            return self._page(FileForm(label_suffix=""))
        if "ticket" in self.request.POST:
            return self._with_ticket(self.request.POST["ticket"])
        form = FileForm(self.request.POST, self.request.FILES, label_suffix="")
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                read = self.read_file(upload.file, False)
                return self._page(form, read, keep(upload, reports_of(read), user_key=self.user_key))
            except FileRefused as error:
                form.add_error("file", str(error))
        return self._page(form)

    @property
    def user_key(self) -> int:
        return int(self.request.user.pk or 0)

    def _with_ticket(self, ticket: str) -> HttpResponseBase:
        try:
            waiting = fetch(ticket, user_key=self.user_key)
            with waiting.path.open("rb") as source:
                if "refused" in self.request.POST:
                    return refused_rows(self.read_file(source, False))
                return self._confirmed(waiting, source)
        except FileRefused as error:
            messages.error(self.request, str(error))
            return HttpResponseRedirect(self.request.path)

    def _confirmed(self, waiting: Waiting, source: BinaryIO) -> HttpResponse:
        with transaction.atomic():
            read = self.read_file(source, True)
            is_as_shown = digest_of(reports_of(read)) == waiting.shown
            if is_as_shown:
                announce(self.request, read)
            else:
                transaction.set_rollback(True)
        if not is_as_shown:
            messages.warning(self.request, CHANGED_SINCE)
            return self._page(FileForm(label_suffix=""))
        remove(waiting)
        messages.success(self.request, told(reports_of(read)))
        return HttpResponseRedirect(self.done)

    def _page(self, form: FileForm, read: Sequence[Read] = (), ticket: str = "") -> TemplateResponse:
        reports = reports_of(read)
        counts = counted(reports)
        context = {
            "form": form,
            "reports": [(report, shown_rows(report)) for report in reports],
            "counts": counts,
            "ticket": ticket,
            "refused": counts[Outcome.REFUSED],
            "is_writable": bool(counts[Outcome.NEW] or counts[Outcome.CHANGED]),
        }
        return TemplateResponse(self.request, self.template, self.context | context)


def reports_of(read: Sequence[Read]) -> list[Report]:
    return [one.report for one in read]


def shown_rows(report: Report) -> Sequence[RowResult]:
    """The rows in their order; of too many, first those of which anything is to be said."""
    if len(report.results) <= MOST_SHOWN:
        return report.results
    return sorted(report.results, key=lambda result: result.outcome == Outcome.SAME)[:MOST_SHOWN]


def announce(request: HttpRequest, read: Sequence[Read]) -> None:
    """The audit log says who brought in how much; the history of each record is kept where it is written."""
    for kind, report in read:
        told = f"新規{report.count(Outcome.NEW):,}件、変更{report.count(Outcome.CHANGED):,}件"
        note(AuditAction.IMPORT, by=request.user, subject=kind, detail=told)


def refused_rows(read: Sequence[Read]) -> HttpResponseBase:
    """The rows that are not taken and why, as a file to work through."""
    rows = [
        (report.profile, f"{result.number}", result.name, problem.column, problem.message)
        for report in reports_of(read)
        for result in report.results
        for problem in result.problems
    ]
    content = b"".join(lines(_REFUSED, rows, Encoding.UTF_8))
    return download(content, content_type(Encoding.UTF_8), "拒否した行", "csv")
