"""The database goes, fifty people browse on, the database comes back."""

import time

import pytest

from tests.browser.demo_site import free_port, served
from tests.faults.crowd import Crowd, failing_seconds, get, post, seconds_until

pytestmark = pytest.mark.faults

CLIENTS = 50
SILENT = "控えのページを表示しています".encode()
PATHS = [
    "/",
    "/municipalities/",
    "/municipalities/?page=2",
    "/municipalities/122084/",
    "/wards/131091/",
    "/prefectures/01/",
    "/events/",
    "/events/calendar/",
    "/agreements/",
    "/disaster-support/",
    "/statistics/",
    "/news/",
    "/news/feed/",
    "/open-data/ties.csv",
    "/events.ics",
    "/municipalities/?q=市",
]


@pytest.fixture(scope="module")
def broken_site(on_postgres):
    """What is kept is switched off, which would help it."""
    server, _, environment = on_postgres
    with served(environment | {"PAGE_CACHE": "off"}, free_port(), "--workers", "2", "--threads", "8") as address:
        yield server, address


def is_live(address):
    got = get(address, "/")
    return got.status == 200 and SILENT not in got.body


@pytest.mark.parametrize(("breaks", "heals"), [("stop", "start"), ("freeze", "thaw")])
def test_people_browse_on(broken_site, record_property, breaks, heals):
    server, address = broken_site
    assert is_live(address)

    with Crowd(address, PATHS).browsing(CLIENTS) as crowd:
        time.sleep(3)
        broken_at = time.monotonic()
        getattr(server, breaks)()
        time.sleep(12)
        healed_at = time.monotonic()
        getattr(server, heals)()
        back_after = seconds_until(lambda: is_live(address), 30)
        time.sleep(3)
        ended_at = time.monotonic()

    during = crowd.between(broken_at, healed_at)
    settled = [got for got in crowd.between(broken_at + 6, healed_at) if got.path in ("/", "/wards/131091/")]
    longest = max(got.seconds for got in crowd.answers)
    told = f"failing {failing_seconds(crowd.answers):.2f} s, live after {back_after:.2f} s, longest {longest:.2f} s"
    record_property("what_people_saw", told)
    assert len(during) > 100
    assert failing_seconds(crowd.answers) <= 5
    assert settled
    assert all(SILENT in got.body for got in settled)
    assert back_after < 10
    assert {got.status for got in crowd.between(healed_at + 10, ended_at)} <= {200}


def several(address):
    return [post(address, "/contact/", "body=x") for _ in range(8)]


def test_forms_say_that_nothing_can_be_sent(broken_site):
    server, address = broken_site
    server.stop()
    try:
        # By the process that has not noticed yet it is refused for another reason.
        assert seconds_until(lambda: all(sent.status == 503 for sent in several(address)), 10) < 5

        assert all("いまは送信できません" in sent.body.decode() for sent in several(address))
    finally:
        server.start()
        assert seconds_until(lambda: is_live(address), 30) < 10
