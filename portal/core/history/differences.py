"""What differs between two snapshots, field by field, in the words of the back office."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    FileField,
    ForeignKey,
    Model,
    TextField,
    TimeField,
)
from django.utils import timezone

from portal.core.admin.autocomplete import labels_of
from portal.core.comparison import Piece, pieces_of
from portal.core.fields import PeriodEndField
from portal.core.history.snapshots import Snapshot, columns_of, relation, rows_of, sets_of
from portal.core.periods import last_day
from portal.core.wareki import era_date, weekday

# Longer texts are compared line by line: letter by letter would take too long.
_LONGEST_BY_LETTER = 4_000


@dataclass(frozen=True)
class Difference:
    """A field as it was and as it is; empty texts stand for nothing."""

    label: str
    before: str
    after: str
    is_text: bool = False

    @property
    def pieces(self) -> list[Piece]:
        """Both texts in one, with what was taken out and what was put in marked; what is no text is replaced whole."""
        before, after = self.before, self.after
        if not self.is_text:
            return [Piece("del", before), Piece("ins", after)]
        if max(len(before), len(after)) > _LONGEST_BY_LETTER:
            return pieces_of(before.splitlines(keepends=True), after.splitlines(keepends=True))
        return pieces_of(before, after)


def differences(model: type[Model], before: Snapshot, after: Snapshot) -> list[Difference]:
    """What differs between two snapshots of records of a model, in the order of its fields.

    ``before`` may be empty: then everything that is filled in is new. A part that ``after`` leaves out did not change.
    """
    return differences_of_many(model, [(before, after)])[0]


def differences_of_many(model: type[Model], pairs: Sequence[tuple[Snapshot, Snapshot]]) -> list[list[Difference]]:
    """What differs in each pair of snapshots; one query for each kind of record that any of them names."""
    names = _Names(model, [snapshot for pair in pairs for snapshot in pair])
    return [_between(model, names, before, after) for before, after in pairs]


def _between(model: type[Model], names: "_Names", before: Snapshot, after: Snapshot) -> list[Difference]:
    found: list[Difference] = []
    for part, fields in (("fields", _shown(columns_of(model))), ("sets", sets_of(model))):
        for field in fields:
            if field.name in after.get(part, {}):
                old, new = before.get(part, {}).get(field.name), after[part][field.name]
                texts = names.text(field, old), names.text(field, new)
                found.append(Difference(str(field.verbose_name), *texts, is_text=_is_text(field)))
    for name in rows_of(model):
        if name in after.get("rows", {}):
            old_rows, new_rows = before.get("rows", {}).get(name, []), after["rows"][name]
            label = str(relation(model, name)[0]._meta.verbose_name_plural)
            found.append(Difference(label, names.rows(name, old_rows), names.rows(name, new_rows), is_text=True))
    return [difference for difference in found if difference.before != difference.after]


def _shown(fields: list[Any]) -> list[Any]:
    """The fields that people know; what the portal notes for itself is kept and put back unseen."""
    return [field for field in fields if field.editable]


def _is_text(field: Any) -> bool:
    return isinstance(field, CharField | TextField) and not field.flatchoices


class _Names:
    """Values of fields as people read them; the records they name are fetched together."""

    def __init__(self, model: type[Model], snapshots: list[Snapshot]):
        self.model = model
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        for snapshot in snapshots:
            for field, value in self._references(snapshot):
                wanted[field.related_model].update(value if isinstance(value, list) else [value])
        self.known = {target: labels_of(target, keys - {None}) for target, keys in wanted.items()}

    def _references(self, snapshot: Snapshot) -> Iterator[tuple[Any, Any]]:
        columns = {field.name: field for field in columns_of(self.model)}
        for name, value in snapshot.get("fields", {}).items():
            if isinstance(columns.get(name), ForeignKey):
                yield columns[name], value
        for field in sets_of(self.model):
            yield field, snapshot.get("sets", {}).get(field.name, [])
        for name, rows in snapshot.get("rows", {}).items():
            inner = {field.name: field for field in columns_of(relation(self.model, name)[0])}
            for row in rows:
                yield from ((inner[key], value) for key, value in row.items() if isinstance(inner.get(key), ForeignKey))

    def text(self, field: Any, value: Any) -> str:
        if isinstance(value, list):
            return "、".join(sorted(self._name(field, key) for key in value))
        if value in (None, ""):
            return ""
        return self._name(field, value) if isinstance(field, ForeignKey) else plain_text(field, value)

    def _name(self, field: Any, key: Any) -> str:
        return self.known[field.related_model].get(str(key), f"（もうない記録 {key}）")

    def rows(self, name: str, rows: list[dict[str, Any]]) -> str:
        """A line for each row: its filled fields."""
        model, links = relation(self.model, name)
        fields = [field for field in _shown(columns_of(model)) if field.name not in links]
        lines = []
        for row in rows:
            filled = ((field, self.text(field, row.get(field.name))) for field in fields)
            lines.append("、".join(f"{field.verbose_name}：{text}" for field, text in filled if text))
        return "\n".join(lines)


def plain_text(field: Field, value: Any) -> str:
    """A value that names no other record, in Japanese: days with their weekdays, choices in their words."""
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, BooleanField):
        return "はい" if value else "いいえ"
    return _moment(field, field.to_python(value)) if not isinstance(field, FileField) else str(value)


def _moment(field: Field, value: Any) -> str:
    if isinstance(field, PeriodEndField):
        value = last_day(value)
    if isinstance(field, DateTimeField) and isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{_day(local.date())} {local:%H:%M}"
    if isinstance(field, DateField) and isinstance(value, date):
        return _day(value)
    if isinstance(field, TimeField) and isinstance(value, time):
        return f"{value:%H:%M}"
    return f"{value:,}" if isinstance(value, int) and value > 9999 else str(value)


def _day(day: date) -> str:
    return f"{era_date(day)}（{weekday(day)}）"
