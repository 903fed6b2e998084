"""The database holds everybody up, or says nothing any more: no public page waits for it."""

import time
from contextlib import contextmanager

import psycopg
import pytest

from tests.browser.demo_site import free_port, served
from tests.faults.crowd import Crowd, failing_seconds, get, seconds_until
from tests.faults.test_database_stops import PATHS, SILENT

pytestmark = pytest.mark.faults

CLIENTS = 20
LONGEST = 5
ABOUT_EVENTS = ["/events/", "/events/calendar/", "/events.ics", "/", "/wards/131091/"]


@pytest.fixture(scope="module")
def site(on_postgres):
    """What is kept is switched off, which would help it."""
    server, wire, environment = on_postgres
    with served(environment | {"PAGE_CACHE": "off"}, free_port(), "--workers", "2", "--threads", "8") as address:
        # Both processes have connections open.
        assert seconds_until(lambda: all(is_live(address) for _ in range(8))) < 10
        yield server, wire, address


def is_live(address):
    got = get(address, "/events/")
    return got.status == 200 and SILENT not in got.body


@contextmanager
def held(server, statement):
    """Somebody else holds what the statement locks, and does nothing."""
    with psycopg.connect(server.url) as session:
        session.execute(statement)
        yield
        session.rollback()


@pytest.mark.parametrize(
    "statement", ["LOCK TABLE events_event IN ACCESS EXCLUSIVE MODE", "SELECT 1 FROM events_event FOR UPDATE"]
)
def test_a_lock_of_twelve_seconds_keeps_no_page_waiting(site, record_property, statement):
    server, _, address = site
    with Crowd(address, ABOUT_EVENTS).browsing(CLIENTS) as crowd:
        with held(server, statement):
            time.sleep(12)
        back_after = seconds_until(lambda: is_live(address), 20)

    longest = max(got.seconds for got in crowd.answers)
    told = f"{len(crowd.answers)} answers, longest {longest:.2f} s, back after {back_after:.2f} s"
    record_property("what_people_saw", told)
    assert len(crowd.answers) > 50
    assert {got.status for got in crowd.answers} == {200}
    assert longest <= LONGEST
    assert back_after <= 5


def test_a_silent_network_keeps_no_page_waiting_for_more_than_five_seconds(site, record_property):
    _, wire, address = site
    with Crowd(address, PATHS).browsing(CLIENTS) as crowd:
        time.sleep(2)
        wire.cut()
        try:
            cut_at = time.monotonic()
            time.sleep(12)
        finally:
            wire.mend()
        back_after = seconds_until(lambda: all(is_live(address) for _ in range(4)), 30)
        time.sleep(1)

    longest = max(got.seconds for got in crowd.answers)
    settled = [got for got in crowd.between(cut_at + 6, cut_at + 12) if got.path in ("/", "/wards/131091/")]
    told = f"longest {longest:.2f} s, failing {failing_seconds(crowd.answers):.2f} s, back after {back_after:.2f} s"
    record_property("what_people_saw", told)
    assert settled
    assert all(got.status == 200 and SILENT in got.body for got in settled)
    assert longest <= LONGEST
    assert failing_seconds(crowd.answers) <= LONGEST
    assert back_after <= 5
