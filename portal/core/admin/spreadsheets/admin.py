"""What every list of the back office can do with spreadsheets."""

from collections.abc import Sequence
from typing import Any, BinaryIO, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse

from portal.core.admin.spreadsheets.reading import RecordReader
from portal.core.admin.spreadsheets.tables import RecordTable, WardSheet
from portal.core.csv_files import Encoding, content_type, lines
from portal.core.downloads import download
from portal.core.importing.pages import ImportPage, Read, Reader
from portal.core.importing.tables import read_table
from portal.core.spreadsheets import XLSX, workbook

# The formats of an export, by what stands in the address, with the ending of the file.
_FORMATS = {"xlsx": "xlsx", "csv": "csv", "csv-sjis": "csv"}


class SpreadsheetAdmin(admin.ModelAdmin):
    """Every list is exported as it is searched and filtered; those that say what a record is known by are imported.

    ``natural_key`` names the fields by which a row without a number finds its record; without any there is no import.
    ``ward_sheet`` says how the records of a ward stand in the workbook of that ward.
    """

    natural_key: ClassVar[tuple[str, ...]] = ()
    ward_sheet: ClassVar[WardSheet | None] = None

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        ours = [path("export/<str:file_type>/", view(self.export_list), name=f"{name}_export")]
        if self.natural_key:
            ours.append(path("import/", view(self.import_table), name=f"{name}_import"))
        return [*ours, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        told: dict[str, Any] = {"exports": self._exports(request)}
        if self.natural_key and self.has_change_permission(request):
            told["import_url"] = self._address("import")
        return super().changelist_view(request, told | (extra_context or {}))

    def table_fields(self, request: HttpRequest) -> list[str]:
        """The fields that are columns of the table: those of the form of a new record."""
        return flatten_fieldsets(self.get_fieldsets(request, None))

    def _address(self, name: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def _exports(self, request: HttpRequest) -> list[tuple[str, str]]:
        """The addresses at which the list is exported as it is shown, with their names."""
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        labels = {"xlsx": "xlsxで書き出す", "csv": "CSVで書き出す", "csv-sjis": "CSV（シフトJIS）で書き出す"}
        return [(self._address("export", file_type) + query, label) for file_type, label in labels.items()]

    def export_list(self, request: HttpRequest, file_type: str) -> HttpResponseBase:
        """The records that the list shows under its search and filters, on all its pages."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if file_type not in _FORMATS:
            raise Http404
        try:
            records = self._listed(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(self._address("changelist") + "?e=1")
        site: Any = self.admin_site
        site.exported(request, model=self.model, count=records.count(), format=file_type)
        table = RecordTable(self, request)
        if file_type == "xlsx":
            content: Any = workbook(table.title, [table.sheet(table.rows(records))])
            return download(content, XLSX, table.title, "xlsx")
        encoding = Encoding.SHIFT_JIS if file_type == "csv-sjis" else Encoding.UTF_8
        content = lines(table.headers, table.rows(records), encoding)
        return download(content, content_type(encoding), table.title, _FORMATS[file_type])

    def _listed(self, request: HttpRequest) -> QuerySet:
        query = request.GET.copy()
        query.pop("p", None)
        request.GET = query  # type: ignore[assignment]
        return self.get_changelist_instance(request).get_queryset(request)

    def import_table(self, request: HttpRequest) -> HttpResponseBase:
        """First the file is looked at; what would change is shown; only then, when confirmed, is it written."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        readers = self.table_readers(request)

        def read_file(source: BinaryIO, apply: bool) -> list[Read]:
            profiles = [profile for reader in readers for profile in reader.profiles]
            found = read_table(source, profiles).profile
            reader = next(reader for reader in readers if found in reader.profiles)
            return [Read(str(self.opts.verbose_name_plural), reader.read(source, apply=apply))]

        context = {
            **self.admin_site.each_context(request),
            "title": "表計算ファイルから取り込む",
            "opts": self.opts,
            "columns": readers[0].profiles[0].columns,
            "others": [profile.title for reader in readers[1:] for profile in reader.profiles],
            "back_url": self._address("changelist"),
            "back_label": self.opts.verbose_name_plural,
        }
        return ImportPage(request, read_file, done=self._address("changelist"), context=context).answer()

    def table_readers(self, request: HttpRequest) -> Sequence[Reader]:
        """What reads files of these records: first the table that the list exports, then other formats."""
        return [RecordReader(self, request)]
