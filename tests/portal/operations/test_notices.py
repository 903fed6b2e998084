"""Whoever runs the site hears of errors: once an hour of each, with nobody named, and at no cost to a visitor."""

import json
import socket
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest
from django.core import mail
from django.core.cache import cache
from django_tasks import task

from portal.core.logs import kind_and_places
from portal.operations import notices
from portal.schedule import Job, run
from tests.conftest import StrictClient
from tests.portal.test_schedule import SECRET, Failing

AT = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_was_told():
    notices.gate.forget()
    yield
    notices.gate.forget()


@pytest.fixture
def told(settings):
    settings.ERROR_MAIL = ["operator@example.jp"]


@pytest.fixture
def client(settings):
    settings.ROOT_URLCONF = "tests.portal.urls_that_fail"
    return StrictClient(raise_request_exception=False)


def letters(count):
    """The mails, once there are so many; the thread that sends them is not waited for by anybody else."""
    until = time.monotonic() + 5
    while len(mail.outbox) < count and time.monotonic() < until:
        time.sleep(0.01)
    return mail.outbox


@contextmanager
def listening(status=200):
    """A webhook on loopback."""
    heard = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/hook", heard
        finally:
            server.shutdown()


def test_an_error_of_a_page_is_told_by_kind_place_and_request(client, told):
    response = client.get(f"/broken/?q={SECRET}", headers={"user-agent": "Browser of Yamada"})

    (letter,) = letters(1)
    assert letter.to == ["operator@example.jp"]
    assert letter.subject.startswith("【特別区全国連携プロジェクト】エラー：")
    assert "builtins.RuntimeError" in letter.body
    assert "urls_that_fail.py" in letter.body
    assert f"要求の番号：{response['X-Request-ID']}" in letter.body
    for word in ("secret detail", SECRET, "Yamada", "127.0.0.1"):
        assert word not in letter.body.replace('raise RuntimeError("secret detail")', "")


@pytest.mark.parametrize("address", ["/forbidden/", "/no/such/page/", "/bad/"])
def test_what_is_no_error_of_ours_is_not_told(client, told, address):
    client.get(address)
    client.get("/broken/")

    assert "RuntimeError" in letters(1)[0].body
    assert len(mail.outbox) == 1


def test_of_one_place_once_and_of_another_too(client, told):
    for _ in range(5):
        client.get("/broken/")
    client.get("/no-database/")

    assert sorted("OperationalError" in letter.body for letter in letters(2)) == [False, True]
    assert len(mail.outbox) == 2


def test_after_an_hour_the_others_are_counted():
    gate = notices.Gate()
    moments = [AT, AT + timedelta(minutes=1), AT + timedelta(minutes=59), AT + timedelta(hours=1)]

    assert [gate.admit("a", at) for at in moments] == [0, None, None, 2]
    assert gate.admit("b", AT) == 0
    assert gate.admit("a", AT + timedelta(hours=3)) == 0


def deep():
    raise OSError


def caught(work):
    try:
        work()
    except OSError as error:
        return kind_and_places(error)


def test_one_place_is_one_whatever_led_there():
    keys = [notices.Notice("", caught(work), "").key for work in (deep, lambda: deep(), Path("/no/such/file").open)]

    assert keys[0] == keys[1] != keys[2]


def test_the_count_is_in_the_words():
    notice = notices.Notice("ページ", "builtins.ValueError", "")

    assert "同じ場所でほかに1,234回ありました。" in notice.text(AT, 1234)
    assert "ほかに" not in notice.text(AT, 0)


def test_what_another_process_told_is_not_told_again(client, told):
    thread = notices.tell("ページ", "builtins.ValueError")
    thread.join(5)
    # Another process: its own memory is empty, the cache is shared.
    notices.gate.forget()
    notices.tell("ページ", "builtins.ValueError").join(5)
    assert len(mail.outbox) == 1
    notices.gate.forget()
    cache.clear()
    notices.tell("ページ", "builtins.ValueError").join(5)
    assert len(mail.outbox) == 2


def test_a_webhook_hears_of_it(client, settings):
    with listening() as (address, heard):
        settings.ERROR_WEBHOOK = address
        client.get("/broken/")
        words = heard.get(timeout=5)

    assert list(words) == ["text"]
    assert "builtins.RuntimeError" in words["text"]


def test_nobody_is_told_where_nobody_is_named(client):
    assert notices.tell("ページ", "builtins.ValueError") is None
    assert client.get("/broken/").status_code == 500


def test_a_webhook_that_is_silent_or_gone_keeps_no_visitor_waiting(client, settings, caplog):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.ERROR_WEBHOOK = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        began = time.monotonic()
        assert client.get("/broken/").status_code == 500
        assert time.monotonic() - began < 2
    settings.ERROR_WEBHOOK = "http://127.0.0.1:9/"
    notices.tell("ページ", "builtins.OSError").join(5)
    assert "エラーを知らせられませんでした：urllib3.exceptions." in caplog.text


def test_a_webhook_that_refuses_is_written_down(settings, caplog):
    with listening(status=403) as (address, _):
        settings.ERROR_WEBHOOK = address
        notices.tell("ページ", "builtins.ValueError").join(5)

    assert "（ERROR_WEBHOOK）が 403 を返しました。" in caplog.text


def test_a_mail_that_cannot_be_sent_does_not_keep_the_webhook_from_it(told, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with listening() as (address, heard):
        settings.ERROR_WEBHOOK = address
        notices.tell("ページ", "builtins.ValueError").join(10)

    assert heard.qsize() == 1
    assert "builtins.ConnectionRefusedError" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_is_told(told):
    run(Job("fails", "失敗する処理", Failing(ValueError(SECRET)), "* * * * *"))

    (letter,) = letters(1)
    assert "処理：失敗する処理（fails）" in letter.body
    assert "builtins.ValueError" in letter.body
    assert SECRET not in letter.body


@task()
def fail():
    raise ValueError(SECRET)


@pytest.mark.django_db(transaction=True)
def test_a_task_that_fails_is_told(told):
    fail.enqueue()

    (letter,) = letters(1)
    assert f"処理：{__name__}.fail" in letter.body
    assert "ValueError" in letter.body
    assert SECRET not in letter.body
