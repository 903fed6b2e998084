"""The portal behind the nginx that docker-compose.yml runs: what is kept, for whom and how long; slow clients."""

import gzip
import http.client
import re
import select
import socket
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.browser.demo_site import free_port, manage, served
from tests.faults.crowd import get, post, seconds_until
from tests.faults.proxy import need_nginx, nginx_before

pytestmark = pytest.mark.faults

SLOW_CLIENTS, SLOW_FROM_ONE = 10_000, 190
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def site(folder, environment):
    need_nginx()
    (folder / "nginx").mkdir()
    environment = environment | {"TRUSTED_PROXY_COUNT": "1"}
    with ExitStack() as portal:
        behind = portal.enter_context(served(environment, free_port(), "--workers", "2", "--threads", "8"))
        with nginx_before(folder / "nginx", behind, free_port(), environment) as address:
            yield address, environment, portal


def asked(address, path, **headers):
    parts = urlsplit(address)
    client = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    client.request("GET", path, headers=headers)
    answer = client.getresponse()
    body = answer.read()
    client.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def asked_for_all_headers(address, path):
    """Each header as often as it is said."""
    parts = urlsplit(address)
    client = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    client.request("GET", path)
    answer = client.getresponse()
    answer.read()
    client.close()
    return [("status", answer.status), *((name.lower(), value) for name, value in answer.getheaders())]


def test_a_page_is_kept_in_two_forms(site):
    address, _, _ = site
    plain = asked(address, "/about/")[2]
    first = asked(address, "/about/", **{"Accept-Encoding": "br, gzip"})
    again = asked(address, "/about/", **{"Accept-Encoding": "gzip"})

    assert again[1]["x-cache"] == "HIT"
    assert again[1]["content-encoding"] == "gzip"
    assert gzip.decompress(first[2]) == gzip.decompress(again[2]) == plain
    assert asked(address, "/about/")[1]["x-cache"] == "HIT"


def test_who_has_a_session_gets_a_page_of_their_own(site):
    address, _, _ = site
    asked(address, "/news/")

    status, headers, _ = asked(address, "/news/", Cookie="sessionid=" + "x" * 32)

    assert status == 200
    assert headers["x-cache"] == "BYPASS"
    assert headers["cache-control"] == "private, no-cache, no-store"
    assert asked(address, "/news/")[1]["cache-control"].startswith("public")


@pytest.mark.parametrize("path", ["/accounts/login/", "/contact/", "/nowhere/", "/healthz"])
def test_what_is_for_one_person_is_not_kept(site, path):
    address, _, _ = site

    answers = [asked(address, path) for _ in range(2)]

    assert all(answer[1].get("x-cache", "MISS") != "HIT" for answer in answers)


CREATE = """
from tests.factories.portal import NewsItemFactory
NewsItemFactory(title='代理の前', is_demo=True)
"""
NOTICE = """
from tests.factories.disaster_support import EmergencyNoticeFactory
EmergencyNoticeFactory(title="{}")
"""
WITHDRAW = """
from portal.models import NewsItem
NewsItem.objects.filter(title='代理の前').update(publication_state='withdrawn')
"""


def test_a_publication_and_a_withdrawal_are_seen_within_five_seconds(site):
    address, environment, _ = site
    title = "代理の前".encode()
    everybody = range(6)
    assert title not in asked(address, "/news/")[2]

    manage(environment, "shell", "--command", CREATE)
    # Asked again and again: more than once by each worker behind, and by whoever keeps the page before it.
    published = seconds_until(lambda: all(title in asked(address, "/news/")[2] for _ in everybody))
    manage(environment, "shell", "--command", WITHDRAW)
    withdrawn = seconds_until(lambda: all(title not in asked(address, "/news/")[2] for _ in everybody))

    assert published < 5
    assert withdrawn < 5


def test_an_emergency_notice_stands_on_every_page_at_once(site):
    address, environment, _ = site
    pages = ("/", "/about/", "/wards/131091/", "/statistics/")
    text = "訓練ではない大切なお知らせ"
    assert not any(text.encode() in asked(address, page)[2] for page in pages)

    manage(environment, "shell", "--command", NOTICE.format(text))
    shown = seconds_until(lambda: all(text.encode() in asked(address, page)[2] for page in pages * 4))

    assert shown < 60


