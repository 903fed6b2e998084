"""The page of the back office on which struck places are looked up, and the file of what was found."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from portal.connections.forms import StruckForm
from portal.connections.reading import by_ward, connections
from portal.connections.tables import HEADERS, rows_of
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.csv_files import Encoding, content_type, lines
from portal.core.downloads import download
from portal.roles import access_of

TITLE = "被災した自治体とのつながり"


def addresses(site: Any) -> list[URLPattern]:
    """The pages, for the back office to put in front of those of the records."""
    return [
        path("connections/", site.admin_view(show), name="connections"),
        path("connections.csv", site.admin_view(write_file), name="connections_file"),
    ]


def show(request: HttpRequest) -> HttpResponse:
    """What is on record of the places that were pasted or stand in the address."""
    _only_for_people_with_a_role(request)
    form = StruckForm(request.POST or request.GET or None, label_suffix="")
    form.is_valid()
    found = connections(form.found)
    context = {
        **admin.site.each_context(request),
        "title": TITLE,
        "form": form,
        "connections": found,
        "wards": by_ward(found),
        "linked_total": sum(connection.is_linked for connection in found),
        "question": f"places={','.join(place.pk for place in form.found)}",
        "now": timezone.now(),
    }
    return TemplateResponse(request, "admin/connections.html", context)


def write_file(request: HttpRequest) -> HttpResponseBase:
    """The same as a table, a row for each tie, agreement, membership and person."""
    _only_for_people_with_a_role(request)
    form = StruckForm(request.GET or None)
    if not form.is_valid():
        return redirect("admin:connections")
    rows = list(rows_of(connections(form.found)))
    note(AuditAction.EXPORT, by=request.user, subject=TITLE, detail=f"{len(rows):,}件（csv）")
    return download(lines(HEADERS, rows, Encoding.UTF_8), content_type(Encoding.UTF_8), TITLE, "csv")


def _only_for_people_with_a_role(request: HttpRequest) -> None:
    access = access_of(request.user)
    if not (access.reads_all or access.wards):
        raise PermissionDenied
