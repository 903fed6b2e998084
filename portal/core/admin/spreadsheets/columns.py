"""The fields of a form as columns: how each is written in a cell, and what its form is given for a cell."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone

from portal.core.cells import as_text
from portal.core.fields import LastDayField
from portal.core.importing.columns import Kind
from portal.core.importing.values import folded
from portal.core.spreadsheets import Cell
from portal.core.wareki import parse_fiscal_year

YES, NO, UNKNOWN = "はい", "いいえ", "不明"
# Excel counts its days from here.
_FIRST_DAY_OF_EXCEL = date(1900, 3, 1)
_SEPARATORS = re.compile(r"[、，,;；\n\r]+")
_KEY = re.compile(r"([0-9]+)\s*(.*)", re.DOTALL)


class FieldColumn:
    """A field whose cells are text. ``field`` is that of the form; ``is_taken`` says whether a file may change it."""

    kind = Kind.TEXT
    width = 24
    is_plain = True

    def __init__(self, name: str, header: str, field: forms.Field | None, *, is_taken: bool):
        self.name, self.header, self.field, self.is_taken = name, header, field, is_taken

    @property
    def is_required(self) -> bool:
        return self.is_taken and self.field is not None and self.field.required

    @property
    def meaning(self) -> str:
        """What a person should know who fills the column in."""
        if not self.is_taken:
            return "取り込むときは使いません。"
        return " ".join(filter(None, [str(self.field.help_text) if self.field else "", self.hint]))

    @property
    def hint(self) -> str:
        longest = getattr(self.field, "max_length", None)
        return f"{longest:,}文字まで。" if longest else ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words among which a cell chooses; empty for any."""
        return ()

    def cell(self, value: Any) -> Cell:
        """A value of the record as it stands in a cell."""
        return as_text(value)

    def read(self, text: str) -> Any:
        """What the form is given for a cell. Raises ValueError, saying why."""
        return text

    def cleaned(self, text: str) -> Any:
        """What the form makes of a cell. Raises ValueError and ValidationError."""
        field: Any = self.field
        return field.clean(self.read(text))

    def remember(self, form: forms.Form) -> None:
        """Spares the form of a row what was looked up for other rows."""


class NumberColumn(FieldColumn):
    kind = Kind.WHOLE_NUMBER
    width = 12
    hint = "整数。"

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        # Years are numbers that nobody separates into thousands.
        self.is_plain = self.name.endswith("year")

    def cell(self, value: Any) -> Cell:
        return value if isinstance(value, int) else as_text(value)

    def read(self, text: str) -> Any:
        if self.name == "fiscal_year" and text:
            return parse_fiscal_year(text)
        return folded(text).replace(",", "")


class DecimalColumn(FieldColumn):
    kind = Kind.DEGREES
    width = 12

    def cell(self, value: Any) -> Cell:
        return as_text(Decimal(value)) if value is not None else ""

    def read(self, text: str) -> Any:
        return folded(text)


class DayColumn(FieldColumn):
    kind = Kind.DAY
    width = 13
    is_plain = False
    hint = "日付（2026-04-01、令和8年4月1日など）。"

    def cell(self, value: Any) -> Cell:
        day = self.field.prepare_value(value) if self.field else value
        return day if day is None or day >= _FIRST_DAY_OF_EXCEL else day.isoformat()


class TimeColumn(FieldColumn):
    kind = Kind.TIME
    width = 10
    hint = "時刻（13:30など）。"

    def cell(self, value: time | None) -> Cell:
        return value.isoformat() if value and value.second else as_text(value)

    def read(self, text: str) -> Any:
        return folded(text)


class MomentColumn(FieldColumn):
    width = 18

    def cell(self, value: datetime | None) -> Cell:
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


class FileColumn(FieldColumn):
    def cell(self, value: Any) -> Cell:
        return str(value or "")


class ChoiceColumn(FieldColumn):
    kind = Kind.CHOICE
    width = 18

    @cached_property
    def labels(self) -> dict[str, str]:
        """The labels by value, without the empty choice."""
        choices: Any = getattr(self.field, "choices", ())
        return {str(value): str(label) for value, label in choices if value not in ("", None)}

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.labels.values())

    @property
    def hint(self) -> str:
        return f"{'、'.join(self.words)}のいずれか。"

    def cell(self, value: Any) -> Cell:
        return self.labels.get(str(value), as_text(value))

    def read(self, text: str) -> Any:
        if not text:
            return ""
        values = {folded(label): value for value, label in self.labels.items()}
        if folded(text) not in values:
            raise ValueError(f"「{text}」はありません。次のいずれかを書いてください：{'、'.join(self.words)}")
        return values[folded(text)]


class YesNoColumn(FieldColumn):
    kind = Kind.CHOICE
    width = 10

    @property
    def is_required(self) -> bool:
        return False

    @property
    def words(self) -> tuple[str, ...]:
        return (YES, NO, UNKNOWN) if isinstance(self.field, forms.NullBooleanField) else (YES, NO)

    @property
    def hint(self) -> str:
        return f"{'、'.join(self.words)}のいずれか。"

    def cell(self, value: bool | None) -> Cell:
        return UNKNOWN if value is None else YES if value else NO

    def read(self, text: str) -> Any:
        values = {YES: True, NO: False, UNKNOWN: None, "": None if UNKNOWN in self.words else False}
        if text and folded(text) not in self.words:
            raise ValueError(f"{'・'.join(self.words)}のいずれかを書いてください（{text}）。")
        return values[folded(text)]


