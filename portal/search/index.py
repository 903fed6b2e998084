"""The index, kept true: entries are made again for what changed, or for all there is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db import transaction

from portal.core.changes import follow_up
from portal.search.entries import entry_of
from portal.search.models import SearchEntry
from portal.search.sources import SOURCES, Source

AT_ONCE = 500
_MADE = [field.name for field in SearchEntry._meta.concrete_fields if field.name not in ("id", "record")]

# Told after each batch: the source, how many of its records are done, how many there are.
Progress = Callable[[Source, int, int], None]


def records_changed(changed: Mapping[Source, Iterable[Any]]) -> None:
    """Makes the entries of records again, in the transaction of their change; what is gone or not public has none."""
    follow_up(_refresh_all, ((source, key) for source, keys in changed.items() for key in keys))


def _refresh_all(changed: set[tuple[Source, Any]]) -> None:
    for source in SOURCES:
        keys = sorted(key for changed_source, key in changed if changed_source is source)
        for batch in _batches(keys):
            refresh(source, batch)


@transaction.atomic
def refresh(source: Source, keys: list[Any]) -> None:
    """Makes the entries of these records again.

    The records are locked first: of two changes at the same time the second sees what the first one wrote.
    """
    rows = source.model._default_manager.filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
    entries = [entry for record in source.rows(keys) if (entry := entry_of(source, record)) is not None]
    SearchEntry.objects.bulk_create(
        entries, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["record"], update_fields=_MADE
    )
    kept = {entry.record for entry in entries}
    gone = {source.record_of(key) for key in keys} - kept
    if gone:
        SearchEntry.objects.filter(record__in=gone).delete()


def rebuild(progress: Progress) -> int:
    """Makes every entry again, batch by batch, and removes what belongs to no record; how many entries there are.

    Whoever searches meanwhile finds each record as it was or as it is.
    """
    for source in SOURCES:
        keys = list(source.model._default_manager.order_by("pk").values_list("pk", flat=True))
        done = 0
        for batch in _batches(keys):
            refresh(source, batch)
            done += len(batch)
            progress(source, done, len(keys))
    _remove_strays()
    return SearchEntry.objects.count()


@transaction.atomic
def _remove_strays() -> None:
    """Removes the entries of records that are gone. Entries are read first: what is made meanwhile has its record."""
    known = list(SearchEntry.objects.values_list("pk", "record"))
    there = {
        source.record_of(key)
        for source in SOURCES
        for key in source.model._default_manager.order_by().values_list("pk", flat=True)
    }
    for batch in _batches(pk for pk, record in known if record not in there):
        SearchEntry.objects.filter(pk__in=batch).delete()


def _batches(keys: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(keys)
    while batch := list(islice(remaining, AT_ONCE)):
        yield batch
