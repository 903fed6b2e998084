"""Whether the site is ready: each check tells what is wrong, none tells a secret, and none keeps anybody waiting."""

import re
import socket
import time
from datetime import timedelta
from threading import Event as Flag
from threading import active_count

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.operations import health, heartbeat
from tests.portal.operations.places import Place

pytestmark = pytest.mark.django_db(transaction=True)

IN_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work():
    """What a worker does that finds something to do."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


@pytest.fixture
def queue(settings):
    settings.TASKS = IN_DATABASE


@pytest.fixture
def alive(queue):
    heartbeat.beat()
    work()


def asked(client):
    response = client.get("/readyz")
    return response.status_code, response.json()["status"], response.json()["checks"]


def test_all_is_well(client, alive):
    status, word, checks = asked(client)

    assert (status, word) == (200, "ok")
    assert checks == dict.fromkeys(["database", "migrations", "schedule", "worker", "cache", "disk"], "ok")


def test_where_everything_is_done_at_once_there_is_no_worker_to_wait_for(client):
    status, _, checks = asked(client)

    assert status == 200
    assert (checks["schedule"], checks["worker"]) == ("unused", "unused")


def test_the_answer_is_never_kept_and_needs_no_cookie(client):
    response = client.get("/readyz")

    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}


def test_it_answers_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/readyz").status_code == 200
    assert client.get("/about/").status_code == 301


def test_a_migration_that_was_not_applied_is_told(client):
    last = MigrationRecorder.Migration.objects.filter(app="portal").latest("pk")
    last.delete()
    try:
        assert asked(client)[0] == 503
        assert asked(client)[2]["migrations"] == "pending"
    finally:
        last.save()


def test_a_migration_of_a_newer_version_does_no_harm(client):
    newer = MigrationRecorder.Migration.objects.create(app="portal", name="9999_newer")
    try:
        assert asked(client)[2]["migrations"] == "ok"
    finally:
        newer.delete()


@pytest.mark.parametrize(("minutes", "told"), [(4, "ok"), (6, "stale")])
def test_a_worker_that_stopped_is_told(client, alive, minutes, told):
    earlier = timezone.now() - timedelta(minutes=minutes)
    DBTaskResult.objects.update(finished_at=earlier)

    status, _, checks = asked(client)

    assert (checks["worker"], checks["schedule"]) == (told, "ok")
    assert status == (200 if told == "ok" else 503)


def test_a_schedule_that_stopped_is_told(client, alive):
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=6))

    assert asked(client)[2]["schedule"] == "stale"


def test_before_the_first_sign_nothing_is_known_to_live(client, queue):
    assert asked(client)[2]["worker"] == "stale"


def test_a_dead_worker_does_not_hide_a_living_schedule_nor_fill_the_queue(client, alive):
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(hours=1))
    for _ in range(5):
        heartbeat.beat()

    checks = asked(client)[2]

    assert (checks["schedule"], checks["worker"]) == ("ok", "stale")
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]


def test_of_many_beats_one_is_kept(alive):
    for _ in range(3):
        heartbeat.beat()
        work()

    heartbeat.beat()

    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]


def test_other_tasks_are_left_alone(alive):
    DBTaskResult.objects.update(task_path="portal.core.mail.actions.deliver")

    heartbeat.beat()

    assert DBTaskResult.objects.count() == 2


def test_the_command_says_who_lives(alive):
    call_command("beat", check="worker")
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(minutes=6))

    call_command("beat", check="schedule")
    with pytest.raises(CommandError, match="worker の動いている印"):
        call_command("beat", check="worker")


def test_a_full_disk_is_told(tmp_path):
    free = 1 << 62

    assert health.disk(tmp_path, least_free=1) == "ok"
    assert health.disk(tmp_path, least_free=free) == "low"


def test_a_cache_that_is_gone_is_told(client, settings, tmp_path):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "no_such_table"}
    }

    status, _, checks = asked(client)

    assert (status, checks["cache"], checks["database"]) == (503, "failed", "ok")


def test_what_fails_is_told_without_its_words(caplog):
    words = "@".join(["yamada", "example.jp"])

    def fail():
        raise ValueError(words)

    assert health.readiness(({"first": fail, "second": lambda: "ok"},)) == {"first": "failed", "second": "unknown"}
    assert "ValueError" in caplog.text
    assert words not in caplog.text


def test_what_is_silent_keeps_nobody_waiting_and_leaves_one_thread_behind():
    ends = Flag()
    silent = {"silent": lambda: str(ends.wait(30)), "next": lambda: "ok"}
    before, threads = time.monotonic(), active_count()
    try:
        for _ in range(3):
            assert health.readiness((silent, {"well": lambda: "ok"}), limit=0.2) == {
                "silent": "timeout",
                "next": "unknown",
                "well": "ok",
            }
        assert time.monotonic() - before < 2
        assert active_count() == threads + 1
    finally:
        ends.set()


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite には網がありません。")
def test_a_database_that_accepts_and_says_nothing_is_told_in_time(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = Place(tmp_path, f"postgres://portal@127.0.0.1:{server.getsockname()[1]}/portal")
        asking = "import time; from portal.operations.health import readiness; b = time.monotonic();"
        asking += "print(readiness()['database'], time.monotonic() - b < 3.5)"

        done = place.manage("shell", "-v0", "-c", asking)

    assert done.stdout == "timeout True\n"


def test_the_answer_holds_no_secret(client, alive):
    text = client.get("/readyz").content.decode()

    assert re.fullmatch(r'\{"status": "\w+", "checks": \{("\w+": "\w+"(, )?)+\}\}', text)
