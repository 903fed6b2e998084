"""The records of a list as a table, each field of their form a column, with what is needed to read it in again."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest

from portal.core.admin.spreadsheets.columns import FieldColumn, RecordColumn, RecordsColumn, column_kind
from portal.core.cells import as_text, defused
from portal.core.importing.columns import Column, Kind, Profile
from portal.core.importing.values import cell_of
from portal.core.spreadsheets import Cell, Sheet, held
from portal.core.spreadsheets import Column as SheetColumn

KEY, STAMP = "key", "stamp"
KEY_COLUMN = Column(
    "管理番号", KEY, Kind.WHOLE_NUMBER, "記録を特定する番号。新しい記録は空欄にします。変えないでください。", "12"
)
STAMP_COLUMN = Column(
    "版", STAMP, Kind.TEXT, "書き出したときの内容の目印。その後の変更を見分けます。変えないでください。"
)
# What publishing has its own pages and rights for.
NOT_TAKEN = frozenset({"publication_state", "publish_at", "unpublish_at", "change_note", "withdrawal_note"})
_CHUNK = 1_000
# Where the related records are held, apart from those that the list itself may fetch.
_MANY = "told_{}"


class WardSheet(NamedTuple):
    """How records stand in the workbook of a ward: the field that holds the ward, the sheet, its place among them."""

    field: str
    title: str
    place: int


class RecordTable:
    """The table of one kind of record, with the columns that this person would see on its form."""

    def __init__(self, model_admin: Any, request: HttpRequest):
        self.model_admin, self.request = model_admin, request
        self.opts = model_admin.opts
        self.form: Any = model_admin.get_form(request, None, change=False)
        self.columns = [self._column(name) for name in dict.fromkeys(model_admin.table_fields(request))]
        self.by_name = {column.name: column for column in self.columns}
        self.has_key = self.opts.pk.name not in self.by_name

    def _column(self, name: str) -> FieldColumn:
        field = self.form.base_fields.get(name)
        is_taken = field is not None and name not in NOT_TAKEN
        if field is None and (known := self._model_field(name)):
            field = known.formfield()
        label = (field.label if field else "") or label_for_field(name, self.model_admin.model, self.model_admin)
        column = column_kind(field)(name, str(label), field, is_taken=is_taken)
        if isinstance(column, RecordColumn) and (related := self.admin_of(column)):
            column.findable = related.get_queryset(self.request)
        return column

    def admin_of(self, column: RecordColumn) -> Any:
        """The pages of the records among which a column chooses, if they have any."""
        site = self.model_admin.admin_site
        model = column.field.queryset.model
        return site.get_model_admin(model) if site.is_registered(model) else None

    def _model_field(self, name: str) -> Any:
        try:
            return self.opts.get_field(name)
        except FieldDoesNotExist:
            return None

    @property
    def title(self) -> str:
        return str(self.opts.verbose_name_plural)

    @property
    def profile(self) -> Profile:
        """The same columns for whoever reads a file."""
        needed = set(self.model_admin.natural_key)
        columns = [
            Column(column.header, column.name, column.kind, column.meaning, "", column.name in needed)
            for column in self.columns
        ]
        first = [KEY_COLUMN] if self.has_key else []
        return Profile(f"records-{self.opts.label_lower}", self.title, "1.0", "", (*first, *columns, STAMP_COLUMN))

    def prepared(self, records: QuerySet) -> QuerySet:
        """The records with all that their rows tell, in a fixed number of queries."""
        along, many = [], []
        for column in self.columns:
            if isinstance(column, RecordsColumn):
                many.append(
                    Prefetch(column.name, queryset=column.field.queryset.all(), to_attr=_MANY.format(column.name))
                )
            elif isinstance(column, RecordColumn):
                related = self.admin_of(column)
                further = related.list_select_related if related else ()
                along += [column.name, *(f"{column.name}__{name}" for name in further)]
        records = records.select_related(*along) if along else records
        return records.prefetch_related(*many) if many else records

    def value(self, record: Any, column: FieldColumn) -> Any:
        if isinstance(column, RecordsColumn):
            return self.related(record, column.name)
        return lookup_field(column.name, record, self.model_admin)[2]

    def related(self, record: Model, name: str) -> list[Model]:
        """The records that one is related to, as ``prepared`` has fetched them; none for a new record."""
        return getattr(record, _MANY.format(name), [])

    def cells(self, record: Model) -> dict[str, Cell]:
        """What a record says, by field."""
        return {column.name: column.cell(self.value(record, column)) for column in self.columns}

    def row(self, record: Model) -> list[Cell]:
        cells = self.cells(record)
        first = [record.pk] if self.has_key else []
        return [*first, *cells.values(), self.stamp({name: plain(as_text(cell)) for name, cell in cells.items()})]

    def rows(self, records: QuerySet) -> Iterator[list[Cell]]:
        """The rows of records, of which only some are held at a time."""
        return map(self.row, self.prepared(records).iterator(chunk_size=_CHUNK))

    def stamp(self, texts: dict[str, str]) -> str:
        """What a row says, in short: a row that was changed has another, be it here or in the file."""
        said = "\x1f".join(texts[column.name] for column in self.columns if column.is_taken)
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def headers(self) -> tuple[str, ...]:
        return self.profile.headers

    def sheet(self, rows: Iterable[list[Cell]], title: str = "") -> Sheet:
        """The table as a sheet of a workbook."""
        return Sheet(title or self.title, [*self._first(), *map(sheet_column, self.columns), _LAST], rows)

    def form_sheet(self, rows: Iterable[list[Cell]], title: str, choices: Mapping[str, str]) -> Sheet:
        """The table as a sheet that people fill in; ``choices`` are cells that columns choose from, by field."""
        columns = [sheet_column(one)._replace(choices=choices.get(one.name, "")) for one in self.columns]
        return Sheet(title, [*self._first(), *columns, _LAST], rows, is_form=True)

    def _first(self) -> list[SheetColumn]:
        return [SheetColumn(KEY_COLUMN.header, 10, is_plain=True)] if self.has_key else []


_LAST = SheetColumn(STAMP_COLUMN.header, 14, is_hidden=True)


def sheet_column(column: FieldColumn) -> SheetColumn:
    return SheetColumn(column.header, column.width, column.is_plain, words=column.words if column.is_taken else ())


def plain(text: str) -> str:
    """A text as it is read from the cell in which it was written."""
    return cell_of(defused(held(text)))
