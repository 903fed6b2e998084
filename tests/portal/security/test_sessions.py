"""A session that somebody else laid out for a visitor opens nothing."""

import pytest
from django.conf import settings

from tests.accounts.signing_in import confirm_address, give_code, give_password, set_up_app, sign_in
from tests.conftest import StrictClient
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db


def key_of(browser):
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def with_key(key):
    browser = StrictClient()
    browser.cookies[settings.SESSION_COOKIE_NAME] = key
    return browser


def test_the_session_of_a_visitor_is_another_one_once_they_sign_in(client):
    user = UserFactory()
    confirm_address(user)
    session = client.session
    session["laid_out"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = laid_out = session.session_key
    give_password(client, user)

    assert key_of(client) != laid_out
    assert client.get("/accounts/").status_code == 200
    assert with_key(laid_out).get("/accounts/").status_code == 302


def test_a_key_that_the_site_never_gave_is_not_taken_up(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    user = UserFactory()
    confirm_address(user)
    give_password(client, user)

    assert key_of(client) != "a" * 32
    assert with_key("a" * 32).get("/accounts/").status_code == 302


def test_between_password_and_code_nothing_is_open_and_the_code_changes_the_key(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    confirm_address(user)
    secret = set_up_app(user)
    give_password(client, user)
    half = key_of(client)
    assert with_key(half).get("/admin/").status_code == 302
    give_code(client, secret)

    assert key_of(client) != half
    assert client.get("/admin/").status_code == 200
    assert with_key(half).get("/admin/").status_code == 302


def test_signing_out_ends_the_session_and_not_only_the_cookie(client):
    sign_in(client, UserFactory())
    key = key_of(client)
    client.post("/accounts/logout/")

    assert with_key(key).get("/accounts/").status_code == 302


def test_another_user_in_the_same_browser_finds_nothing_of_the_one_before(client):
    sign_in(client, UserFactory(name="前の人"))
    before = key_of(client)
    client.post("/accounts/logout/", follow=True)
    sign_in(client, UserFactory(name="次の人"))

    assert key_of(client) != before
    assert "前の人" not in client.get("/accounts/").content.decode()
