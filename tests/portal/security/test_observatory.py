"""Every kind of page scores well by the rules of MDN's HTTP Observatory, behind https."""

import pytest
from django.core.management import call_command
from django.http import HttpResponse

from tests.accounts.signing_in import sign_in
from tests.factories.core import UserFactory
from tests.factories.municipalities import MembershipFactory, MemberStaffFactory
from tests.portal.security.observatory import RULES, score

pytestmark = pytest.mark.django_db
LEAST = 130


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/accounts/login/", 200),
        ("/accounts/password/reset/", 200),
        ("/contact/", 200),
        ("/admin/login/", 302),
        ("/bad/", 400),
        ("/forbidden/", 403),
        ("/no/such/page/", 404),
        ("/broken/", 500),
        ("/no-database/", 503),
    ],
)
def test_what_anybody_gets(secure, address, status):
    response = secure.get(address)

    assert response.status_code == status
    assert score(response) >= LEAST, {name: rule(response) for name, rule in RULES.items()}


@pytest.mark.parametrize("address", ["/admin/", "/admin/events/event/", "/accounts/", "/accounts/2fa/"])
def test_what_staff_get(secure, address):
    sign_in(secure, UserFactory(is_staff=True, is_superuser=True))
    response = secure.get(address)

    assert response.status_code == 200
    assert score(response) >= LEAST, {name: rule(response) for name, rule in RULES.items()}


def test_what_a_member_gets(secure):
    sign_in(secure, MemberStaffFactory(municipality=MembershipFactory().municipality).user)
    response = secure.get("/members/dashboard/")

    assert response.status_code == 200
    assert score(response) >= LEAST, {name: rule(response) for name, rule in RULES.items()}


def test_a_site_that_is_worked_on(secure, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    call_command("maintenance", "on")
    response = secure.get("/")

    assert response.status_code == 503
    assert score(response) >= LEAST


@pytest.mark.parametrize(
    ("header", "value", "modifiers"),
    [
        ("Content-Security-Policy", "default-src 'none'", {"content-security-policy": 10}),
        ("Content-Security-Policy", "default-src 'self'", {"content-security-policy": 5}),
        ("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'", {"content-security-policy": -20}),
        ("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-eval'", {"content-security-policy": -10}),
        ("Content-Security-Policy", "img-src 'self'", {"content-security-policy": -20}),
        ("Strict-Transport-Security", "max-age=600", {"strict-transport-security": -10}),
        ("Strict-Transport-Security", "always", {"strict-transport-security": -20}),
        ("Referrer-Policy", "unsafe-url", {"referrer-policy": -5}),
        ("Cross-Origin-Opener-Policy", "unsafe-none", {"cross-origin-opener-policy": 0}),
        ("Cross-Origin-Resource-Policy", "anything", {"cross-origin-resource-policy": -5}),
        ("X-Frame-Options", "DENY", {"x-frame-options": 5}),
        ("X-Content-Type-Options", "sniff", {"x-content-type-options": -5}),
    ],
)
def test_the_rules_tell_good_from_bad(header, value, modifiers):
    response = HttpResponse("<p>", headers={header: value})

    assert {name: RULES[name](response) for name in modifiers} == modifiers


def test_cookies_and_scripts_count():
    page = HttpResponse('<script src="//elsewhere.example/a.js"></script>')
    page.set_cookie("sessionid", "x", secure=True)
    assert (RULES["cookies"](page), RULES["subresource-integrity"](page)) == (-30, -50)

    page.set_cookie("sessionid", "x", secure=True, httponly=True, samesite="Lax")
    page.content = '<script src="/a.js" integrity="sha384-x"></script>'
    assert (RULES["cookies"](page), RULES["subresource-integrity"](page)) == (5, 5)


def test_an_answer_that_says_nothing_scores_badly():
    assert score(HttpResponse("<p>")) == 100 - 25 - 20 - 20 - 5
