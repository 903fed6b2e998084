"""Where a record is used: told by the relations of the models, so that a new kind of use appears by itself."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import CharField, Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce


class Use(NamedTuple):
    """A record, by its key, chooses another in one of its fields."""

    used: str
    field: Any
    user: str


class Links(NamedTuple):
    """The rows that hold the uses in one field, and the columns of the record that is used and of the one that uses."""

    rows: QuerySet
    used: str
    user: str


def fields_leading_to(model: type[Model]) -> list[Any]:
    """The fields of other records in which a record of a model can be chosen.

    A link that the database does not keep is the memory of a use (as in a history), and none.
    """
    relations: list[Any] = [relation for relation in model._meta.get_fields(include_hidden=True) if _is_use(relation)]
    return [relation.field for relation in relations]


def _is_use(relation: Any) -> bool:
    if not relation.auto_created or relation.concrete:
        return False
    keeper = relation if relation.many_to_many else relation.field
    return bool(keeper.db_constraint) and not relation.related_model._meta.auto_created


def links_of(field: Any) -> Links:
    if field.many_to_many:
        rows = field.remote_field.through._base_manager.all()
        return Links(rows, field.m2m_reverse_field_name(), field.m2m_field_name())
    return Links(field.model._base_manager.all(), field.name, "pk")


def is_used(model: type[Model]) -> Q:
    """A condition on the records of a model: at least one other uses them."""
    condition = Q(pk__in=[])
    for field in fields_leading_to(model):
        rows, used, _ = links_of(field)
        condition |= Q(Exists(rows.filter(**{used: OuterRef("pk")})))
    return condition


def use_count(model: type[Model]) -> Combinable:
    """How often each record of a model is used: a record that uses it in two fields counts twice."""
    total: Combinable = Value(0)
    for field in fields_leading_to(model):
        rows, used, _ = links_of(field)
        counted = rows.filter(**{used: OuterRef("pk")}).order_by().values(used).annotate(uses=Count("*"))
        total = total + Coalesce(Subquery(counted.values("uses")), 0)
    return total


def uses_of(model: type[Model], keys: Iterable[Any]) -> list[Use]:
    """Every use of records of a model, one field after another, in one query."""
    fields, wanted = fields_leading_to(model), list(keys)
    found: list[QuerySet] = []
    for number, field in enumerate(fields):
        rows, used, user = links_of(field)
        chosen = rows.filter(**{f"{used}__in": wanted}).order_by()
        told = chosen.annotate(place=Value(number), used_key=_as_text(used), user_key=_as_text(user))
        found.append(told.values_list("place", "used_key", "user_key"))
    if not found:
        return []
    rows = found[0].union(*found[1:], all=True).order_by("place")
    return [Use(used, fields[place], user) for place, used, user in rows]


def _as_text(column: str) -> Cast:
    """Keys of different records are of different types: as text they fit into one column."""
    return Cast(F(column), CharField())
