"""Paths from a record to what it tells: read along them, fetched along them, and followed back from what changed."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils import timezone

from portal.core.rich_text import RichTextField, plain_text


class Step(NamedTuple):
    """A relation on the way of a path: the path so far, the model at its end, and how it gets there."""

    path: str
    model: type[Model]
    relation: Any


def steps(model: type[Model], path: str) -> Iterator[Step]:
    """The relations along a path, the nearest first; its last part, a column, is none."""
    so_far: list[str] = []
    for name in path.split("__"):
        field: Any = _relation(model, name)
        if field is None:
            return
        so_far.append(name)
        model = field.related_model
        yield Step("__".join(so_far), model, field)


def _relation(model: type[Model], name: str) -> Any:
    """The relation of a name; None for a column or a property."""
    fields: dict[Any, Any] = {field.name: field for field in model._meta.get_fields() if field.is_relation}
    # From the other side a relation is called by its accessor.
    fields |= {field.get_accessor_name(): field for field in fields.values() if hasattr(field, "get_accessor_name")}
    return fields.get(name)


def values(record: Any, path: str) -> list[Any]:
    """What stands at the end of a path, without what is empty."""
    *way, name = path.split("__")
    return [value for end in _ends(record, way) if (value := getattr(end, name)) not in (None, "")]


def texts(record: Any, paths: Iterable[str]) -> list[str]:
    """What stands at the ends of paths, in words, each once."""
    told = (_in_words(end, name) for *way, name in (path.split("__") for path in paths) for end in _ends(record, way))
    return list(dict.fromkeys(filter(None, told)))


def _ends(record: Any, way: list[str]) -> list[Any]:
    """The records to which a path leads; without a way the record itself."""
    if not way:
        return [record]
    near = getattr(record, way[0])
    found = near.all() if hasattr(near, "all") else filter(None, [near])
    return [end for row in found for end in _ends(row, way[1:])]


def _in_words(owner: Any, name: str) -> str:
    display = getattr(owner, f"get_{name}_display", None)
    if display is not None:
        return str(display())
    value = getattr(owner, name)
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return plain_text(value) if isinstance(_column(owner, name), RichTextField) else value


def _column(owner: Any, name: str) -> Any:
    return next((field for field in owner._meta.concrete_fields if field.name == name), None)


def days(record: Any, paths: Iterable[str]) -> list[date]:
    """The days at the ends of paths, in Japan."""
    found = (value for path in paths for value in values(record, path))
    return [timezone.localdate(value) if isinstance(value, datetime) else value for value in found]