def test_files_are_given_out_without_the_portal(site):
    address, _, _ = site
    sheet = re.search(rb'/static/css/[^"]+\.css', asked(address, "/")[2])[0].decode()

    status, headers, body = asked(address, sheet, **{"Accept-Encoding": "gzip"})

    assert status == 200
    assert headers["content-type"] == "text/css; charset=utf-8"
    assert headers["content-encoding"] == "gzip"
    assert "immutable" in headers["cache-control"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "x-cache" not in headers
    assert len(gzip.decompress(body)) > 1000


FROM_ELSEWHERE = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@pytest.mark.parametrize(
    ("path", "status", "policy"),
    [
        ("/about/", 200, "script-src 'self'"),
        ("/accounts/login/", 200, "script-src 'self'"),
        ("/no/such/page/", 404, "script-src 'self'"),
        ("/metrics", 404, "default-src 'none'"),
        ("/static/none.css", 404, "default-src 'none'"),
        # It may lie in a storage elsewhere: the portal was asked.
        ("/media/none.png", 404, "script-src 'self'"),
    ],
)
def test_every_answer_says_once_what_browsers_must_not_do_with_it(site, path, status, policy):
    """The portal says it, and nginx where the portal was not asked."""
    address, _, _ = site
    for _ in range(2):
        answered = asked_for_all_headers(address, path)
        headers = dict(answered)

        assert headers["status"] == status
        assert policy in headers["content-security-policy"].split("; ")
        assert {name: headers[name] for name in FROM_ELSEWHERE} == FROM_ELSEWHERE
        assert "camera=()" in headers["permissions-policy"]
        names = [name for name, _ in answered]
        assert [name for name in names if names.count(name) > 1 and name != "set-cookie"] == []


def assert_own_page(answer, heading, seconds):
    """A page of nginx's own: in Japanese, with its style sheet, and when to come back."""
    _, headers, body = answer
    assert f"<h1>{heading}</h1>" in body.decode()
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["retry-after"] == seconds
    assert {"default-src 'none'", "style-src 'self'"} <= set(headers["content-security-policy"].split("; "))
    assert {name: headers[name] for name in FROM_ELSEWHERE} == FROM_ELSEWHERE
    assert not {"cache-control", "expires"} & headers.keys()


@pytest.mark.parametrize(("path", "visitor"), [("/search/?q=x", "198.51.100.1"), ("/api/v1/news", "198.51.100.2")])
def test_who_asks_without_pause_is_told_to_wait_and_reads_on_elsewhere(site, path, visitor):
    address, _, _ = site
    somebody = {"X-Forwarded-For": visitor}
    told = [asked(address, path, **somebody) for _ in range(140)]

    assert {status for status, *_ in told} == {200, 429}
    assert_own_page(next(answer for answer in told if answer[0] == 429), "少し待ってから、もう一度お試しください", "10")
    assert asked(address, "/about/", **somebody)[0] == 200


def test_what_is_too_large_to_be_taken_is_refused_with_a_page(site):
    address, _, _ = site

    status, headers, body = asked(address, "/contact/", **{"Content-Length": str(120 * MEGABYTE)})

    assert (status, headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert "<h1>ファイルが大きすぎます</h1>" in body.decode()


def test_a_forged_address_of_a_visitor_is_not_believed(site):
    """Sign-ins are counted by address: whoever invents one must not be counted as another."""
    address, _, _ = site
    forged = [
        asked(address, "/accounts/login/", **{"X-Forwarded-For": f"203.0.113.{number}"})[0] for number in range(60)
    ]

    assert 200 in forged


def test_who_sends_without_pause_is_asked_to_wait(site):
    address, _, _ = site

    statuses = [post(address, "/feedback/", "a=b").status for _ in range(60)]

    assert 429 in statuses
    assert get(address, "/").status == 200


def slow_client(address, number):
    """Opens a connection and sends the first half of a request."""
    parts = urlsplit(address)
    source = f"127.0.{1 + number // SLOW_FROM_ONE}.1"
    client = socket.create_connection((parts.hostname, parts.port), timeout=10, source_address=(source, 0))
    client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    return client


def test_ten_thousand_slow_clients_keep_nobody_waiting(site, record_property):
    address, _, _ = site
    with ExitStack() as slow:
        clients = [slow.enter_context(slow_client(address, number)) for number in range(SLOW_CLIENTS)]
        for client in clients[::50]:
            client.sendall(b"x")
        answers = [get(address, path) for path in ("/", "/municipalities/", "/events/", "/news/") * 50]
        hung_up = select.select(clients[:500], [], [], 0)[0]

    failed = [got for got in answers if got.status != 200]
    slowest = max(got.seconds for got in answers)
    record_property("what_people_saw", f"{len(answers)} answers, {len(failed)} failed, slowest {slowest:.3f} s")
    assert len(clients) == SLOW_CLIENTS
    assert len(hung_up) < 500
    assert len(failed) < len(answers) / 100


def test_while_the_portal_is_gone_what_was_kept_is_given_out(site):
    address, _, portal = site
    kept = asked(address, "/wards/")[2]
    portal.close()

    status, headers, body = asked(address, "/wards/")

    assert (status, body) == (200, kept)
    assert headers["x-cache"] in ("HIT", "STALE")
    assert seconds_until(lambda: asked(address, "/wards/")[1]["x-cache"] == "STALE") < 30
    # What was not kept cannot be given.
    assert_own_page(gone := asked(address, "/accounts/login/"), "ただいま、表示できません", "60")
    assert gone[0] == 502
