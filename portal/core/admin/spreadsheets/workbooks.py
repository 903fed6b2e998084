"""All that is on record of one ward as one workbook, to correct, continue and read in again."""

from itertools import zip_longest
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.http import HttpRequest
from openpyxl.utils import get_column_letter

from portal.core.admin.spreadsheets.columns import RecordColumn, RecordsColumn
from portal.core.admin.spreadsheets.reading import RecordReader
from portal.core.admin.spreadsheets.tables import RecordTable, WardSheet
from portal.core.importing.pages import Read
from portal.core.importing.refusal import FileRefused
from portal.core.importing.sheets import sheets_of
from portal.core.importing.tables import table_in
from portal.core.spreadsheets import Column, Sheet, workbook

GUIDE, CHOICES = "記入のしかた", "選択肢"
_WHOSE = "対象の区"
# Longer lists are no help to choose from.
_MOST_CHOICES = 5_000
_GUIDE_COLUMNS = (Column("シート", 14), Column("項目", 26), Column("形", 30), Column("意味", 90))
_RULES = (
    ("行", "直す行だけを書き換え、新しい記録は下の空いている行に足します。行を消しても、記録は消えません。"),
    ("管理番号", "もとからある行の番号です。変えないでください。新しい行では空欄にします。"),
    ("見出し", "1行目は変えられません。列を消さないでください。"),
    ("日付", "「2026-04-01」「令和8年4月1日」などと書きます。終わりの日は、その日を含みます。"),
    ("取込み", "管理画面の区のページの「区の表を取り込む」から送ります。書き込む前に、変わるところをすべて示します。"),
    (
        "ほかの人の変更",
        "表を受け取った後に、ほかの人が同じ記録を変えていたときは、その行を取り込まず、両方の内容を示します。",
    ),
)


class WardWorkbook:
    """The workbook of a ward, for one person: a sheet for each kind of record that the person may see."""

    def __init__(self, admin_site: Any, request: HttpRequest, ward: Any):
        self.request, self.ward, self.site = request, ward, admin_site
        admins = [one for one in admin_site._registry.values() if getattr(one, "ward_sheet", None)]
        seen = [one for one in admins if one.has_view_or_change_permission(request)]
        self.admins = sorted(seen, key=lambda one: one.ward_sheet.place)

    @property
    def name(self) -> str:
        return f"{self.ward.pk} {self.ward}"

    @property
    def title(self) -> str:
        return f"{self.ward}の記録"

    def is_writable(self) -> bool:
        return any(one.has_change_permission(self.request) for one in self.admins)

    def content(self) -> bytes:
        """The file, filled with what is on record. It is announced to the site first."""
        tables = [(RecordTable(one, self.request), one.ward_sheet) for one in self.admins]
        for table, sheet in tables:
            count = self._records(table, sheet).count()
            self.site.exported(self.request, model=table.model_admin.model, count=count, format="workbook")
        lists = _lists([table for table, _ in tables])
        forms = [self._form(table, sheet, lists) for table, sheet in tables]
        columns = [Column(name, 40) for name in lists]
        choices = Sheet(CHOICES, columns, zip_longest(*lists.values()), is_hidden=True)
        return workbook(self.title, [self._guide(tables), *forms, choices])

    def _records(self, table: RecordTable, sheet: WardSheet) -> QuerySet:
        return table.model_admin.get_queryset(self.request).filter(**{sheet.field: self.ward.pk})

    def _form(self, table: RecordTable, sheet: WardSheet, lists: dict[str, list[str]]) -> Sheet:
        choices = {}
        for column in _choosing(table):
            name = _list_name(column)
            if column.name != sheet.field and lists.get(name):
                letter = get_column_letter(list(lists).index(name) + 1)
                choices[column.name] = f"'{CHOICES}'!${letter}$2:${letter}${len(lists[name]) + 1}"
        made = table.form_sheet(table.rows(self._records(table, sheet)), sheet.title, choices)
        whose: Any = table.by_name[sheet.field]
        # The only ward that there is in this workbook.
        words = (whose.named(whose.chosen(self.ward.pk)),)
        own = [one._replace(words=words) if one.title == whose.header else one for one in made.columns]
        return made._replace(columns=own)

    def _guide(self, tables: list[tuple[RecordTable, WardSheet]]) -> Sheet:
        """Whose workbook it is, how it is filled in, and what each column means."""
        rows = [("この表", _WHOSE, "", self.name), *(("この表", rule, "", meaning) for rule, meaning in _RULES)]
        for table, sheet in tables:
            rows += [
                (sheet.title, column.header, f"{column.kind}{'（必須）' if column.is_required else ''}", column.meaning)
                for column in table.columns
            ]
        return Sheet(GUIDE, _GUIDE_COLUMNS, rows)

    def read(self, source: BinaryIO, apply: bool) -> list[Read]:
        """What becomes of the rows of every sheet. Raises FileRefused for what is not the workbook of this ward."""
        self._check(source)
        by_title = {one.ward_sheet.title: one for one in self.admins}
        read = []
        for sheet in sheets_of(source):
            if model_admin := by_title.get(sheet.title):
                reader = RecordReader(model_admin, self.request, {model_admin.ward_sheet.field: self.ward.pk})
                report = reader.report(table_in(sheet, reader.profiles[0]), apply=apply)
                kind = str(model_admin.opts.verbose_name_plural)
                read.append(Read(kind, report._replace(profile=sheet.title)))
        return read

    def _check(self, source: BinaryIO) -> None:
        whose, titles = "", set()
        for sheet in sheets_of(source):
            titles.add(sheet.title)
            if sheet.title == GUIDE:
                whose = next((line.cells[-1] for line in sheet.lines if _WHOSE in line.cells[:2]), "")
        if not whose:
            raise FileRefused(f"区の記録の表ではありません（シート「{GUIDE}」に対象の区がありません）。")
        if whose.strip() != self.name:
            raise FileRefused(f"この表は「{whose}」のものです。{self.ward}の表を選んでください。")
        missing = [one.ward_sheet.title for one in self.admins if one.ward_sheet.title not in titles]
        if missing:
            raise FileRefused(f"シートがありません：{'、'.join(missing)}")


def _choosing(table: RecordTable) -> list[RecordColumn]:
    """The columns that name one other record."""
    return [
        column
        for column in table.columns
        if isinstance(column, RecordColumn) and not isinstance(column, RecordsColumn) and column.is_taken
    ]


def _list_name(column: RecordColumn) -> str:
    return str(column.records.model._meta.verbose_name)


def _lists(tables: list[RecordTable]) -> dict[str, list[str]]:
    """What columns choose from, by the kind of record: each list once."""
    lists: dict[str, list[str]] = {}
    for table in tables:
        for column in _choosing(table):
            name = _list_name(column)
            if name not in lists:
                records = list(column.records[: _MOST_CHOICES + 1])
                lists[name] = [column.named(record) for record in records] if len(records) <= _MOST_CHOICES else []
    return lists
