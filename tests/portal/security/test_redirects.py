"""Nobody is led away from the site by an address that somebody else wrote."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests.accounts.signing_in import PASSWORD, code_now, confirm_address, give_password, set_up_app, sign_in
from tests.conftest import StrictClient
from tests.factories.core import UserFactory
from tests.factories.municipalities import MembershipFactory, MemberStaffFactory

pytestmark = pytest.mark.django_db

AWAY = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "https:evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://[evil.example",
]


def leads_within(response):
    """Where an answer leads: a path of this site, and nothing that a browser takes for another site."""
    target = response.headers["Location"]
    parts = urlsplit(target)
    is_path = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    assert is_path or (parts.scheme, parts.netloc) == ("http", "testserver"), target
    return parts.path


@pytest.mark.parametrize("target", AWAY)
def test_signing_in_leads_to_the_page_of_whoever_signs_in(client, target):
    user = UserFactory()
    confirm_address(user)

    response = give_password(client, user, next=target, redirect=target, url=target)

    assert (response.status_code, leads_within(response)) == (302, "/members/after-sign-in/")


@pytest.mark.parametrize("target", AWAY)
def test_a_hidden_field_leads_nowhere_else_either(client, target):
    user = UserFactory()
    confirm_address(user)

    response = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD, "next": target})

    assert (response.status_code, leads_within(response)) == (302, "/members/after-sign-in/")
    assert leads_within(client.get("/accounts/login/", {"next": target})) == "/members/after-sign-in/"


def test_a_path_of_this_site_with_a_line_break_stays_one_line(client):
    user = UserFactory()
    confirm_address(user)

    response = give_password(client, user, next="/about/\r\nLocation: https://evil.example/")

    assert response.headers["Location"] == "/about/%0D%0ALocation:%20https://evil.example/"


@pytest.mark.parametrize("target", AWAY)
def test_the_second_factor_leads_into_the_back_office(client, target):
    user = UserFactory(is_staff=True, is_superuser=True)
    confirm_address(user)
    secret = set_up_app(user)
    give_password(client, user, next=target)

    address = reverse("mfa_authenticate", query={"next": target})
    response = client.post(address, {"code": code_now(secret), "next": target})

    assert (response.status_code, leads_within(response)) == (302, "/admin/")


@pytest.mark.parametrize("target", AWAY)
def test_proving_once_more_who_one_is_leads_home(client, target):
    sign_in(client, UserFactory())

    response = client.post(reverse("account_reauthenticate", query={"next": target}), {"password": PASSWORD})

    assert response.status_code == 302
    assert "evil" not in leads_within(response)


@pytest.mark.parametrize("target", AWAY)
def test_signing_out_leads_to_the_top_page(client, target):
    sign_in(client, UserFactory())

    response = client.post("/accounts/logout/", {"next": target}, query_params={"next": target})

    assert (response.status_code, leads_within(response)) == (302, "/")


@pytest.mark.parametrize("target", AWAY)
def test_the_door_of_the_back_office_leads_to_the_sign_in(client, target):
    response = client.get("/admin/login/", {"next": target})
    assert (response.status_code, leads_within(response)) == (302, "/accounts/login/")

    user = UserFactory()
    confirm_address(user)
    after = client.post(response.headers["Location"], {"login": user.email, "password": PASSWORD})
    assert (after.status_code, leads_within(after)) == (302, "/members/after-sign-in/")


@pytest.mark.parametrize(
    "path", ["//evil.example/admin", "//evil.example/admin/", "/\\evil.example/about", "//evil.example"]
)
def test_a_path_that_looks_like_another_site_leads_nowhere(client, path):
    response = client.generic("GET", "/", PATH_INFO=path)

    assert response.status_code == 404


@pytest.mark.parametrize(
    "path", ["//evil.example/@page=2/", "/@page=2///evil.example/", "//evil.example/feed/index.xml"]
)
def test_the_way_back_from_a_copy_leads_to_pages_of_the_site(client, path):
    response = client.generic("GET", "/", PATH_INFO=path)

    assert response.status_code == 404


@pytest.mark.parametrize("target", AWAY)
def test_no_form_of_a_member_believes_where_it_was_sent_from(target):
    browser = StrictClient()
    sign_in(browser, MemberStaffFactory(municipality=MembershipFactory().municipality).user)
    sent = {"next": target, "return": target, "_popup": "1", "_to_field": target}
    headers = {} if "\r" in target else {"Referer": target}

    response = browser.post("/members/people/me/", sent | {"name": "町の職員"}, headers=headers, query_params=sent)

    assert "evil" not in response.headers.get("Location", "")
    assert response.status_code in (200, 302)
