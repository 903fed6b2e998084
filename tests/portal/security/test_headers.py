"""No answer leaves without what tells browsers what not to do with it, and what is for one answer is kept by nobody."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from portal.serving import watch as watching
from tests.accounts.signing_in import sign_in
from tests.factories.core import ImageFactory, UserFactory
from tests.factories.events import EventFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def told(response):
    return {name: response.headers.get(name) for name in ALWAYS}


def policy(response):
    """The policy, in the order in which POLICY names its directives."""
    found = set(response.headers["Content-Security-Policy"].split("; "))
    return "; ".join(sorted(found, key=[*POLICY.split("; "), *found].index))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/news/", 200),
        ("/healthz", 200),
        ("/robots.txt", 200),
        ("/sitemap.xml", 200),
        ("/accounts/login/", 200),
        ("/members/dashboard/", 302),
        ("/bad/", 400),
        ("/news/?page=%00", 400),
        ("/forbidden/", 403),
        ("/no/such/page/", 404),
        ("/broken/", 500),
        ("/no-database/", 503),
    ],
)
def test_every_answer_says_it(secure, address, status):
    response = secure.get(address)

    assert response.status_code == status
    assert told(response) == ALWAYS
    assert policy(response) == POLICY
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in response.headers["Permissions-Policy"]


def test_what_was_withdrawn_says_it(secure):
    item = NewsItemFactory(publication_state="withdrawn", withdrawal_note="誤りのため")
    response = secure.get(item.get_absolute_url())

    assert (response.status_code, told(response)) == (410, ALWAYS)


def test_a_preview_that_is_over_says_even_less_of_where_one_came_from(secure):
    response = secure.get("/preview/none/")

    assert (response.status_code, told(response)) == (410, ALWAYS | {"Referrer-Policy": "no-referrer"})


@pytest.mark.parametrize("reading", [True, False])
def test_a_site_that_is_worked_on_says_it(secure, settings, tmp_path, reading):
    settings.DATA_DIR = tmp_path
    call_command("maintenance", "on", reading=reading)
    response = secure.post("/contact/")

    assert (response.status_code, told(response), policy(response)) == (503, ALWAYS, POLICY)


def test_a_site_without_its_database_says_it(secure, settings, tmp_path, monkeypatch):
    settings.MIRROR_DIR = tmp_path
    monkeypatch.setattr(watching.watch, "silent_since", EventFactory().updated_at)

    for response in (secure.get("/"), secure.post("/contact/")):
        assert (response.status_code, told(response), policy(response)) == (503, ALWAYS, POLICY)


def test_too_many_attempts_are_told_so_with_it(secure):
    for _ in range(6):
        response = secure.post("/accounts/password/reset/", {"email": "a@example.jp"})

    assert (response.status_code, told(response)) == (429, ALWAYS)


def test_plain_http_is_led_to_https_and_a_foreign_name_is_refused(secure):
    plain = secure.get("/news/?page=2", headers={"X-Forwarded-Proto": "http"})
    foreign = secure.get("/", headers={"X-Forwarded-Proto": "http", "Host": "elsewhere.example"})

    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/news/?page=2")
    assert foreign.status_code == 400
    # Over plain http it would mean nothing.
    unspoken = ALWAYS | {"Strict-Transport-Security": None}
    assert told(plain) == told(foreign) == unspoken
    assert policy(plain) == policy(foreign) == POLICY


def test_the_back_office_says_it_with_a_nonce_that_is_new_each_time(secure):
    item = NewsItemFactory()
    sign_in(secure, UserFactory(is_staff=True, is_superuser=True))
    address = f"/admin/portal/newsitem/{item.pk}/change/"
    nonces = []
    for _ in range(2):
        response = secure.get(address)
        assert (response.status_code, told(response)) == (200, ALWAYS)
        nonces += re.findall(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])[:1]
    assert len(set(nonces)) == 2
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


def test_a_file_of_the_site_says_it(https, settings):
    Path(settings.STATIC_ROOT, "of_a_test.txt").write_text("a")
    # What files there are is seen when a server starts.
    response = Client(headers={"X-Forwarded-Proto": "https"}).get("/static/of_a_test.txt")

    assert (response.status_code, b"".join(response.streaming_content), told(response)) == (200, b"a", ALWAYS)
    assert policy(response) == POLICY


def test_an_uploaded_file_says_it_and_is_no_page(secure):
    uploaded = secure.get(ImageFactory().file.url)

    assert (uploaded.status_code, told(uploaded)) == (200, ALWAYS)
    assert uploaded.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "address", ["/open-data/events.csv", "/open-data/projects.csv", "/api/v1/news", "/og/page/about.png"]
)
def test_open_data_and_pictures_of_pages_may_be_used_elsewhere(secure, address):
    response = secure.get(address)

    assert response.status_code == 200
    assert told(response) == ALWAYS | {"Cross-Origin-Resource-Policy": "cross-origin"}


def test_cookies_go_to_this_site_alone_and_no_script_reads_them(secure):
    sign_in(secure, UserFactory())

    assert set(secure.cookies) - {"messages"} == {"__Host-sessionid", "__Host-csrftoken"}
    for cookie in secure.cookies.values():
        told = (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"])
        assert told == (True, True, "Lax", "/", "")


def test_a_page_that_used_the_nonce_of_its_answer_is_kept_by_nobody(client, settings):
    settings.ROOT_URLCONF = "tests.portal.security.urls_with_a_nonce"
    response = client.get("/about/")

    assert "'nonce-" in response.headers["Content-Security-Policy"]
    assert set(response.headers["Cache-Control"].split(", ")) == {"private", "no-cache", "no-store"}


def test_no_public_page_needs_a_nonce(client):
    event = EventFactory()
    for address in ("/", "/events/", event.get_absolute_url(), "/statistics/", "/search/?q=港区", "/wards/", "/about/"):
        response = client.get(address)
        assert "nonce" not in response.headers["Content-Security-Policy"]
        assert b"nonce=" not in response.content
