"""Redis goes while people browse and try to sign in: nobody waits or gets an error, and it counts again by itself."""

import time
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from tests.browser.demo_site import free_port, served
from tests.faults.crowd import Crowd, get, seconds_until
from tests.faults.people import Person
from tests.faults.redis import own_redis

pytestmark = pytest.mark.faults

PATHS = ["/", "/events/", "/municipalities/?q=市", "/contact/", "/accounts/login/", "/search/?q=港区"]
STOPPED = "受付を止めています"


@pytest.fixture(scope="module")
def site(folder, environment):
    with own_redis(folder) as redis:
        environment = environment | {"CACHE_URL": redis.url, "TRUSTED_PROXY_COUNT": "1"}
        with served(environment, free_port(), "--workers", "2", "--threads", "8") as address:
            yield redis, address


@contextmanager
def trying_to_sign_in(address):
    """Somebody who tries one wrong password after the other, each with another address: what they got."""
    answers, enough = [], Event()

    def try_on():
        number = 0
        while not enough.is_set():
            number += 1
            wrong = Person(address).sign_in(f"nobody-{number}@demo.example", password="wrong")
            answers.append(wrong)

    thread = Thread(target=try_on)
    thread.start()
    try:
        yield answers
    finally:
        enough.set()
        thread.join()


def tries_until_stopped(address, email, at_most=30):
    """How many wrong passwords of an account are heard before it is closed for a while."""
    for number in range(at_most):
        got = Person(address, f"198.51.100.{number}").sign_in(email, password="wrong")
        if STOPPED in got.body.decode() or got.status == 429:
            return number
    return at_most


def cache_says(address):
    """What both processes say of it: nobody can choose whom to ask, so many are asked."""
    return {get(address, "/readyz").body.partition(b'"cache": "')[2].partition(b'"')[0] for _ in range(16)}


@pytest.mark.parametrize(("breaks", "heals"), [("kill", "start"), ("freeze", "thaw")])
def test_nobody_waits_and_nobody_gets_an_error(site, record_property, breaks, heals):
    redis, address = site
    with Crowd(address, PATHS).browsing(4) as crowd, trying_to_sign_in(address) as tried:
        time.sleep(2)
        getattr(redis, breaks)()
        time.sleep(8)
        alone = cache_says(address)
        ready = get(address, "/readyz").status
        getattr(redis, heals)()
        back_after = seconds_until(lambda: cache_says(address) == {b"ok"}, 20)
        time.sleep(1)

    answers = [*crowd.answers, *tried]
    longest = max(got.seconds for got in answers)
    record_property(
        "what_people_saw", f"{len(answers)} answers, longest {longest:.2f} s, back after {back_after:.2f} s"
    )
    assert len(crowd.answers) > 100
    assert len(tried) > 5
    assert {got.status for got in crowd.answers} == {200}
    assert {got.status for got in tried} <= {200, 429}
    assert longest < 2
    assert (alone, ready) == ({b"fallback"}, 200)
    assert back_after < 10


def test_without_it_each_process_counts_and_with_it_all_together(site):
    redis, address = site
    redis.kill()
    try:
        alone = tries_until_stopped(address, "auditor@demo.example")
    finally:
        redis.start()
    assert seconds_until(lambda: cache_says(address) == {b"ok"}, 20) < 10

    together = tries_until_stopped(address, "shinagawa-editor@demo.example")

    assert together == 5
    assert 5 <= alone <= 10
