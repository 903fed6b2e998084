"""The pages on which the secretariat hands posts over; their addresses stand beside the list of posts."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from municipalities.models import WardStaff
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.csv_files import Encoding, content_type, lines
from portal.core.importing.confirming import CHANGED_SINCE, MOST_SHOWN, FileForm, told
from portal.core.importing.refusal import FileRefused
from portal.core.importing.remarks import Outcome, Report
from portal.core.importing.waiting import digest_of, fetch, keep, remove
from portal.core.models import Proposal, User
from portal.core.periods import last_day
from portal.core.spreadsheets import XLSX, Column, Sheet, workbook
from portal.handover.actions import hand_over_posts
from portal.handover.forms import HandOverForm, LeavingForm
from portal.handover.gaps import gaps
from portal.handover.tables import MADE, POSTS, read_posts, rows_of_posts
from portal.roles import Access, access_of


def addresses(site: Any) -> list[URLPattern]:
    """The pages, for the back office to put in front of those of the records."""
    base = "municipalities/wardstaff"
    pages: list[tuple[str, str, Callable[..., HttpResponse]]] = [
        ("handover/", "handover", hand_over),
        ("gaps/", "handover_gaps", show_gaps),
        ("import/", "handover_table", import_table),
        ("posts.<str:file_type>", "handover_template", write_table),
    ]
    return [path(f"{base}/{route}", site.admin_view(view), name=name) for route, name, view in pages]


def _context(request: HttpRequest, title: str, **more: Any) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title, "opts": WardStaff._meta, **more}


def _only_for_the_secretariat(request: HttpRequest) -> None:
    if not access_of(request.user).answers_for_all:
        raise PermissionDenied


def hand_over(request: HttpRequest) -> HttpResponse:
    """First who leaves; then who follows, when and where; then, shown once more, it is done."""
    _only_for_the_secretariat(request)
    chosen = LeavingForm(request.GET if "leaving" in request.GET else None)
    if not chosen.is_valid():
        context = _context(request, "担当の引き継ぎ", leaving_form=chosen)
        return TemplateResponse(request, "admin/handover/handover.html", context)
    leaving: User = chosen.cleaned_data["leaving"]
    form = HandOverForm(request.POST or None, leaving=leaving)
    plan: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            if "confirmed" in request.POST:
                return _done(request, form.cleaned_data)
            plan = _plan(leaving, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
    context = _context(
        request, f"担当の引き継ぎ：{leaving}", leaving_form=chosen, leaving=leaving, form=form, plan=plan
    )
    return TemplateResponse(request, "admin/handover/handover.html", context)


def _plan(leaving: User, chosen: dict[str, Any]) -> dict[str, Any]:
    """What would move. Raises ValidationError where it cannot."""
    access, wards = Access(leaving), {post.ward_id for post in chosen["posts"]}
    held = Proposal.objects.open().filter(holder=leaving).with_records()
    proposals = [
        proposal
        for proposal in held
        if proposal.record is not None and any(access.is_of_ward(proposal.record, ward) for ward in wards)
    ]
    return {"posts": chosen["posts"], "proposals": proposals, "last_day": last_day(chosen["day"]), **chosen}


def _done(request: HttpRequest, chosen: dict[str, Any]) -> HttpResponse:
    posts = list(chosen["posts"])
    moved = hand_over_posts(posts=posts, successor=chosen["successor"], day=chosen["day"], by=request.user)
    messages.success(request, f"{len(posts)}件の担当を{chosen['successor']}に引き継ぎました（起案{moved}件）。")
    return redirect("admin:municipalities_wardstaff_changelist")


def show_gaps(request: HttpRequest) -> HttpResponse:
    """What nobody is there to do, and where to put it right."""
    access = access_of(request.user)
    if not access.reads_all:
        raise PermissionDenied
    context = _context(request, "担当者の点検", gaps=gaps(), may_change=access.answers_for_all)
    return TemplateResponse(request, "admin/handover/gaps.html", context)


def write_table(request: HttpRequest, file_type: str) -> HttpResponse:
    """The posts as they are and will be, to be changed and read in again."""
    _only_for_the_secretariat(request)
    rows = list(rows_of_posts())
    note(AuditAction.EXPORT, by=request.user, subject=POSTS.title, detail=f"{len(rows)}件（{file_type}）")
    if file_type == "xlsx":
        sheet = Sheet(POSTS.title, [Column(header, 24) for header in POSTS.headers], rows)
        response = HttpResponse(workbook(POSTS.title, [sheet]), content_type=XLSX)
    elif file_type == "csv":
        content = b"".join(lines(POSTS.headers, rows, Encoding.UTF_8))
        response = HttpResponse(content, content_type=content_type(Encoding.UTF_8))
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="ward-posts.{file_type}"'
    return response


def import_table(request: HttpRequest) -> HttpResponse:
    """First the file is looked at; what would change is shown; only then, when confirmed, is it written."""
    _only_for_the_secretariat(request)
    if request.method == "POST" and "ticket" in request.POST:
        return _confirmed(request)
    is_sent = request.method == "POST"
    form = FileForm(request.POST if is_sent else None, request.FILES if is_sent else None, label_suffix="")
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            report = read_posts(upload.file, apply=False, by=request.user)
            return _table_page(request, form, report, keep(upload, [report], user_key=_key(request)))
        except FileRefused as error:
            form.add_error("file", str(error))
    return _table_page(request, form)


def _confirmed(request: HttpRequest) -> HttpResponse:
    try:
        waiting = fetch(request.POST["ticket"], user_key=_key(request))
        with waiting.path.open("rb") as source:
            if digest_of([read_posts(source, apply=False, by=request.user)]) != waiting.shown:
                messages.warning(request, CHANGED_SINCE)
                return redirect("admin:handover_table")
            makes_people = "makes_people" in request.POST
            report = read_posts(source, apply=True, by=request.user, makes_people=makes_people)
    except FileRefused as error:
        messages.error(request, str(error))
        return redirect("admin:handover_table")
    remove(waiting)
    note(AuditAction.IMPORT, by=request.user, subject=POSTS.title, detail=told([report]))
    messages.success(request, told([report]))
    return redirect("admin:municipalities_wardstaff_changelist")


def _table_page(request: HttpRequest, form: FileForm, report: Report | None = None, ticket: str = "") -> HttpResponse:
    shown = report.results[:MOST_SHOWN] if report else ()
    context = _context(
        request,
        "担当者の表を取り込む",
        form=form,
        columns=POSTS.columns,
        report=report,
        ticket=ticket,
        shown=shown,
        is_writable=bool(report and (report.count(Outcome.NEW) or report.count(Outcome.CHANGED))),
        makes_people=any(remark.message == MADE for result in shown for remark in result.notes),
    )
    return TemplateResponse(request, "admin/handover/table.html", context)


def _key(request: HttpRequest) -> int:
    return int(request.user.pk or 0)
