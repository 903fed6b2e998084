"""The back office pages of ward projects."""

from collections.abc import Sequence
from typing import BinaryIO

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from events.importing.projects import import_projects
from events.models import WardProject
from events.spreadsheets.columns import PROJECTS
from portal.core.admin.base import SourceNoteInline
from portal.core.admin.publishing import PublishableAdmin
from portal.core.admin.spreadsheets.reading import may_write
from portal.core.admin.spreadsheets.tables import WardSheet
from portal.core.importing.pages import Reader
from portal.core.importing.proposing import by_approval
from portal.core.importing.remarks import Report


@admin.register(WardProject)
class WardProjectAdmin(PublishableAdmin):
    fields = ("ward", "title", "field", "municipalities", "fiscal_year", "status", "summary", "url")
    list_display = ("title", "ward", "field", "fiscal_year", "status")
    list_filter = ("field", "status", "fiscal_year", "ward")
    list_select_related = ("ward",)
    search_fields = ("title", "ward__name", "municipalities__name")
    autocomplete_fields = ("ward", "municipalities")
    inlines = (SourceNoteInline,)
    natural_key = ("ward", "fiscal_year", "title")
    ward_sheet = WardSheet("ward", "各区事業", place=2)

    def table_readers(self, request: HttpRequest) -> Sequence[Reader]:
        return [*super().table_readers(request), PublicTable(self, request)]


class PublicTable:
    """The table of ward projects as the public site gives it."""

    profiles = (PROJECTS,)

    def __init__(self, model_admin: WardProjectAdmin, request: HttpRequest):
        self.model_admin, self.request = model_admin, request

    def read(self, source: BinaryIO, *, apply: bool) -> Report:
        return by_approval(
            WardProject,
            lambda write: import_projects(source, apply=write, may_write=self._may_write),
            by=self.request.user,
            apply=apply,
        )

    def _may_write(self, project: Model) -> bool:
        return may_write(self.model_admin, self.request, project)
