"""Constraints of our own that both SQLite and PostgreSQL keep."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, CheckConstraint, Choices, F, Model, Q

from portal.core.periods import overlaps


def one_of(field: str, choices: type[Choices], message: str) -> CheckConstraint:
    """The column holds a word of the vocabulary and no other."""
    return CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}",
        condition=Q(**{f"{field}__in": choices.values}),
        violation_error_message=message,
    )


def in_order(first: str, last: str, message: str, *, may_be_equal: bool) -> CheckConstraint:
    """The second column is not before the first; where either is empty there is nothing to compare."""
    comparison = "gte" if may_be_equal else "gt"
    return CheckConstraint(
        name=f"%(app_label)s_%(class)s_{last}_after_{first}",
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__{comparison}": F(first)}),
        violation_error_message=message,
    )


def point_in_japan() -> CheckConstraint:
    """Latitude and longitude are both empty, or both a point within Japan (degrees)."""
    return CheckConstraint(
        name="%(app_label)s_%(class)s_point",
        condition=Q(latitude__isnull=True, longitude__isnull=True)
        | Q(
            # Spelled out because a comparison with an empty column is neither true nor false.
            latitude__isnull=False,
            longitude__isnull=False,
            latitude__range=(20, 46),
            longitude__range=(122, 154),
        ),
        violation_error_message="緯度と経度は日本の範囲で、両方を入れてください。",
    )


def exactly_one(name: str, filled: dict[str, Q], message: str) -> CheckConstraint:
    """One of several columns is filled and the others are empty; ``filled`` says for each what filled means."""
    condition = Q()
    for chosen in filled:
        condition |= Q(*(test if column == chosen else ~test for column, test in filled.items()))
    return CheckConstraint(name=f"%(app_label)s_%(class)s_{name}", condition=condition, violation_error_message=message)


class TriggerConstraint(BaseConstraint):
    """A rule that neither database can say as a constraint, kept by triggers of the constraint's name in both."""

    @property
    def arguments(self) -> dict[str, Any]:
        """What makes the rule, beside its name and message."""
        raise NotImplementedError

    def statements(self, model: Any, schema_editor: Any) -> list[Statement]:
        """What creates the triggers: one statement on PostgreSQL, one for each kind of change on SQLite."""
        raise NotImplementedError

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """A trigger is no part of CREATE TABLE: it is made afterwards."""
        schema_editor.deferred_sql.extend(self.statements(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        (statement,) = self.statements(model, schema_editor)
        return statement

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        template = f"DROP TRIGGER {self.name} ON %(table)s; DROP FUNCTION {self.name}()"
        return Statement(template, table=self.table(model, schema_editor))

    @staticmethod
    def table(model: Any, schema_editor: Any) -> Table:
        return Table(model._meta.db_table, schema_editor.quote_name)

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | self.arguments

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TriggerConstraint) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__


_SQLITE = """
CREATE TRIGGER {name}_{event} BEFORE {event} ON %(table)s
WHEN EXISTS (
    SELECT 1 FROM %(table)s AS other
    WHERE {same} AND {not_itself}
      AND (NEW.{ends} IS NULL OR other.{starts} IS NULL OR other.{starts} < NEW.{ends})
      AND (other.{ends} IS NULL OR NEW.{starts} IS NULL OR NEW.{starts} < other.{ends})
)
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
# The advisory lock makes transactions that add rows wait for one another: one lock for the whole rule, because one for
# each set of rows fills the server's lock table when many rows come in one transaction.
_POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('{name}', 0));
    IF EXISTS (
        SELECT 1 FROM %(table)s AS other
        WHERE {same} AND {not_itself}
          AND (NEW.{ends} IS NULL OR other.{starts} IS NULL OR other.{starts} < NEW.{ends})
          AND (other.{ends} IS NULL OR NEW.{starts} IS NULL OR NEW.{starts} < other.{ends})
    ) THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
END $body$;
CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON %(table)s FOR EACH ROW EXECUTE FUNCTION {name}()
"""


class NoOverlap(TriggerConstraint):
    """Rows that agree in ``same`` never share a day of their periods [``starts``, ``ends``).

    PostgreSQL's exclusion constraint has no twin in SQLite, so the rule is a trigger in both.
    A row that breaks it raises IntegrityError; ``full_clean`` shows ``violation_error_message``.
    """

    def __init__(self, *, name: str, same: tuple[str, ...], starts: str, ends: str, **kwargs: Any):
        self.same, self.starts, self.ends = tuple(same), starts, ends
        super().__init__(name=name, **kwargs)

    @property
    def arguments(self) -> dict[str, Any]:
        return {"same": self.same, "starts": self.starts, "ends": self.ends}

    def statements(self, model: Any, schema_editor: Any) -> list[Statement]:
        column = {field: schema_editor.quote_name(model._meta.get_field(field).column) for field in self.same}
        primary_key = schema_editor.quote_name(model._meta.pk.column)
        values = {
            "name": self.name,
            "same": " AND ".join(f"other.{c} = NEW.{c}" for c in column.values()),
            "starts": schema_editor.quote_name(self.starts),
            "ends": schema_editor.quote_name(self.ends),
        }
        table = self.table(model, schema_editor)
        if schema_editor.connection.vendor == "postgresql":
            not_itself = f"other.{primary_key} <> NEW.{primary_key}"
            return [Statement(_POSTGRESQL.format(not_itself=not_itself, **values), table=table)]
        return [
            # Before an insert SQLite has not yet given the new row its key.
            Statement(_SQLITE.format(event=event, not_itself=not_itself, **values), table=table)
            for event, not_itself in (("INSERT", "1"), ("UPDATE", f"other.{primary_key} <> OLD.{primary_key}"))
        ]

    def validate(self, model: Any, instance: Model, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        needed = {*self.same, self.starts, self.ends}
        if exclude and needed & set(exclude):
            return
        same = {field: getattr(instance, model._meta.get_field(field).attname) for field in self.same}
        if None in same.values():
            return
        others = model._default_manager.using(using).filter(**same).exclude(pk=instance.pk)
        start, end = getattr(instance, self.starts), getattr(instance, self.ends)
        if others.filter(overlaps(start, end, self.starts, self.ends)).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)


_FROZEN_SQLITE = """
CREATE TRIGGER {name}_{event} BEFORE {event} ON %(table)s WHEN OLD.{column} IS NOT NULL
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
_FROZEN_POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{name}';
END $body$;
CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON %(table)s FOR EACH ROW
WHEN (OLD.{column} IS NOT NULL) EXECUTE FUNCTION {name}()
"""


class Frozen(TriggerConstraint):
    """A row whose ``column`` is filled is never changed nor deleted any more.

    The database raises IntegrityError; ``full_clean`` shows ``violation_error_message``.
    """

    def __init__(self, *, name: str, column: str, **kwargs: Any):
        self.column = column
        super().__init__(name=name, **kwargs)

    @property
    def arguments(self) -> dict[str, Any]:
        return {"column": self.column}

    def statements(self, model: Any, schema_editor: Any) -> list[Statement]:
        table = self.table(model, schema_editor)
        column = schema_editor.quote_name(model._meta.get_field(self.column).column)
        if schema_editor.connection.vendor == "postgresql":
            return [Statement(_FROZEN_POSTGRESQL.format(name=self.name, column=column), table=table)]
        return [
            Statement(_FROZEN_SQLITE.format(name=self.name, column=column, event=event), table=table)
            for event in ("UPDATE", "DELETE")
        ]

    def validate(self, model: Any, instance: Model, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        frozen = model._default_manager.using(using).filter(pk=instance.pk, **{f"{self.column}__isnull": False}).first()
        fields = [field.attname for field in model._meta.concrete_fields]
        if frozen and any(getattr(frozen, name) != getattr(instance, name) for name in fields):
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)
