"""Whole addresses, for what is read away from the site."""

import pytest
from django.test import RequestFactory

from portal.core.addresses import naming_authority, site_address


@pytest.mark.parametrize(
    ("site_url", "address", "authority"),
    [
        ("https://portal.example", "https://portal.example", "portal.example"),
        ("https://portal.example/", "https://portal.example", "portal.example"),
        ("https://portal.example:8443", "https://portal.example:8443", "portal.example"),
        ("", "http://localhost", "portal.localhost"),
    ],
)
def test_the_address_is_the_site_s_own_where_it_has_one(settings, site_url, address, authority):
    settings.SITE_URL = site_url
    request = RequestFactory().get("/", headers={"host": "localhost"})

    assert site_address(request) == address
    assert naming_authority() == authority


def test_without_one_it_is_the_one_asked_under(settings):
    settings.SITE_URL = ""

    assert site_address(RequestFactory().get("/", secure=True)) == "https://testserver"
