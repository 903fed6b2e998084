"""概要資料 as a page and as PDF, and the numbers of a day as files."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from portal.core.forms import AsOfForm
from portal.core.spreadsheets import XLSX, workbook
from portal.statistics import pdf
from portal.statistics.figures import as_csv, as_json, figures_on
from portal.statistics.overview import overview_on
from portal.statistics.sheets import municipality_sheets, project_sheets

TITLE = "概要資料"


def overview(request: HttpRequest) -> HttpResponse:
    form = AsOfForm.of(request)
    context = {"page_title": TITLE, "form": form, "edition": overview_on(form.day)}
    return render(request, "portal/overview/overview.html", context)


@require_safe
def overview_pdf(request: HttpRequest) -> HttpResponse:
    """The same edition, typeset; where that cannot be done, a page that leads to the edition for browsers."""
    form = AsOfForm.of(request)
    if form.errors:
        return _wrong_day(request, form)
    try:
        content = pdf.typeset(overview_page(form.day), _site(request))
    except (pdf.Unavailable, pdf.Busy) as error:
        is_busy = isinstance(error, pdf.Busy)
        context = {"page_title": f"{TITLE}のPDF", "day": form.day, "is_busy": is_busy}
        return render(request, "portal/overview/no_pdf.html", context, status=503 if is_busy else 200)
    return _file(content, "application/pdf", f"{TITLE}_{form.day}.pdf", is_attachment=False)


def overview_page(day: date) -> str:
    """The page of which the PDF is made: nothing in it depends on who asks for it."""
    context = {"edition": overview_on(day), "site_name": settings.SITE_NAME}
    return render_to_string("portal/overview/pdf.html", context)


def municipalities_xlsx(request: HttpRequest) -> HttpResponse:
    name = "自治体数一覧"
    return _download(request, name, "xlsx", XLSX, lambda day: workbook(name, municipality_sheets(day)))


def cooperation_projects_xlsx(request: HttpRequest) -> HttpResponse:
    name, site = "連携事業一覧", _site(request)
    return _download(request, name, "xlsx", XLSX, lambda day: workbook(name, project_sheets(day, site)))


def figures_csv(request: HttpRequest) -> HttpResponse:
    kind = "text/csv; charset=utf-8; header=present"
    return _download(request, "数字で見る", "csv", kind, lambda day: as_csv(figures_on(day)))


def figures_json(request: HttpRequest) -> HttpResponse:
    return _download(request, "数字で見る", "json", "application/json", lambda day: as_json(day, figures_on(day)))


def _download(
    request: HttpRequest, name: str, extension: str, kind: str, made_for: Callable[[date], bytes]
) -> HttpResponse:
    form = AsOfForm.of(request)
    if form.errors:
        return _wrong_day(request, form)
    return _file(made_for(form.day), kind, f"{name}_{form.day}.{extension}")


def _file(content: bytes, kind: str, name: str, *, is_attachment: bool = True) -> HttpResponse:
    disposition = content_disposition_header(is_attachment, name) or ""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


def _wrong_day(request: HttpRequest, form: AsOfForm) -> HttpResponse:
    """A file of another day than the one asked for would be taken for it: none is made."""
    context = {"page_title": "この日付ではファイルを作れません", "form": form}
    return render(request, "portal/statistics/wrong_day.html", context, status=400)


def _site(request: HttpRequest) -> str:
    return settings.SITE_URL or request.build_absolute_uri("/").removesuffix("/")
