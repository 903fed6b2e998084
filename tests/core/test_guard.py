"""The guard of forms that anybody may send: whom it lets through, what it says to others, and what it keeps."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django import forms
from django.core.cache import cache, caches
from django.core.management import call_command
from django.test import RequestFactory

from portal.core.guard import TOO_MANY, GuardedForm, stamp, within_rate
from tests.guarded import guarded
from tests.html import faults_of
from tests.side_by_side import at_once
from tests.test_architecture import ROOT

NOON = datetime(2026, 5, 1, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Letter(GuardedForm):
    words = forms.CharField(label="本文")


def sent(after: timedelta, **answers) -> Letter:
    return Letter({"words": "こんにちは", "opened": stamp(NOON - after), **answers}, at=NOON)


def drawn(form: Letter) -> str:
    return str(form)


def test_a_person_is_let_through_and_nothing_of_the_guard_is_left():
    form = Letter(guarded(NOON, words="こんにちは"), at=NOON)
    assert form.is_valid()
    assert form.cleaned_data == {"words": "こんにちは"}


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(-1, "old"), (0, "fast"), (2, "fast"), (3, None), (86_399, None), (86_400, "old"), (10**9, "old")],
)
def test_a_form_takes_some_seconds_and_at_most_a_day(seconds, code):
    form = sent(timedelta(seconds=seconds))
    assert [error.code for error in form.errors.as_data().get("opened", [])] == ([code] if code else [])


@pytest.mark.parametrize("forged", ["", "1", "abc", f"{int(NOON.timestamp())}:forged", "9" * 400, "\x00", "いま:いま"])
def test_a_forged_moment_is_refused_in_words_and_the_form_opened_anew(forged):
    form = sent(HOUR, opened=forged)
    assert not form.is_valid()
    assert form["words"].value() == "こんにちは"
    again = Letter({"words": form["words"].value(), "opened": form["opened"].value()}, at=NOON + timedelta(minutes=1))
    assert again.is_valid()


def test_who_was_too_fast_waits_and_sends_once_more():
    form = sent(timedelta(seconds=1))
    assert "時間が短すぎます" in drawn(form)
    again = Letter({"words": form["words"].value(), "opened": form["opened"].value()}, at=NOON + timedelta(seconds=2))
    assert again.is_valid()


def test_whoever_fills_the_trap_is_told_so_and_loses_no_word():
    form = sent(HOUR, homepage="https://spam.example/")
    assert [error.code for error in form.errors.as_data()["homepage"]] == ["filled"]
    assert form["words"].value() == "こんにちは"
    assert "spam.example" not in drawn(form)
    again = Letter({name: form[name].value() for name in ("words", "opened", "homepage")}, at=NOON)
    assert again.is_valid()


def test_the_trap_is_no_field_for_people():
    html = drawn(Letter(at=NOON))
    page = f'<html lang="ja"><head><title>x</title></head><body><h1>x</h1><form>{html}</form></body></html>'
    assert faults_of(f"<!doctype html>{page}") == []
    assert '<div hidden><label for="id_homepage">' in html
    assert 'tabindex="-1" autocomplete="off"' in html


def request_from(address: str, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def tried(times: int, address: str = "192.0.2.1", **options) -> list[bool]:
    options = {"what": "letter", "limit": 3, "per": HOUR} | options
    return [within_rate(request_from(address), **options) for _ in range(times)]


def test_so_many_are_let_through_within_a_while_from_each_address():
    assert tried(5) == [True, True, True, False, False]
    assert tried(1, "192.0.2.2") == [True]
    assert tried(1, what="other") == [True]


def test_after_the_while_there_is_room_again():
    with time_machine.travel(NOON, tick=False) as clock:
        assert tried(4) == [True, True, True, False]
        clock.shift(HOUR - timedelta(seconds=1))
        assert tried(1) == [False]
        clock.shift(timedelta(seconds=2))
        assert tried(4) == [True, True, True, False]


def test_it_can_be_counted_for_somebody_instead_of_an_address():
    assert tried(4, whose="a@example.jp") == [True, True, True, False]
    assert tried(1, "192.0.2.9", whose="a@example.jp") == [False]
    assert tried(1, whose="b@example.jp") == [True]


def test_an_address_of_the_new_kind_is_counted_with_its_network():
    assert tried(3, "2001:db8::1") == [True, True, True]
    assert tried(1, "2001:db8::ffff:2") == [False]
    assert tried(1, "2001:db8:0:1::1") == [True]


@pytest.mark.parametrize(("proxies", "is_same"), [(0, True), (1, False)])
def test_the_word_of_a_proxy_counts_only_where_there_is_one(settings, proxies, is_same):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    asked = {"what": "letter", "limit": 1, "per": HOUR}
    first, second = (request_from("192.0.2.1", x_forwarded_for=f"198.51.100.{n}") for n in (1, 2))
    assert within_rate(first, **asked)
    assert within_rate(second, **asked) is not is_same


@pytest.mark.parametrize("address", ["", "unix:", "999.1.1.1"])
def test_whose_address_is_not_known_is_counted_all_the_same(address):
    assert tried(4, address) == [True, True, True, False]


def test_no_address_is_kept():
    tried(1, "192.0.2.1", whose="a@example.jp")
    tried(1, "192.0.2.1")
    kept = " ".join(caches["default"]._cache)
    assert "rate:letter:" in kept
    assert "192.0.2.1" not in kept
    assert "a@example.jp" not in kept


def test_a_test_run_may_do_without(settings):
    settings.RATE_LIMITS = False
    assert tried(5) == [True] * 5


@pytest.fixture
def kept_in_the_database(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "rates_of_a_test"}
    }


@pytest.mark.django_db(transaction=True)
def test_without_its_cache_the_site_goes_on_and_says_so(kept_in_the_database, caplog):
    assert tried(5) == [True] * 5
    assert "回数の制限が働いていません：letter" in caplog.text
    assert "192.0.2.1" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_workers_count_together(kept_in_the_database):
    call_command("createcachetable", verbosity=0)
    cache.clear()
    answers: list[bool] = []

    assert at_once([lambda: answers.extend(tried(3))] * 4) == ["done"] * 4
    assert (len(answers), answers.count(True)) == (12, 3)


def test_the_message_of_too_many_keeps_what_was_typed():
    form = sent(HOUR)
    assert form.is_valid()
    form.refuse_too_many()
    assert form.non_field_errors() == [TOO_MANY]
    assert form["words"].value() == "こんにちは"


@pytest.mark.parametrize(("value", "said"), [("on", ""), ("off", "RATE_LIMITS=off"), ("no", "on か off")])
def test_the_start_says_that_there_is_no_limit(value, said):
    environment = os.environ | {"RATE_LIMITS": value, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    command = [sys.executable, "-c", "import django; django.setup()"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode == 0) is (value != "no")
    assert (said in done.stderr) if said else done.stderr == ""
