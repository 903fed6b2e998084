"""When the tables last changed, and how their format did."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models import CharField, Count, Max, QuerySet, Value
from django.db.models.functions import Cast, Concat

from portal.open_data.dataset import Dataset, Summary


class FormatChange(NamedTuple):
    """A change of the columns of tables, or of what stands in them: to be added here, the newest first."""

    on: date
    datasets: tuple[str, ...]
    text: str


FORMAT_CHANGES = (
    FormatChange(
        date(2026, 11, 25),
        (
            *("events", "exhibitions", "municipalities", "ties"),
            *("agreements", "disaster-support", "statistics", "news"),
        ),
        "公開を始めました。",
    ),
)


def summaries(datasets: Iterable[Dataset], at: datetime) -> dict[str, Summary]:
    """The number of rows and the last change of each table, in one query."""
    datasets = list(datasets)
    counted = (dataset.summary(dataset.id, at) for dataset in datasets)
    rows = _logged().union(*counted, all=True)
    found = {name: Summary(row_count, changed) for name, row_count, changed in rows}
    return {dataset.id: _with_log(dataset, found) for dataset in datasets}


def _logged() -> QuerySet:
    """When staff last did something to a kind of record, under app, model and what they did."""
    parts = ("content_type__app_label", Value(" "), "content_type__model", Value(" "), Cast("action_flag", CharField()))
    named = LogEntry.objects.order_by().annotate(name=Concat(*parts, output_field=CharField())).values("name")
    counted = named.annotate(row_count=Count("pk"), changed=Max("action_time"))
    return counted.values_list("name", "row_count", "changed")


def _with_log(dataset: Dataset, found: dict[str, Summary]) -> Summary:
    """The summary of a table with the changes that its records do not tell: deletions, or any if they keep no day."""
    flags = (ADDITION, CHANGE, DELETION) if dataset.is_logged else (DELETION,)
    meta = dataset.record._meta
    summary = found.get(dataset.id, Summary())
    logged = (found.get(f"{meta.app_label} {meta.model_name} {flag}", Summary()).changed for flag in flags)
    return summary._replace(changed=max(filter(None, (summary.changed, *logged)), default=None))
