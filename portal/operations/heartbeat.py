"""Signs of life of the two processes that nobody visits: the schedule and the worker.

Each minute the schedule puts a task into the queue that does nothing, and the worker works through it. When it was put
there is the sign of the one, when it was done that of the other: kept in the database, where every process on every
machine finds them, and true of the work and not only of a process that is there.
"""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

# Five times in a row it was not there: no long mail, no slow start.
STALE_AFTER = timedelta(minutes=5)
FIRST = 100


@task(priority=FIRST)
def answer() -> None:
    """Nothing: that it is done is the answer."""


def are_expected() -> bool:
    """Whether there is a queue, and so a worker; with ``TASKS=immediate`` all is done at once, by whoever asks."""
    return isinstance(answer.get_backend(), DatabaseBackend)


def beat() -> None:
    """Asks the worker for its sign. Of earlier ones only the last that was answered stays."""
    if not are_expected():
        return
    earlier = DBTaskResult.objects.filter(task_path=answer.module_path)
    earlier.filter(status=TaskResultStatus.READY).delete()
    finished = earlier.finished().order_by("-finished_at")
    finished.exclude(pk__in=list(finished.values_list("pk", flat=True)[:1])).delete()
    answer.enqueue()


def signs() -> dict[str, datetime | None]:
    """When each of the processes last gave a sign; None where it never did."""
    beats = DBTaskResult.objects.filter(task_path=answer.module_path)
    return beats.aggregate(schedule=Max("enqueued_at"), worker=Max("finished_at"))


def is_alive(seen: datetime | None, at: datetime | None = None) -> bool:
    """Whether a process that was last seen at a moment counts as alive at another."""
    return seen is not None and (at or timezone.now()) - seen <= STALE_AFTER
