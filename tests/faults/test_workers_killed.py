"""Processes of the site are killed, or taken over by new ones, while fifty people read and some of them write."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.browser.demo_site import free_port, serving
from tests.faults.crowd import Crowd, get, seconds_until
from tests.faults.proxy import need_nginx, nginx_before
from tests.faults.writing import writing

pytestmark = pytest.mark.faults

CLIENTS, THREADS = 50, 8
# As the crowd writes down an answer that it did not get, or of which a part is missing.
BROKEN_OFF = 0
# Some that nginx keeps, some that it does not.
PATHS = ["/", "/events/", "/wards/131091/", "/statistics/", "/contact/", "/accounts/login/", "/municipalities/?q=市"]


@pytest.fixture(scope="module")
def site(on_postgres, tmp_path_factory):
    need_nginx()
    server, _, environment = on_postgres
    environment = environment | {"TRUSTED_PROXY_COUNT": "1", "RATE_LIMITS": "off"}
    folder = tmp_path_factory.mktemp("nginx")
    with ExitStack() as portal:
        behind, process = portal.enter_context(
            serving(environment, free_port(), "--workers", "2", "--threads", str(THREADS))
        )
        with nginx_before(folder, behind, free_port(), environment) as address:
            yield server, environment, address, process


def workers_of(process):
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=True
    )
    return {int(line) for line in listed.stdout.split() if Path(f"/proc/{line.strip()}/cmdline").read_bytes()}


def test_without_limits_nobody_is_told_to_wait(site):
    """``RATE_LIMITS=off``: these tests send more than any person, from few places."""
    _, _, address, _ = site

    told = {
        get(address, path, comes_from="203.0.113.1").status
        for path in ("/search/?q=x", "/contact/")
        for _ in range(140)
    }

    assert told == {200}


def faults(answers):
    return [(got.path, got.status) for got in answers if got.status != 200]


def test_a_killed_process_costs_no_more_than_the_answers_that_it_was_sending(site, record_property):
    """What it had not begun to answer another one answers. What was half sent breaks off: nobody can take it back."""
    _, _, address, process = site
    with Crowd(address, PATHS).browsing(CLIENTS) as crowd:
        time.sleep(2)
        first = workers_of(process)
        for worker in first:
            os.kill(worker, signal.SIGKILL)
            time.sleep(4)
        new = workers_of(process)
        time.sleep(1)

    record_property("what_people_saw", f"{len(crowd.answers)} answers, {len(faults(crowd.answers))} failed")
    assert len(first) == len(new) == 2
    assert not first & new
    assert len(crowd.answers) > 200
    assert [fault for fault in faults(crowd.answers) if fault[1] != BROKEN_OFF] == []
    assert len(faults(crowd.answers)) <= len(first) * THREADS


MIGRATION = """
from django.db import migrations


class Migration(migrations.Migration):
    operations = [
        migrations.RunSQL(
            "ALTER TABLE events_event ADD COLUMN trivial integer", "ALTER TABLE events_event DROP COLUMN trivial"
        )
    ]
"""


@pytest.fixture
def trivial_migration(site, tmp_path):
    """An environment in which one more migration waits; it is taken back afterwards."""
    environment = site[1]
    package = tmp_path / "trivial" / "migrations"
    package.mkdir(parents=True)
    for file, text in {"../__init__.py": "", "__init__.py": "", "0001_initial.py": MIGRATION}.items():
        (package / file).write_text(text)
    (tmp_path / "one_more.py").write_text(
        "from portal.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, 'trivial']\n"
    )
    waiting = environment | {"PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "one_more"}
    yield waiting
    migrate(waiting, "zero")


def migrate(environment, *target):
    """As the papers say: a migration that would have to wait fails, and is tried again."""
    for _ in range(10):
        command = [sys.executable, "manage.py", "migrate", "trivial", *target, "--no-input", "--verbosity", "0"]
        if subprocess.run(command, env=environment, capture_output=True).returncode == 0:
            return
    raise AssertionError("The migration never came through.")


def test_new_processes_and_a_migration_cost_nobody_anything(site, trivial_migration, record_property):
    server, _, address, process = site
    before = workers_of(process)
    with Crowd(address, PATHS).browsing(CLIENTS) as crowd, writing(address, "更新", writers=4) as writers:
        time.sleep(1)
        migrate(trivial_migration)
        process.send_signal(signal.SIGHUP)
        replaced_after = seconds_until(lambda: not before & workers_of(process), 40)
        time.sleep(2)

    sent = [got for writer in writers for got in writer.answers]
    failed = [*faults(crowd.answers), *faults(sent)]
    record_property("what_people_saw", f"{len(crowd.answers)} read, {len(sent)} sent, {len(failed)} failed")
    with psycopg.connect(server.url) as database:
        database.execute("SELECT trivial FROM events_event LIMIT 1")
    assert replaced_after < 40
    assert len(crowd.answers) > 200
    assert len(sent) > 10
    assert failed == []
    assert get(address, "/events/").status == 200
