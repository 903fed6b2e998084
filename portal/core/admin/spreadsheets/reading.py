"""Reads a table of records: a row does what a person would do on the form of its record, or it is refused."""

from collections.abc import Mapping
from typing import Any, BinaryIO, NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.forms.models import model_to_dict
from django.http import HttpRequest

from portal.core.admin.spreadsheets.columns import FieldColumn, RecordsColumn
from portal.core.admin.spreadsheets.tables import KEY, KEY_COLUMN, STAMP, RecordTable, plain
from portal.core.cells import as_text
from portal.core.importing.remarks import Change, Outcome, Remark, Report, RowResult
from portal.core.importing.rights import NO_RIGHT
from portal.core.importing.tables import Table, TableRow, batches, read_table
from portal.core.importing.values import cell_of, read_number
from portal.core.spreadsheets import held

_BATCH = 200
NOT_ALONE = "ほかの記録と両立しないため、書き込めません。"
STALE = "書き出した後に、登録されている内容が変わりました。新しい表を書き出して、直してください。"
UNTOUCHED = "書き出した後に登録の内容が変わっています。この行は直されていないため、登録のままにします。"
ELSEWHERE = "この表の区の記録ではありません。"
NOT_HERE = "公開の状態などは、この表では変えられません。記録のページで変えてください。"


class RowRefused(Exception):
    """A row that is not written, and why; ``changes`` is what it would have changed, where that helps to see why."""

    def __init__(self, *problems: Remark, changes: tuple[Change, ...] = ()):
        super().__init__(*problems)
        self.problems, self.changes = problems, changes


class Row(NamedTuple):
    """A row, and what it says of its record by field; ``name`` is what the file calls the record."""

    number: int
    cells: dict[str, str]
    name: str


