"""What is done at set times: the table names what exists, at the times meant, and no job stops another."""

import logging
import os
import signal
import subprocess
import sys
from datetime import datetime
from queue import Queue
from zoneinfo import ZoneInfo

import pytest
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.db import connection

from municipalities.models import Municipality
from portal.env import BASE_DIR
from portal.quality.models import Finding
from portal.schedule import JOBS, Job, run, scheduler
from tests.factories.municipalities import MunicipalityFactory

JAPAN = ZoneInfo("Asia/Tokyo")
# For each job, moments and when it is next started.
TIMES = {
    "hand_over_due": [("2026-04-01 00:00", "2026-04-01 00:05"), ("2026-04-01 00:06", "2026-04-02 00:05")],
    "tidy_applications": [("2026-04-01 00:20", "2026-04-01 00:20"), ("2026-04-01 00:21", "2026-04-02 00:20")],
    "publish_due": [("2026-04-01 00:00", "2026-04-01 00:00"), ("2026-04-01 23:59:01", "2026-04-02 00:00")],
    "export_mirror": [("2026-04-01 00:00", "2026-04-01 00:00"), ("2026-04-01 23:59:01", "2026-04-02 00:00")],
    "tidy_changes": [("2026-04-01 03:50", "2026-04-01 03:50"), ("2026-04-01 03:51", "2026-04-02 03:50")],
    "send_mail_due": [("2026-04-01 00:00", "2026-04-01 00:00"), ("2026-04-01 00:00:30", "2026-04-01 00:01")],
    "ask_confirmations": [("2026-04-01 10:00", "2026-04-01 10:00"), ("2026-04-01 10:01", "2026-04-02 10:00")],
    "check_links": [("2026-04-01 03:00", "2026-04-01 03:00"), ("2026-04-01 03:01", "2026-04-02 03:00")],
    "rebuild_search": [("2026-04-01 04:30", "2026-04-01 04:30"), ("2026-04-01 04:31", "2026-04-02 04:30")],
    "apply_retention": [("2026-04-01 03:45", "2026-04-01 03:45"), ("2026-04-01 03:46", "2026-04-02 03:45")],
    "remind_approvers": [("2026-04-01 09:00", "2026-04-01 09:00"), ("2026-04-01 09:01", "2026-04-02 09:00")],
    "remind_reports": [("2026-04-01 09:10", "2026-04-01 09:10"), ("2026-04-01 09:11", "2026-04-02 09:10")],
    "beat": [("2026-04-01 00:00", "2026-04-01 00:00"), ("2026-04-01 23:59:01", "2026-04-02 00:00")],
    "backup": [("2026-04-01 01:30", "2026-04-01 01:30"), ("2026-04-01 01:31", "2026-04-02 01:30")],
    "check_data": [
        ("2026-04-01 02:29", "2026-04-01 02:30"),
        ("2026-04-01 02:30", "2026-04-01 02:30"),
        ("2026-04-01 02:31", "2026-04-02 02:30"),
        ("2026-12-31 12:00", "2027-01-01 02:30"),
        ("2028-02-28 23:59", "2028-02-29 02:30"),
    ],
}
SECRET = "yamada@example.jp"


def in_japan(text):
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_is_a_command_under_a_name_of_its_own(job):
    assert job.command in get_commands()
    assert [other.name for other in JOBS].count(job.name) == 1
    assert job.label.isprintable()
    assert not job.label.isascii()


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_is_started_at_its_times(job):
    assert [job.next_time(in_japan(at)) for at, _ in TIMES[job.name]] == [
        in_japan(following) for _, following in TIMES[job.name]
    ]


def test_the_command_lists_the_jobs_and_ends(capsys, time_machine):
    time_machine.move_to(in_japan("2026-04-01 03:00"))

    call_command("run_schedule", "--list")

    assert "データの点検（check_data）：次は令和8年4月2日 02:30\n" in capsys.readouterr().out


class Failing(BaseCommand):
    """Fails as commands do; what it says of it names a person."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def handle(self, **options):
        raise self.error


class Looking(BaseCommand):
    """Asks the database, and tells of it."""

    def __init__(self):
        super().__init__()
        self.told = Queue()

    def handle(self, **options):
        self.told.put((Municipality.objects.count(), connection.connection is not None))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [ValueError(SECRET), CommandError(SECRET), SystemExit(SECRET)], ids=repr)
def test_a_job_that_fails_is_told_without_what_it_says(caplog, error):
    caplog.set_level(logging.INFO)

    assert run(Job("fails", "失敗する処理", Failing(error), "* * * * *")) is False

    (told,) = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert "失敗する処理（fails）" in told
    assert type(error).__name__ in told
    assert "in handle" in told
    assert SECRET not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_does_not_stop_the_others():
    MunicipalityFactory()
    looking = Looking()
    working = scheduler(
        [
            Job("fails", "失敗する処理", Failing(ValueError(SECRET)), "0 0 1 1 *"),
            Job("looks", "見る処理", looking, "0 0 1 1 *"),
        ]
    )
    ended = Queue()
    working.add_listener(lambda event: ended.put(event.job_id), EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)
    working.start()
    try:
        for _ in range(2):
            for name in ("fails", "looks"):
                working.modify_job(name, next_run_time=datetime.now(JAPAN))
            assert {ended.get(timeout=20), ended.get(timeout=20)} == {"fails", "looks"}
        assert [looking.told.get_nowait(), looking.told.get_nowait()] == [(1, True), (1, True)]
        assert {job.id for job in working.get_jobs()} == {"fails", "looks"}
    finally:
        working.shutdown()


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_kept_between_jobs():
    looking = Looking()

    assert run(Job("looks", "見る処理", looking, "* * * * *")) is True

    assert looking.told.get_nowait() == (0, True)
    # A database in memory lives as long as its connection, which Django therefore keeps.
    assert connection.connection is None or connection.is_in_memory_db()


@pytest.mark.django_db(transaction=True)
def test_the_records_are_looked_through():
    MunicipalityFactory(latitude=None, longitude=None)
    (job,) = [job for job in JOBS if job.name == "check_data"]

    assert run(job) is True

    assert Finding.objects.exists()


def test_a_job_that_is_late_is_done_once_and_never_twice_at_a_time():
    for job in scheduler().get_jobs():
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, 3600)
        assert str(job.trigger.timezone) == "Asia/Tokyo"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_asked_to(tmp_path, number):
    environment = os.environ | {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    command = [sys.executable, "manage.py", "run_schedule"]
    with subprocess.Popen(command, cwd=BASE_DIR, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert f"{len(JOBS)}件の処理をそれぞれの時刻に始めます。" in process.stderr.readline()
            process.send_signal(number)
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()
