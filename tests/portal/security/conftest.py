"""The portal as it runs behind https, and pages that fail in each way."""

import runpy

import pytest

from portal.env import BASE_DIR
from tests.conftest import StrictClient

# What tells plain http from https, by the names of Django's settings.
OF_HTTPS = ("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_")


@pytest.fixture
def https(settings, monkeypatch):
    """The settings that HTTPS=true makes, read as a server reads them when it starts."""
    monkeypatch.setenv("HTTPS", "true")
    monkeypatch.setenv("TRUSTED_PROXY_COUNT", "1")
    made = runpy.run_path(str(BASE_DIR / "portal" / "settings.py"))
    for name, value in made.items():
        if name.startswith(OF_HTTPS):
            setattr(settings, name, value)
    settings.ROOT_URLCONF = "tests.portal.urls_that_fail"


@pytest.fixture
def secure(https):
    """A browser that comes by https, through one proxy, and gets the page of a failure."""
    return StrictClient(raise_request_exception=False, headers={"X-Forwarded-Proto": "https"})
