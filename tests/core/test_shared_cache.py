"""Redis that does not answer costs nobody a page, and is left alone for a while."""

import logging

import pytest
from django.core.cache import caches

from portal.core import shared_cache
from portal.core.shared_cache import PAUSE, Breaker
from portal.operations import health
from tests.browser.demo_site import free_port


@pytest.fixture
def gone(settings, monkeypatch):
    """The cache of a site whose Redis is not there."""
    monkeypatch.setattr(shared_cache, "breaker", Breaker())
    place = {"BACKEND": "portal.core.shared_cache.RedisCache", "LOCATION": f"redis://127.0.0.1:{free_port()}/0"}
    settings.CACHES = {"default": place}
    yield caches["default"]
    caches["default"].clear()


def test_it_is_counted_within_the_process(gone):
    assert gone.add("place", 1, 60)
    assert not gone.add("place", 1, 60)
    gone.set("count", 1)
    assert gone.incr("count") == 2
    assert gone.get_many(["place", "count"]) == {"place": 1, "count": 2}
    assert gone.delete("place")
    assert gone.get("place", "nothing") == "nothing"


def test_it_is_told_once(gone, caplog):
    with caplog.at_level(logging.WARNING, "portal.core.shared_cache"):
        for number in range(5):
            gone.set("count", number)

    assert [record.message.partition("：")[0] for record in caplog.records] == [
        "Redis が応答しません。回数の制限などは、プロセスごとに数えます"
    ]


def test_the_site_is_ready_and_says_that_it_goes_without(gone):
    assert health.readiness(({"cache": health._cache},)) == {"cache": "fallback"}
    assert health.FALLBACK in health.GOOD


def test_after_a_failure_nobody_asks_and_then_one():
    breaker = Breaker()
    assert breaker.may_ask(at=100)

    breaker.failed(OSError(), at=100)

    assert not breaker.may_ask(at=100 + PAUSE - 0.1)
    assert breaker.may_ask(at=100 + PAUSE)
    assert not breaker.may_ask(at=100 + PAUSE)


def test_an_answer_ends_the_pause():
    breaker = Breaker()
    breaker.failed(OSError(), at=100)

    breaker.answered()

    assert not breaker.is_open
    assert breaker.may_ask(at=100)
