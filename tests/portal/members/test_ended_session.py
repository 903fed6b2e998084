"""A session ends unused after half a day and in any case after a day; what was being typed then is not lost."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import reverse

from municipalities.models import MemberPost
from portal.core.resending import leads_to_sign_in
from portal.core.sessions import OVER
from tests.accounts.signing_in import sign_in_again
from tests.factories.core import UserFactory
from tests.factories.portal import AimFactory
from tests.portal.members.conftest import signed_in
from tests.portal.members.writing_posts import ADD, TYPED, the_post

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 5, 11, tzinfo=UTC)
HERE = {"origin": "http://testserver"}
HOSTILE = "\"><script>alert('x')</script>\r\n"
ENDED, CHANGED = "サインインが終わっていたため、送信していません", "もう一度送信してください"


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def browser(clock):
    return signed_in(UserFactory())


def is_in(browser):
    return browser.get("/accounts/").status_code == 200


def heading_of(response):
    return re.search(r"<h1>(.+?)</h1>", response.content.decode())[1]


def kept_in(response):
    """What the form on a page holds, as a browser would send it."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.content.decode())
    return {unescape(name): unescape(value) for name, value in fields}


def test_a_session_that_is_not_used_for_half_a_day_ends(clock, browser):
    clock.shift(timedelta(hours=11, minutes=59))
    assert is_in(browser)
    clock.shift(timedelta(hours=12))
    assert not is_in(browser)


def test_a_page_that_lies_open_in_the_back_office_is_no_use_of_it(clock):
    browser = signed_in(UserFactory(is_staff=True, is_superuser=True))
    editors = reverse("admin:portal_aim_editors", args=[AimFactory().pk])
    for _ in range(11):
        clock.shift(timedelta(hours=1))
        assert browser.get(editors).status_code == 200
    clock.shift(timedelta(hours=1))
    assert browser.get(editors).status_code == 302


def test_a_session_that_is_used_all_the_time_ends_after_a_day_and_says_so(clock, browser):
    for _ in range(23):
        clock.shift(timedelta(hours=1))
        assert is_in(browser)
    clock.shift(timedelta(hours=1))
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value

    assert OVER in browser.get("/accounts/", follow=True).content.decode()
    browser.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(browser)


def test_signing_in_again_begins_a_new_day(clock, browser):
    clock.shift(timedelta(hours=11))
    browser.post("/accounts/logout/")
    sign_in_again(browser, browser.person)
    clock.shift(timedelta(hours=11))
    assert is_in(browser)
    clock.shift(timedelta(hours=11))
    assert is_in(browser)


def test_a_form_that_was_opened_before_the_day_was_over_is_taken(clock, member):
    for hours in (11, 11):
        clock.shift(timedelta(hours=hours))
        member.get(ADD)
    clock.shift(timedelta(hours=2, minutes=30))
    member.post(ADD, TYPED, headers=HERE)
    assert the_post().title == TYPED["title"]

    clock.shift(timedelta(minutes=31))
    member.post(ADD, TYPED, headers=HERE)
    assert MemberPost.objects.count() == 1


def test_what_was_typed_waits_for_the_next_sign_in_and_arrives_as_it_was(clock, town, member):
    typed = TYPED | {"body": f"一行目\r\n{HOSTILE}最後の行"}
    clock.shift(timedelta(hours=13))
    refused = member.post(ADD, typed, headers=HERE)

    assert (refused.status_code, heading_of(refused)) == (403, ENDED)
    assert "private" in refused["Cache-Control"]
    assert "<script>alert" not in refused.content.decode()
    assert MemberPost.objects.count() == 0

    sign_in_again(member, member.person)
    member.post(ADD, kept_in(refused), headers=HERE)
    assert (the_post().title, the_post().owner) == (TYPED["title"], town)
    assert {line in the_post().body for line in ("一行目", "最後の行")} == {True}


def test_a_token_of_the_session_before_is_told_and_the_form_sent_once_more(member):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = member.cookies
    browser.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    refused = browser.post(ADD, TYPED | {"csrfmiddlewaretoken": "b" * 32}, headers=HERE)
    assert (refused.status_code, heading_of(refused)) == (403, CHANGED)
    assert MemberPost.objects.count() == 0

    kept = kept_in(refused)
    assert {name: kept[name] for name in TYPED} == TYPED
    browser.post(ADD, kept, headers=HERE)
    assert the_post().title == TYPED["title"]


@pytest.mark.parametrize(
    ("origin", "cookie"), [("https://elsewhere.example", "a" * 32), ("null", "a" * 32), ("http://testserver", "")]
)
def test_what_another_site_sent_or_a_browser_without_cookies_is_not_offered(member, origin, cookie):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = member.cookies
    browser.cookies[settings.CSRF_COOKIE_NAME] = cookie
    if not cookie:
        del browser.cookies[settings.CSRF_COOKIE_NAME]
    refused = browser.post(ADD, TYPED, headers={"origin": origin})

    assert (refused.status_code, heading_of(refused)) == (403, "送信を確認できませんでした")
    assert TYPED["title"] not in refused.content.decode()


def test_a_password_is_never_kept(client):
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    secret = {"login": "a@example.jp", "password": "a quiet river in spring"}
    refused = client.post("/accounts/login/", secret, headers=HERE)

    assert (refused.status_code, heading_of(refused)) == (403, "送信を確認できませんでした")
    assert secret["password"] not in refused.content.decode()


def test_of_a_file_it_is_said_that_it_must_be_chosen_again(client):
    refused = client.post(ADD, TYPED | {"picture": SimpleUploadedFile("田.jpg", b"x")}, headers=HERE)
    told = client.post(ADD, TYPED, headers=HERE)

    words = "選んだファイルは残せません。"
    assert (words in refused.content.decode(), words in told.content.decode()) == (True, False)


def test_where_nothing_was_typed_one_is_simply_sent_to_sign_in(client):
    assert client.post(ADD, headers=HERE).status_code == 302
    assert client.get(ADD, headers=HERE).status_code == 302


@pytest.mark.parametrize(
    ("answer", "leads"),
    [
        (HttpResponseRedirect("/accounts/login/?next=/a/%3Fb%3D1"), True),
        (HttpResponseRedirect("/accounts/login/?next=/elsewhere/"), False),
        (HttpResponseRedirect("/a/?b=1"), False),
        (HttpResponse(), False),
    ],
)
def test_only_what_would_come_back_to_the_form_leads_to_the_sign_in(rf, answer, leads):
    assert leads_to_sign_in(rf.post("/a/?b=1"), answer) is leads


def test_the_back_office_keeps_what_was_typed_too(client):
    refused = client.post("/admin/portal/newsitem/add/", {"title": "町長の訪問"}, headers=HERE)

    assert (refused.status_code, heading_of(refused)) == (403, ENDED)
    assert kept_in(refused)["title"] == "町長の訪問"
