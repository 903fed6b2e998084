"""Which migrations may run while people use the site, judged by their operations alone.

Two things hurt: a lock on a table for as long as all its rows are read or written, and a column that the version that
still runs needs and no longer finds, or does not know and must fill.
"""

from collections.abc import Iterable, Iterator

from django.contrib.postgres import operations as postgres
from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, CharField, Field, GeneratedField
from django.db.models.expressions import Value

from portal.core.constraints import TriggerConstraint

# These change nothing in the database, or only for a moment.
HARMLESS = (
    migrations.CreateModel,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.AlterModelTableComment,
    migrations.RenameIndex,
    migrations.RemoveIndex,
    migrations.RemoveConstraint,
    postgres.AddIndexConcurrently,
    postgres.RemoveIndexConcurrently,
    postgres.AddConstraintNotValid,
    postgres.ValidateConstraint,
)
HARMFUL = {
    migrations.AddIndex: "書き込みを止めて索引を作ります。",
    migrations.RemoveField: "動いている前の版が、なくなる列を読みます。",
    migrations.RenameField: "動いている前の版が、元の名前の列を読みます。",
    migrations.RenameModel: "動いている前の版が、元の名前の表を読みます。",
    migrations.AlterModelTable: "動いている前の版が、元の名前の表を読みます。",
    migrations.DeleteModel: "動いている前の版が、なくなる表を読みます。",
    migrations.RunPython: "どれだけの行を、どれだけの時間書き換えるか分かりません。",
    migrations.RunSQL: "どれだけの行を、どれだけの時間書き換えるか分かりません。",
}


def dangers(app: str, operations: Iterable[Operation], state: ProjectState) -> Iterator[str]:
    """What is dangerous about the operations of a migration, in words; ``state`` is what they begin with, and changes.

    A table that the migration itself creates is used by nobody yet.
    """
    created: set[str] = set()
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from dangers(app, operation.database_operations, state.clone())
        elif isinstance(operation, migrations.CreateModel):
            created.add(operation.name_lower)
        elif getattr(operation, "model_name_lower", None) not in created:
            danger = _danger(app, operation, state)
            if danger:
                yield f"{operation.describe()}：{danger}"
        operation.state_forwards(app, state)


def _danger(app: str, operation: Operation, state: ProjectState) -> str:
    if isinstance(operation, HARMLESS):
        return ""
    if type(operation) in HARMFUL:
        return HARMFUL[type(operation)]
    if isinstance(operation, migrations.AddField):
        return _of_new_field(operation.field)
    if isinstance(operation, migrations.AlterField):
        return _of_changed_field(state.models[app, operation.model_name_lower].fields[operation.name], operation.field)
    if isinstance(operation, migrations.AddConstraint):
        is_trigger = isinstance(operation.constraint, TriggerConstraint)
        return "" if is_trigger else "書き込みを止めて、すべての行を確かめます。"
    return "安全かどうかを判断できない操作です。"


def _of_new_field(field: Field) -> str:
    if field.many_to_many:
        return ""
    if isinstance(field, GeneratedField):
        return "表を止めて、すべての行を書き換えます。"
    if field.db_default is not NOT_PROVIDED and not isinstance(field.db_default, Value | str | int | bool | float):
        return "行ごとに計算する既定値のため、表を止めてすべての行を書き換えます。"
    if field.db_index or field.unique or field.remote_field:
        return "書き込みを止めて、索引か制約を作ります。"
    if not field.null and field.db_default is NOT_PROVIDED:
        return "動いている前の版が、この列を埋められません。null=True か db_default を付けてください。"
    return ""


def _of_changed_field(before: Field, after: Field) -> str:
    if before.many_to_many and after.many_to_many:
        return ""
    was, becomes = _in_database(before), _in_database(after)
    if was.get("null") is not becomes.get("null") and becomes.get("null"):
        was["null"] = True
    if isinstance(before, CharField) and type(before) is type(after) and not _is_shorter(after, before):
        was["max_length"] = becomes.get("max_length")
    return "" if (was, type(before)) == (becomes, type(after)) else "表を止めて、すべての行を読むか書き換えます。"


def _in_database(field: Field) -> dict:
    """What of a field the database knows."""
    arguments = field.deconstruct()[3]
    return {name: value for name, value in arguments.items() if name not in {*field.non_db_attrs, "default"}}


def _is_shorter(after: CharField, before: CharField) -> bool:
    lengths = [field.max_length if field.max_length is not None else float("inf") for field in (after, before)]
    return lengths[0] < lengths[1]
