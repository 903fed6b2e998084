"""Where the back office is and who finds it there is for whoever runs the site to say."""

import runpy
from importlib import reload

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import clear_url_caches

from portal import urls
from portal.core.networks import NOWHERE
from portal.env import BASE_DIR, networks
from portal.operations.checks import admin_path_is_its_own
from tests.accounts.signing_in import sign_in
from tests.conftest import StrictClient
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db
INSIDE = ["10.20.0.0/16", "2001:db8::/32"]


@pytest.fixture
def closed(settings):
    """The back office is for two networks, and one proxy is trusted to say who comes."""
    settings.ADMIN_NETWORKS = networks("ADMIN_NETWORKS", INSIDE)
    settings.TRUSTED_PROXY_COUNT = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def coming_from(forwarded=None, remote="127.0.0.1"):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return StrictClient(headers=headers, REMOTE_ADDR=remote)


def headers_of(response):
    """But for the number of the request, and how long its page is, which repeats its own address."""
    return {name: value for name, value in response.items() if name not in ("X-Request-ID", "Content-Length")}


@pytest.fixture
def moved(settings):
    """Gives the back office another address."""

    def move(path):
        settings.ADMIN_PATH = path
        reload(urls)
        clear_url_caches()

    yield move
    move("admin/")


@pytest.mark.parametrize("address", ["10.20.1.2", "2001:db8::1", "::ffff:10.20.1.2", " 203.0.113.9, 10.20.1.2"])
def test_from_within_it_is_there(closed, address):
    browser = coming_from(address)
    sign_in(browser, UserFactory(is_staff=True, is_superuser=True))

    assert browser.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        *("10.21.0.1", "203.0.113.9", "2001:db9::1", "::ffff:203.0.113.9"),
        # A visitor wrote the first, the proxy the last.
        *("10.20.1.2, 203.0.113.9", "10.20.1.2,"),
        *("", "unknown", "10.20.1.2:443x", "10.20.1", "010.020.001.002", "10.20.1.2\t;", None),
    ],
)
def test_from_elsewhere_nothing_is_there(closed, address):
    browser = coming_from(address, remote="10.20.1.2")
    sign_in(browser, UserFactory(is_staff=True, is_superuser=True))
    # The greeting stands on the first page only.
    browser.get(NOWHERE)
    nothing = browser.get(NOWHERE)
    assert nothing.status_code == 404
    for path in ("/admin/", "/admin", "/admin/read-back/", "/%61dmin/"):
        hidden = browser.get(path)
        # The page repeats its own address.
        told = hidden.content.replace(f"testserver{hidden.wsgi_request.path}".encode(), f"testserver{NOWHERE}".encode())
        assert (path, hidden.status_code, told) == (path, 404, nothing.content)
        assert headers_of(hidden) == headers_of(nothing)


def test_where_no_proxy_is_trusted_none_is_believed(settings):
    settings.ADMIN_NETWORKS = networks("ADMIN_NETWORKS", INSIDE)
    settings.TRUSTED_PROXY_COUNT = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    assert coming_from(remote="10.20.1.2").get("/admin/").status_code == 302
    assert coming_from("10.20.1.2", remote="10.20.1.2").get("/admin/").status_code == 404
    assert coming_from("10.20.1.2", remote="203.0.113.9").get("/admin/").status_code == 404


def test_the_public_site_is_there_for_everybody(closed):
    for address in ("203.0.113.9", "", None):
        assert coming_from(address).get("/about/").status_code == 200
        assert coming_from(address).get("/accounts/login/").status_code == 200


def test_where_no_network_is_named_it_is_there_for_everybody(client):
    assert client.get("/admin/").status_code == 302


def test_at_another_address_it_works_and_leaves_nothing_behind(client, moved):
    moved("office/3f9a/")
    sign_in(client, UserFactory(is_staff=True, is_superuser=True))

    assert client.get("/office/3f9a/").status_code == 200
    assert 'href="/office/3f9a/events/event/"' in client.get("/office/3f9a/events/").content.decode()
    assert [client.get(path).status_code for path in ("/admin/", "/admin", "/admin/read-back/")] == [404, 404, 404]
    assert admin_path_is_its_own() == []


def test_nobody_is_told_where_it_is(client, moved):
    moved("office/")

    for path in ("/", "/robots.txt", "/sitemap.xml", "/site-map/", "/accounts/login/", "/no/such/page/"):
        told = client.get(path).content.decode()
        assert (path, "office/" in told, "/admin" in told) == (path, False, False)


def test_an_address_that_another_page_has_is_told_before_the_site_starts(moved):
    moved("news/")

    assert [error.msg for error in admin_path_is_its_own()] == [
        "ADMIN_PATH の「news/」は、ほかのページのアドレスです。"
    ]


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("ADMIN_PATH", "", "ADMIN_PATH は「admin/」のように"),
        ("ADMIN_PATH", "admin", "ADMIN_PATH は「admin/」のように"),
        ("ADMIN_PATH", "/admin/", "ADMIN_PATH は「admin/」のように"),
        ("ADMIN_PATH", "<int:x>/", "ADMIN_PATH は「admin/」のように"),
        ("ADMIN_NETWORKS", "10.20.0.0/33", "ADMIN_NETWORKS は「127.0.0.0/8,10.0.0.0/8」のように"),
        ("ADMIN_NETWORKS", "10.20.0.1/16", "ADMIN_NETWORKS は「127.0.0.0/8,10.0.0.0/8」のように"),
        ("ADMIN_NETWORKS", "10.20.0.0/16,,", None),
        ("ADMIN_NETWORKS", "everywhere", "ADMIN_NETWORKS は「127.0.0.0/8,10.0.0.0/8」のように"),
    ],
)
def test_what_cannot_be_meant_stops_the_site(monkeypatch, name, value, complaint):
    monkeypatch.setenv(name, value)
    settings = BASE_DIR / "portal" / "settings.py"
    if complaint is None:
        assert [str(network) for network in runpy.run_path(str(settings))[name]] == ["10.20.0.0/16"]
        return
    with pytest.raises(ImproperlyConfigured, match=complaint):
        runpy.run_path(str(settings))
