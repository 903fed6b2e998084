"""Three hundred public pages a second, through nginx and gunicorn as they run in production."""

import http.client
import os
import time
from contextlib import ExitStack
from statistics import quantiles
from threading import Thread
from urllib.parse import quote, urlsplit

import pytest

from tests.browser.demo_site import free_port, served
from tests.faults.crowd import get
from tests.faults.proxy import need_nginx, nginx_before

pytestmark = pytest.mark.faults

PER_SECOND, CLIENTS = 300, 30
SECONDS = 60 if os.environ.get("LONG") else 20
PRODUCTION = ("--worker-class", "gthread", "--threads", "8", "--worker-tmp-dir", "/dev/shm")  # noqa: S108
PATHS = [
    *(
        "/",
        "/about/",
        "/events/",
        "/events/archive/2018/",
        "/events/calendar/",
        "/events.ics",
        "/exhibitions/",
        "/news/",
    ),
    *("/municipalities/", "/municipalities/?page=3", "/municipalities/?prefecture=04", "/municipalities/122084/"),
    *("/municipalities/012025/", "/municipalities/042081/", "/prefectures/01/", "/prefectures/26/", "/wards/"),
    *("/wards/131091/", "/wards/131105/", "/wards/131016/", "/agreements/", "/disaster-support/", "/statistics/"),
    *("/statistics/partners/", "/statistics/matrix/", "/projects/", "/posts/", "/search/?q=港区", "/search/?q=温泉"),
    *("/open-data/", "/api/v1/events", "/api/v1/municipalities?q=市", "/news/feed/", "/site-map/", "/sitemap.xml"),
]


@pytest.fixture(scope="module")
def address(folder, environment):
    need_nginx()
    (folder / "nginx").mkdir()
    environment = environment | {"TRUSTED_PROXY_COUNT": "1"}
    own = ("--config", "python:portal.operations.server")
    with ExitStack() as stack:
        behind = stack.enter_context(served(environment, free_port(), *PRODUCTION, *own))
        yield stack.enter_context(nginx_before(folder / "nginx", behind, free_port(), environment))


def statuses(address):
    return {path: get(address, path).status for path in PATHS}


def ask_steadily(address, number, until, told):
    """One after the other at set moments, whatever the one before took: how long after its moment each was answered."""
    parts, between = urlsplit(address), CLIENTS / PER_SECOND
    client = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    moment, turn = time.monotonic() + between * number / CLIENTS, number * 7
    # Each comes from elsewhere: one alone may not search so often.
    headers = {"Accept-Encoding": "gzip", "X-Forwarded-For": f"198.51.100.{number + 1}"}
    while moment < until:
        time.sleep(max(0, moment - time.monotonic()))
        client.request("GET", quote(PATHS[turn % len(PATHS)], safe="/?&=."), headers=headers)
        answer = client.getresponse()
        answer.read()
        told.append((time.monotonic() - moment, answer.status))
        moment, turn = moment + between, turn + 1
    client.close()


def test_three_hundred_a_second_are_answered_at_once(address, record_property):
    # A site that has just begun makes each page once, in each process.
    assert set(statuses(address).values()) == set(statuses(address).values()) == {200}
    told = []
    until = time.monotonic() + SECONDS
    threads = [Thread(target=ask_steadily, args=[address, number, until, told]) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    seconds = quantiles([took for took, _ in told], n=100)
    figures = f"{len(told)} in {SECONDS} s, p50 {seconds[49]:.3f} s, p95 {seconds[94]:.3f} s, p99 {seconds[98]:.3f} s"
    record_property("what_people_saw", figures)
    assert {status for _, status in told} == {200}
    assert len(told) > PER_SECOND * SECONDS * 0.95
    assert seconds[94] <= 0.3
