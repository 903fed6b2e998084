"""Nobody puts anything into a page that is kept for others, and no page of one person is kept."""

import io

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from portal.serving.front import Front
from portal.serving.kept import KeptPages
from tests.accounts.signing_in import sign_in
from tests.factories.core import UserFactory
from tests.factories.events import EventFactory
from tests.factories.municipalities import MembershipFactory, MemberStaffFactory
from tests.factories.portal import NewsItemFactory
from tests.portal.serving.test_front import Known, ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]

HOST = {"HTTP_HOST": "testserver", "wsgi.url_scheme": "http", "SERVER_NAME": "testserver", "SERVER_PORT": "80"}
# What differs between any two answers.
OF_ONE = ("x-request-id", "last-modified", "date")


def site():
    """The portal behind its own front, with nothing kept yet."""
    return Front(WSGIHandler(), Known(), KeptPages())


def seen(front, path, query="", **headers):
    status, told, body = ask(front, path, query, **(HOST | headers))
    return status, {name: value for name, value in told.items() if name not in OF_ONE}, body


def fat(content):
    body = content.encode()
    return {
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }


POISONS = {
    "host": {"HTTP_X_FORWARDED_HOST": "evil.example"},
    "host of another proxy": {"HTTP_X_HOST": "evil.example", "HTTP_FORWARDED": "host=evil.example"},
    "port": {"HTTP_X_FORWARDED_PORT": "4443", "HTTP_X_FORWARDED_PREFIX": "/evil", "HTTP_X_FORWARDED_SCHEME": "ftp"},
    "https": {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_SSL": "on"},
    "another address": {"HTTP_X_ORIGINAL_URL": "/privacy/", "HTTP_X_REWRITE_URL": "/privacy/"},
    "method": {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST", "HTTP_X_METHOD_OVERRIDE": "DELETE"},
    "language": {"HTTP_ACCEPT_LANGUAGE": "en"},
    "browser": {"HTTP_USER_AGENT": "<script>alert(1)</script>", "HTTP_ACCEPT": "application/json"},
    "where from": {"HTTP_ORIGIN": "https://evil.example", "HTTP_REFERER": "https://evil.example/"},
    "part": {"HTTP_RANGE": "bytes=0-1"},
    "known already": {"HTTP_IF_NONE_MATCH": "*", "HTTP_IF_MODIFIED_SINCE": "Wed, 21 Oct 2065 07:28:00 GMT"},
    "cookie": {"HTTP_COOKIE": "csrftoken=evil; theme=evil"},
    "body": fat("as_of=2010-01-01&q=evil"),
    "parts of a page": {"HTTP_HX_REQUEST": "true", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
}
PAGES = [("/statistics/", "as_of=2021-01-01"), ("/about/", ""), ("/events/", "page=1")]


@pytest.mark.parametrize("poison", POISONS)
def test_no_header_of_one_visitor_reaches_the_next(poison):
    for path, query in PAGES:
        clean, poisoned = site(), site()
        expected = seen(clean, path, query)
        seen(poisoned, path, query, **POISONS[poison])

        assert (expected[0], clean.pages.bytes > 0) == ("200 OK", True)
        assert seen(poisoned, path, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "as_of=2021-01-01&as_of=2018-05-01",
        "as_of=2018-05-01&as_of=2021-01-01",
        "as_of=2021-01-01;as_of=2018-05-01",
        "utm_source=x;as_of=2018-05-01&as_of=2021-01-01",
        "utm_source=x&as_of=2021-01-01&callback=evil",
        "as_of=2021-01-01%26as_of=2018-05-01",
        "as_of=2021-01-01#as_of=2018-05-01",
        "as_of[]=2018-05-01",
        "as%5Fof=2018-05-01",
        "AS_OF=2018-05-01",
        "?as_of=2018-05-01",
        "as_of=2021-01-01%0d%0aX-Evil:1",
        "view=<script>",
        "",
    ],
)
def test_no_question_of_one_visitor_answers_that_of_the_next(query):
    path, asked = "/statistics/", "as_of=2021-01-01"
    expected = seen(site(), path, asked)
    poisoned = site()
    seen(poisoned, path, query)

    assert seen(poisoned, path, asked) == expected
    assert b"<script>" not in seen(poisoned, path, query)[2]


def test_a_page_that_is_missing_or_wrong_is_not_kept_in_place_of_another():
    front = site()
    for path, query in (("/about", ""), ("/about/x", ""), ("/about/%2e%2e/", ""), ("/statistics/", "as_of=%00")):
        seen(front, path, query)

    assert front.pages.bytes == 0


def test_a_host_that_is_not_ours_is_refused_and_nothing_of_it_kept():
    front = site()
    refused = seen(front, "/about/", HTTP_HOST="evil.example")

    assert refused[0] == "400 Bad Request"
    assert b"evil.example" not in refused[2]
    assert front.pages.bytes == 0
    assert seen(front, "/about/") == seen(site(), "/about/")


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Forwarded-Server"])
def test_no_address_is_made_of_what_a_visitor_says_of_the_host(client, mailoutbox, name):
    item = NewsItemFactory()
    UserFactory(email="a@example.jp")
    headers = {name: "host=evil.example" if name == "Forwarded" else "evil.example"}

    for path in (
        "/",
        item.get_absolute_url(),
        "/sitemap.xml",
        "/robots.txt",
        "/news/feed/",
        "/events.ics",
        "/api/v1/news",
    ):
        assert b"evil.example" not in client.get(path, headers=headers).content
    client.post("/accounts/password/reset/", {"email": "a@example.jp"}, headers=headers)
    assert [("evil.example" in mail.body, "http://testserver/" in mail.body) for mail in mailoutbox] == [(False, True)]


DECEPTIONS = [
    "{}x.css",
    "{}x.js",
    "{}favicon.ico",
    "{}%2e%2e/x.css",
    "{};x.css",
    "{}?x.css",
    "{}%3fx.css",
    "{}%23x.css",
    "{}%0ax.css",
    "{}..%2fstatic/x.css",
    "/static/..%2f{}",
    "/about/..%2f{}",
    "//{}",
]
PRIVATE = ["/members/dashboard/", "/members/people/me/", "/accounts/", "/accounts/sessions/"]


@pytest.mark.parametrize("form", DECEPTIONS)
def test_no_page_of_a_person_is_kept_under_the_name_of_a_file(form):
    person = MemberStaffFactory(municipality=MembershipFactory().municipality, user__name="秘密花子").user
    browser, front = Client(), site()
    sign_in(browser, person)
    cookie = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"}
    for private in PRIVATE:
        path, _, query = form.format(private).partition("?")
        path = path.encode().decode("latin-1")
        for spelled in (path, path.replace("%2e", ".").replace("%2f", "/").replace("%3f", "?").replace("%0a", "\n")):
            _, told, _ = seen(front, spelled, query, **cookie)
            is_for_all = "public" in told.get("cache-control", "")
            assert (spelled, is_for_all, "no-store" in told["cache-control"]) == (spelled, False, True)
            assert "秘密花子" not in seen(front, spelled, query)[2].decode("utf-8", "replace")
    assert front.pages.bytes == 0


def test_a_public_page_of_somebody_signed_in_is_not_kept_for_others():
    event = EventFactory()
    browser, front = Client(), site()
    sign_in(browser, UserFactory(name="秘密花子", is_staff=True, is_superuser=True))
    cookie = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"}
    _, told, _ = seen(front, event.get_absolute_url(), **cookie)

    assert "no-store" in told["cache-control"]
    assert front.pages.bytes == 0
