"""The numbers that Prometheus collects: of requests, over all processes, and of what waits or ages."""

import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from portal.core.mail.models import MailState, OutgoingMail
from portal.mirror.export import current_version, made_at
from portal.operations import heartbeat
from portal.operations.backups.making import latest
from portal.operations.health import GOOD, OK, readiness
from portal.quality.choices import Severity
from portal.quality.models import Finding

_REQUESTS = Histogram(
    "portal_request_seconds",
    "Seconds until an answer, by the name of the view and the class of the status.",
    ["view", "status"],
    registry=None,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
_KEPT = Counter("portal_pages_from_memory", "Public pages that were answered from memory.", registry=None)


def count_kept() -> None:
    """Counts an answer that no view had to make."""
    _KEPT.inc()


def observe(view: str, status: int, seconds: float) -> None:
    """Counts an answer, and how long it took."""
    _REQUESTS.labels(view, f"{status // 100}xx").observe(seconds)


class Site(Collector):
    """What is asked of the site in the moment its numbers are collected."""

    def collect(self) -> Iterator[Metric]:
        checks = readiness()
        well = {name: found in GOOD for name, found in checks.items()}
        yield _gauge("portal_ready", "Whether a check of /readyz is well.", well, "check")
        if (age := _backup_age()) is not None:
            yield GaugeMetricFamily("portal_backup_age_seconds", "Since the newest backup was made.", age)
        if (made := _mirror_made_at()) is not None:
            age = (timezone.now() - made).total_seconds()
            yield GaugeMetricFamily("portal_mirror_age_seconds", "Since the mirror was made that is in use.", age)
        # Where it is not as this version knows it, whatever is asked of it may fail.
        if checks["database"] == checks["migrations"] == OK:
            yield from _of_database()


def _mirror_made_at() -> datetime | None:
    """When the mirror was made that is in use, an hour ago at most; None where there is none."""
    version = current_version(settings.MIRROR_DIR)
    return made_at(version) if version else None


def _backup_age() -> float | None:
    made = latest(Path(settings.BACKUP_DIR)) if settings.BACKUP_DIR else None
    return (timezone.now() - made).total_seconds() if made else None


def _of_database() -> Iterator[Metric]:
    now = timezone.now()
    told = [MailState.WAITING.value, MailState.FAILED.value]
    counted = OutgoingMail.objects.order_by().filter(state__in=told).values_list("state").annotate(total=Count("pk"))
    yield _gauge("portal_mails", "Mails by state.", dict.fromkeys(told, 0) | dict(counted), "state")
    waiting = DBTaskResult.objects.ready().count()
    yield GaugeMetricFamily("portal_tasks_waiting", "Tasks that wait for the worker.", waiting)
    seen = {process: (now - moment).total_seconds() for process, moment in heartbeat.signs().items() if moment}
    yield _gauge("portal_heartbeat_age_seconds", "Since a process last gave a sign of life.", seen, "process")
    findings = dict.fromkeys(Severity.values, 0) | Finding.objects.open_by_severity()
    yield _gauge("portal_findings_open", "Open findings of the check of the data.", findings, "severity")


def _gauge(name: str, meaning: str, values: Mapping[str, float], label: str) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for kind, value in values.items():
        family.add_metric([str(kind)], value)
    return family


def exposition() -> bytes:
    """All numbers, as text."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(_REQUESTS)
        registry.register(_KEPT)
    registry.register(Site())
    return generate_latest(registry)
