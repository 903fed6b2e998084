"""Whatever changes in what is searched reaches the index in the same transaction.

Which changes matter is read from the paths of the sources: a record itself, and all that they lead to.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import ManyToOneRel, Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import Signal

from portal.core.changes import rows_written
from portal.search.index import records_changed
from portal.search.paths import steps
from portal.search.sources import SOURCES, Source

# The paths by which records of a source tell of a model; the empty one leads to the record itself.
Ways = dict[Source, set[str]]
Owners = dict[Source, set[Any]]


def _ways() -> dict[type[Model], Ways]:
    found: dict[type[Model], Ways] = defaultdict(lambda: defaultdict(set))
    for source in SOURCES:
        found[source.model][source].add("")
        for path in source.paths:
            for step in steps(source.model, path):
                found[step.model][source].add(step.path)
    return found


def _links() -> dict[type[Model], list[tuple[Source, str]]]:
    """The tables between records and what they tell of: by each, whose records they belong to and by which path."""
    found: dict[type[Model], list[tuple[Source, str]]] = defaultdict(list)
    for source in SOURCES:
        for path in source.relations:
            *_, last = steps(source.model, path)
            if last.relation.many_to_many and "__" not in path:
                found[last.relation.remote_field.through].append((source, path))
    return found


def _may_move(source: Source, path: str) -> bool:
    """Whether a row at the end of a path belongs to a record by a column of its own, which may come to name another."""
    return any(isinstance(step.relation, ManyToOneRel) for step in steps(source.model, path))


WAYS, LINKS = _ways(), _links()
MOVING = {
    model for model, ways in WAYS.items() if any(_may_move(source, path) for source in ways for path in ways[source])
}


def owners_of(model: type[Model], keys: Iterable[Any]) -> Owners:
    """The records that tell of rows of a model, by source."""
    keys = [key for key in keys if key is not None]
    found: Owners = defaultdict(set)
    for source, paths in WAYS[model].items():
        for path in paths:
            if path:
                rows = source.model._default_manager.filter(**{f"{path}__in": keys}).order_by()
                found[source] |= set(rows.values_list("pk", flat=True))
            else:
                found[source] |= set(keys)
    return found


def before_saving(sender: type[Model], instance: Model, **context: Any) -> None:
    """A row that moves from one record to another leaves the first."""
    instance._told_by = owners_of(_concrete(sender), [instance.pk]) if instance.pk else {}  # type: ignore[attr-defined]


def before_deleting(sender: type[Model], instance: Model, **context: Any) -> None:
    """Who tells of a row is not to be found out any more once it is gone."""
    instance._told_by = owners_of(_concrete(sender), [instance.pk])  # type: ignore[attr-defined]


def after_saving(sender: type[Model], instance: Model, **context: Any) -> None:
    records_changed(_with_former(instance, owners_of(_concrete(sender), [instance.pk])))


def after_deleting(sender: type[Model], instance: Model, **context: Any) -> None:
    records_changed(_with_former(instance, {}))


def after_linking(sender: type[Model], instance: Any, action: str, reverse: bool, pk_set: Any, **context: Any) -> None:
    """Records were related to others, or are so no more; ``clear`` from the other side is known only before."""
    for source, path in LINKS[sender]:
        if not reverse and action in ("post_add", "post_remove", "post_clear"):
            records_changed({source: {instance.pk}})
        elif reverse and action in ("post_add", "post_remove"):
            records_changed({source: pk_set})
        elif reverse and action == "pre_clear":
            rows = source.model._default_manager.filter(**{path: instance.pk}).order_by()
            instance._cleared = set(rows.values_list("pk", flat=True))
        elif reverse and action == "post_clear":
            records_changed({source: instance.__dict__.pop("_cleared", set())})


def after_bulk_writing(sender: type[Model], keys: Iterable[Any], **context: Any) -> None:
    if sender in WAYS:
        records_changed(owners_of(sender, keys))


def _with_former(instance: Model, owners: Owners) -> Owners:
    former: Owners = instance.__dict__.pop("_told_by", {})
    return {source: owners.get(source, set()) | former.get(source, set()) for source in {*owners, *former}}


def _concrete(model: type[Model]) -> Any:
    """A proxy tells of the same rows."""
    return model._meta.concrete_model


def listening() -> Iterator[tuple[Signal, Callable[..., None], Any]]:
    """What is listened to, by what, for which sender: all that is told of, and nothing else.

    What is listened to is deleted row by row.
    """
    for model in apps.get_models():
        if _concrete(model) not in WAYS:
            continue
        if _concrete(model) in MOVING:
            yield pre_save, before_saving, model
        yield post_save, after_saving, model
        yield pre_delete, before_deleting, model
        yield post_delete, after_deleting, model
    for table in LINKS:
        yield m2m_changed, after_linking, table
    yield rows_written, after_bulk_writing, None


def connect() -> None:
    """Begins to listen."""
    for signal, receiver, sender in listening():
        signal.connect(receiver, sender)