class RecordColumn(FieldColumn):
    """Another record, as its key and its name: 「042081 宮城県角田市」. One that is alone of its name needs no key."""

    width = 28
    hint = "番号（団体コード）と名称。取り込むときは、どちらか一方でも読めます。"
    field: Any
    # Among which records a person may name one; all that the form knows unless the table says otherwise.
    findable: QuerySet | None = None

    def named(self, record: Model) -> str:
        return f"{record.pk} {self.name_of(record)}"

    def name_of(self, record: Model) -> str:
        """Its name, without the signs that stand between names."""
        return _SEPARATORS.sub(" ", self.field.label_from_instance(record))

    def cell(self, value: Model | None) -> Cell:
        return self.named(value) if value else ""

    def read(self, text: str) -> Any:
        return self.key_of(text) if text else ""

    def remember(self, form: forms.Form) -> None:
        """Rows name the same few records again and again."""
        field: Any = form.fields[self.name]
        field.to_python = self.chosen

    def cleaned(self, text: str) -> Any:
        record = self.chosen(self.read(text))
        self.field.validate(record)
        return record

    def chosen(self, key: Any) -> Model | None:
        """The record of a key among those that the form knows, as its field would find it. Raises ValidationError."""
        if key in self.field.empty_values:
            return None
        if key not in self._chosen:
            self._chosen[key] = self.field.queryset.filter(pk=key).first()
        if self._chosen[key] is None:
            raise ValidationError(
                self.field.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
            )
        return self._chosen[key]

    @cached_property
    def _chosen(self) -> dict[Any, Model | None]:
        return {}

    def key_of(self, text: str) -> Any:
        """The key of the record that a text names. Raises ValueError where that is none, or several."""
        plain = folded(text)
        match = _KEY.fullmatch(plain)
        if match and (record := self._by_key(match[1])):
            if not match[2] or folded(match[2]) in {folded(self.name_of(record)), folded(str(record))}:
                return record.pk
            if plain not in self._by_name:
                raise ValueError(f"番号と名称が合いません（{text}）。")
        return self._alone(text, self._by_name.get(plain, []))

    def _alone(self, text: str, keys: list[Any]) -> Any:
        if len(keys) > 1:
            several = "、".join(self.named(record) for record in self.records.filter(pk__in=keys[:10]))
            raise ValueError(f"「{text}」は二つ以上あります。番号で書いてください：{several}")
        if not keys:
            raise ValueError(f"この名称や番号の記録はありません（{text}）。")
        return keys[0]

    @property
    def records(self) -> QuerySet:
        return (self.field.queryset if self.findable is None else self.findable).all()

    def _by_key(self, key: str) -> Model | None:
        primary = self.field.queryset.model._meta.pk
        # Spreadsheets take codes for numbers and drop what they begin with.
        whole = key.zfill(primary.max_length) if primary.max_length else key
        if whole not in self._found:
            try:
                self._found[whole] = self.records.filter(pk=primary.to_python(whole)).first()
            except (ValidationError, OverflowError):
                self._found[whole] = None
        return self._found[whole]

    @cached_property
    def _found(self) -> dict[str, Model | None]:
        return {}

    @cached_property
    def _by_name(self) -> dict[str, list[Any]]:
        """The keys of all records by their names; asked for only where somebody wrote a name alone."""
        names: dict[str, list[Any]] = {}
        for record in self.records:
            for name in {folded(self.name_of(record)), folded(str(record))}:
                names.setdefault(name, []).append(record.pk)
        return names


class RecordsColumn(RecordColumn):
    """Several records, with 「、」 between them."""

    def remember(self, form: forms.Form) -> None:
        """The field looks all of them up at once."""

    def cleaned(self, text: str) -> Any:
        return self.field.clean(self.read(text))

    width = 40
    hint = "番号（団体コード）と名称。「、」で区切ります。取り込むときは、どちらか一方でも読めます。"

    def cell(self, value: Any) -> Cell:
        return "、".join(self.named(record) for record in value)

    def read(self, text: str) -> Any:
        return [self.key_of(name.strip()) for name in _SEPARATORS.split(text) if name.strip()]


# The first that fits; what stands later is more general.
_KINDS: tuple[tuple[type | tuple[type, ...], type[FieldColumn]], ...] = (
    (forms.ModelMultipleChoiceField, RecordsColumn),
    (forms.ModelChoiceField, RecordColumn),
    (forms.ChoiceField, ChoiceColumn),
    (forms.BooleanField, YesNoColumn),
    ((LastDayField, forms.DateField), DayColumn),
    (forms.TimeField, TimeColumn),
    ((forms.DateTimeField, forms.SplitDateTimeField), MomentColumn),
    ((forms.DecimalField, forms.FloatField), DecimalColumn),
    (forms.IntegerField, NumberColumn),
    (forms.FileField, FileColumn),
)


def column_kind(field: forms.Field | None) -> Callable[..., FieldColumn]:
    """The kind of column that a field of a form makes."""
    return next((column for kind, column in _KINDS if isinstance(field, kind)), FieldColumn)
