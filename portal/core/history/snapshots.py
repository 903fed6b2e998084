"""A record with the rows that are told with it, as plain data: taken, compared, and put back.

A model names in ``told_with`` the relations whose rows belong to its records. What the portal derives or counts by
itself (revisions, moments of saving) is no part of a snapshot.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Field, Model

from portal.core.fields import RevisionField

# "fields": the columns by name; "sets": the keys of chosen records; "rows": the rows told with it, each with its key.
Snapshot = dict[str, dict[str, Any]]
PARTS = ("fields", "sets", "rows")


def take(record: Model) -> Snapshot:
    """The record as it is in the database but for what was set on it since."""
    taken: Snapshot = {
        "fields": values_of(record, columns_of(type(record))),
        "sets": {
            field.name: sorted(getattr(record, field.name).order_by().values_list("pk", flat=True))
            for field in sets_of(type(record))
        },
        "rows": {name: _rows_of(record, name) for name in rows_of(type(record))},
    }
    return plain(taken)


def plain(taken: Snapshot) -> Snapshot:
    """As it will be read back from the database: days and numbers as texts."""
    read: Snapshot = json.loads(json.dumps(taken, cls=DjangoJSONEncoder))
    return read


def changes_between(before: Snapshot, after: Snapshot) -> Snapshot:
    """The parts of ``after`` that differ from ``before``, in the shape of a snapshot; empty where nothing does."""
    changed = {
        part: {name: value for name, value in after[part].items() if before[part].get(name) != value} for part in PARTS
    }
    return {part: values for part, values in changed.items() if values}


def put_back(record: Model, changes: Snapshot, *, keep: frozenset[str] = frozenset()) -> None:
    """Gives a record the values, sets and rows of a snapshot or of a part of one, and saves it.

    ``keep`` names columns that stay as they are; files stay too, for those replaced are gone. Raises ValidationError
    where the record would break a rule, or where something it rested on no longer exists.
    """
    columns = {field.name: field for field in columns_of(type(record)) if _can_be_put_back(field)}
    for name, value in changes.get("fields", {}).items():
        if name in columns and name not in keep:
            setattr(record, columns[name].attname, columns[name].to_python(value))
    record.full_clean()
    record.save()
    for field in sets_of(type(record)):
        if field.name in changes.get("sets", {}):
            _put_back_set(record, field, changes["sets"][field.name])
    for name in rows_of(type(record)):
        if name in changes.get("rows", {}):
            _put_back_rows(record, name, changes["rows"][name])


def columns_of(model: type[Model]) -> list[Field]:
    """The columns that hold what people wrote or decided; a model names in ``kept_out`` what no history may hold."""
    kept_out = getattr(model, "kept_out", ())
    return [
        field
        for field in model._meta.concrete_fields
        if not (
            field.primary_key
            or field.name in kept_out
            or isinstance(field, RevisionField)
            or getattr(field, "auto_now", False)
            or getattr(field, "auto_now_add", False)
        )
    ]


def sets_of(model: type[Model]) -> list[Any]:
    """The sets of other records that people choose."""
    return [field for field in model._meta.many_to_many if field.editable and hasattr(field, "m2m_db_table")]


def rows_of(model: type[Model]) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(model, "told_with", ())
    return names


def relation(model: type[Model], name: str) -> tuple[type[Model], tuple[str, ...]]:
    """The model of the rows of a relation, and the columns of theirs that lead back to the record."""
    field: Any = model._meta.get_field(name)
    if field.auto_created:
        return field.related_model, (field.field.name,)
    return field.related_model, (field.content_type_field_name, field.object_id_field_name)


def _can_be_put_back(field: Field) -> bool:
    return field.editable and not isinstance(field, models.FileField)


def values_of(record: Model, fields: list[Field]) -> dict[str, Any]:
    """The values of columns; of a file its name."""
    return {field.name: _kept(field.value_from_object(record)) for field in fields}


def _kept(value: Any) -> Any:
    """A file by its name, a moment in one time zone: the same is always written the same."""
    if isinstance(value, models.fields.files.FieldFile):
        return str(value)
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value


def _rows_of(record: Model, name: str) -> list[dict[str, Any]]:
    model, links = relation(type(record), name)
    fields = [field for field in columns_of(model) if field.name not in links]
    rows = getattr(record, name).order_by("pk")
    return [{"pk": row.pk, **values_of(row, fields)} for row in rows]


def _put_back_set(record: Model, field: Any, keys: list[Any]) -> None:
    found = field.related_model._default_manager.in_bulk(keys)
    if len(found) < len(keys):
        raise ValidationError(f"「{field.verbose_name}」で選ばれていた記録の一部が、もうありません。")
    getattr(record, field.name).set(found.values())


def _put_back_rows(record: Model, name: str, wanted: list[dict[str, Any]]) -> None:
    model, links = relation(type(record), name)
    manager = getattr(record, name)
    there = {row.pk: row for row in manager.all()}
    columns = {field.name: field for field in columns_of(model) if field.name not in links}
    kept = {values["pk"] for values in wanted}
    for key, row in there.items():
        if key not in kept:
            row.delete()
    for values in wanted:
        row = there.get(values["pk"]) or _new_row(record, name, values["pk"])
        for column, field in columns.items():
            if column in values:
                setattr(row, field.attname, field.to_python(values[column]))
        row.full_clean(exclude=links)
        row.save()


def _new_row(record: Any, name: str, key: int) -> Any:
    """A row that does not exist (any more), under its old key where that is still free."""
    model, links = relation(type(record), name)
    field: Any = type(record)._meta.get_field(name)
    row: Any = model(pk=None if model._default_manager.filter(pk=key).exists() else key)
    if field.auto_created:
        setattr(row, links[0], record)
    else:
        setattr(row, field.object_id_field_name, record.pk)
        row.content_type = field.get_content_type()
    return row
