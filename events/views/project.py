"""Pages of ward projects."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.forms import ProjectFilter
from events.models import WardProject
from events.rules import AS_ANNOUNCED
from municipalities.models import Ward
from portal.core.pagination import page_of


def project_list(request: HttpRequest) -> HttpResponse:
    public = WardProject.objects.published()
    wards = [(ward.code, ward.name) for ward in Ward.objects.all()]
    form = ProjectFilter.of(request, years=public.fiscal_years(), wards=wards)
    page = page_of(request, public.matching(form.chosen).for_list())
    context = {"page_title": "各区事業", "form": form, "page": page}
    return render(request, "events/project_list.html", context)


def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    project = WardProject.objects.for_detail().get_public(pk=pk)
    context = {
        "page_title": project.title,
        "project": project,
        "needs_banner": project.status not in AS_ANNOUNCED,
    }
    return render(request, "events/project_detail.html", context)
