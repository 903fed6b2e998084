"""Pages of ward projects, and their table to download."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.forms import ProjectFilter
from events.models import WardProject
from events.rules import AS_ANNOUNCED
from events.spreadsheets.writing import csv_lines, project_row, projects_workbook
from portal.core.pagination import page_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def project_list(request: HttpRequest) -> HttpResponse:
    public = WardProject.objects.published()
    facets = public.facets()
    form = ProjectFilter.of(request, facets=facets)
    context = {
        "page_title": "各区事業",
        "form": form,
        "page": page_of(request, public.matching(form.chosen).for_list()),
        "total": facets.ward.total(),
        "ward_total": len(facets.ward),
    }
    return render(request, "events/project_list.html", context)


def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    project = WardProject.objects.for_detail().get_public(pk=pk)
    context = {
        "page_title": project.title,
        "project": project,
        "needs_banner": project.status not in AS_ANNOUNCED,
    }
    return render(request, "events/project_detail.html", context)


def projects_xlsx(request: HttpRequest) -> HttpResponse:
    """The projects that the filters choose, without fictional ones, as a workbook."""
    form = _filter_of(request)
    if form.errors:
        return project_list(request)
    content = projects_workbook(WardProject.objects.published().official().matching(form.chosen).for_table())
    return _download(content, _XLSX, "projects.xlsx")


def projects_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV; ``?enc=sjis`` for Windows-31J."""
    form = _filter_of(request)
    if form.errors:
        return project_list(request)
    rows = map(project_row, WardProject.objects.published().official().matching(form.chosen).for_table())
    in_shift_jis = request.GET.get("enc") == "sjis"
    charset = "Windows-31J" if in_shift_jis else "utf-8"
    content = b"".join(csv_lines(rows, in_shift_jis=in_shift_jis))
    return _download(content, f"text/csv; charset={charset}; header=present", "projects.csv")


def _filter_of(request: HttpRequest) -> ProjectFilter:
    return ProjectFilter.of(request, facets=WardProject.objects.published().facets())


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*"}
    return HttpResponse(content, content_type=content_type, headers=headers)