class RecordReader:
    """Reads tables of one kind of record for one person. ``only`` are values that every record has, or is refused."""

    def __init__(self, model_admin: Any, request: HttpRequest, only: Mapping[str, Any] | None = None):
        self.model_admin, self.request, self.only = model_admin, request, only or {}
        self.table = RecordTable(model_admin, request)
        self.profiles = (self.table.profile,)
        self.headers = {column.field: column.header for column in self.profiles[0].columns}

    def read(self, source: BinaryIO, *, apply: bool) -> Report:
        """What becomes of the rows of a file. Raises FileRefused."""
        return self.report(read_table(source, self.profiles), apply=apply)

    def report(self, table: Table, *, apply: bool) -> Report:
        """What becomes of the rows of a table: they are written in one transaction, and unwritten if only looked at.

        Only so are rows told of what stands in other rows of the same file.
        """
        self.seen: dict[Any, int] = {}
        self.as_written = table.as_written
        with transaction.atomic():
            results = [result for rows in batches(table.rows, _BATCH) for result in self._batch(rows, apply=apply)]
            if not apply:
                transaction.set_rollback(True)
        absent = tuple(
            column.header for column in self.table.columns if column.is_taken and column.name not in table.fields
        )
        return Report(self.table.title, table.label, table.unknown, absent, tuple(results), apply)

    def _batch(self, rows: list[TableRow], *, apply: bool) -> list[RowResult]:
        keys = []
        for row in rows:
            try:
                keys.append(read_number(row.cells[KEY]))
            except (KeyError, ValueError):
                continue
        records = {record.pk: record for record in self._records().filter(pk__in=keys)}
        return [self._result(row, records, apply=apply) for row in rows]

    def _records(self) -> QuerySet:
        """The records that this person knows of."""
        return self.table.prepared(self.model_admin.get_queryset(self.request))

    def _result(self, table_row: TableRow, records: dict[Any, Model], *, apply: bool) -> RowResult:
        said = [table_row.cells.get(name, "") for name in self.model_admin.natural_key]
        cells = table_row.cells
        cells |= {name: str(value) for name, value in self.only.items() if not cells.get(name)}
        row = Row(table_row.number, cells, "・".join(filter(None, said)) or "（名称なし）")
        try:
            record = self._record_of(row, records)
            self._refuse_again(row, record)
            return self._known(row, record, apply=apply) if record else self._new(row, apply=apply)
        except RowRefused as refusal:
            return RowResult(row.number, Outcome.REFUSED, row.name, refusal.problems, refusal.changes)

    def _record_of(self, row: Row, records: dict[Any, Model]) -> Model | None:
        """The record that a row is about; None for a new one."""
        key = row.cells.get(KEY, "")
        if not key:
            return self._known_by_nature(row)
        try:
            return records[read_number(key)]
        except ValueError as error:
            raise RowRefused(Remark(KEY_COLUMN.header, str(error))) from error
        except KeyError as error:
            raise RowRefused(Remark(KEY_COLUMN.header, f"この番号の記録はありません（{key}）。")) from error

    def _known_by_nature(self, row: Row) -> Model | None:
        """The record that says the same in all that such records are known by, where there is one."""
        wanted = {}
        for name in self.model_admin.natural_key:
            column = self.table.by_name[name]
            try:
                wanted[name] = column.cleaned(row.cells.get(name, ""))
            except (ValueError, ValidationError):
                return None
        found = list(self._records().filter(**wanted)[:2])
        if len(found) > 1:
            message = "同じ内容の記録が二つ以上あります。番号で指定してください。"
            raise RowRefused(Remark(KEY_COLUMN.header, message))
        return found[0] if found else None

    def _refuse_again(self, row: Row, record: Model | None) -> None:
        before = self.seen.setdefault(record.pk, row.number) if record else row.number
        if before != row.number:
            raise RowRefused(Remark("", f"{before}行目と同じ記録です。"))

    def _known(self, row: Row, record: Model, *, apply: bool) -> RowResult:
        if not self.may_write(record):
            raise RowRefused(Remark("", NO_RIGHT))
        self._check_only(record, KEY_COLUMN.header)
        texts = {name: as_text(cell) for name, cell in self.table.cells(record).items()}
        differing = [name for name in texts if name in row.cells and not self._says(row.cells[name], texts[name])]
        taken = [self.table.by_name[name] for name in differing if self.table.by_name[name].is_taken]
        notes = () if len(taken) == len(differing) else (Remark("", NOT_HERE),)
        same = RowResult(row.number, Outcome.SAME, row.name, notes=notes, key=record.pk)
        if not taken:
            return same
        is_newer = self._is_newer(row, texts)
        if is_newer and self._is_untouched(row):
            return same._replace(notes=(Remark("", UNTOUCHED),))
        form = self._form(row, record, taken)
        changes = self._changes(form, taken, texts)
        if is_newer:
            raise RowRefused(Remark("", STALE), changes=tuple(changes))
        if not changes:
            return same
        self._save(form, taken, apply=apply)
        return RowResult(row.number, Outcome.CHANGED, row.name, (), tuple(changes), notes, record.pk)

    def _says(self, cell: str, text: str) -> bool:
        """Whether a cell says what we would write there ourselves, in a workbook or in a text file like this one."""
        return cell in (cell_of(held(text)), plain(text), plain(self.as_written(text)))

    def _is_newer(self, row: Row, texts: dict[str, str]) -> bool:
        stamp = row.cells.get(STAMP, "")
        return bool(stamp) and stamp != self.table.stamp({name: plain(text) for name, text in texts.items()})

    def _is_untouched(self, row: Row) -> bool:
        """Whether a row still says what was exported."""
        is_whole = all(column.name in row.cells for column in self.table.columns if column.is_taken)
        return is_whole and self.table.stamp(row.cells) == row.cells[STAMP]

    def _new(self, row: Row, *, apply: bool) -> RowResult:
        taken = [column for column in self.table.columns if column.is_taken and row.cells.get(column.name)]
        record = self.model_admin.model()
        form = self._form(row, record, taken)
        self._save(form, taken, apply=apply)
        return RowResult(row.number, Outcome.NEW, row.name, key=form.instance.pk if apply else None)

    def _form(self, row: Row, record: Any, taken: list[FieldColumn]) -> forms.ModelForm:
        """The form of a record as if a person had typed what the row says otherwise. Raises RowRefused."""
        form_class = self.table.form
        many = {column.name for column in self.table.columns if isinstance(column, RecordsColumn)}
        values = model_to_dict(record, form_class.base_fields.keys() - many)
        values |= {name: self.table.related(record, name) for name in many}
        data: dict[str, Any] = {}
        for name, field in form_class.base_fields.items():
            data |= _as_typed(name, field, field.prepare_value(values.get(name, field.initial)))
        fixed = self.model_admin.get_readonly_fields(self.request, record if record.pk else None)
        problems = []
        for column in taken:
            try:
                data[column.name] = column.read(row.cells[column.name])
            except ValueError as error:
                problems.append(Remark(column.header, str(error)))
            if column.name in fixed:
                problems.append(Remark(column.header, "この記録では変えられない項目です。"))
        if problems:
            raise RowRefused(*problems)
        form = form_class(data, instance=record)
        for column in self.table.columns:
            if column.name in form.fields:
                column.remember(form)
        self._check(form)
        return form

    def _check(self, form: forms.ModelForm) -> None:
        record: Any = form.instance
        problems = [
            Remark(self.headers.get(name, ""), str(message)) for name, said in form.errors.items() for message in said
        ]
        # What the records of others have to do with a row is not told to those who may not write it.
        if set(form.errors) <= {NON_FIELD_ERRORS} and not self.may_write(record):
            raise RowRefused(Remark("", NO_RIGHT))
        if problems:
            raise RowRefused(*problems)
        self._check_only(record)

    def _check_only(self, record: Model, column: str = "") -> None:
        for name, value in self.only.items():
            if record.serializable_value(name) != value:
                raise RowRefused(Remark(column or self.headers[name], ELSEWHERE))

    def _changes(self, form: forms.ModelForm, taken: list[FieldColumn], texts: dict[str, str]) -> list[Change]:
        """What a row changes, cell by cell; another way of writing the same day or number changes nothing."""
        news = {column.name: as_text(column.cell(form.cleaned_data[column.name])) for column in taken}
        return [
            Change(column.header, texts[column.name], news[column.name])
            for column in taken
            if texts[column.name] != news[column.name]
        ]

    def _save(self, form: forms.ModelForm, taken: list[FieldColumn], *, apply: bool) -> None:
        is_change = form.instance.pk is not None
        for column in self.table.columns:
            # Relations of which a row says nothing new are not written again.
            if isinstance(column, RecordsColumn) and column not in taken:
                form.cleaned_data.pop(column.name, None)
        try:
            with transaction.atomic():
                self.model_admin.bring_in(self.request, form, is_change, apply=apply)
        except IntegrityError as error:
            raise RowRefused(Remark("", NOT_ALONE)) from error

    def may_write(self, record: Model) -> bool:
        return may_write(self.model_admin, self.request, record)


def may_write(model_admin: Any, request: HttpRequest, record: Model) -> bool:
    """Whether a person may write a record as it stands."""
    if record._state.adding and not model_admin.has_add_permission(request):
        return False
    return bool(model_admin.may_bring_in(request, record))


def _as_typed(name: str, field: forms.Field, value: Any) -> dict[str, Any]:
    """A value as the controls of its field would send it."""
    widget: Any = getattr(field.widget, "widget", field.widget)
    if isinstance(widget, forms.MultiWidget):
        return {f"{name}_{place}": part for place, part in enumerate(widget.decompress(value) or ())}
    return {name: value}
