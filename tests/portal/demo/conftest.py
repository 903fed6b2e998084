"""A demo site beside the official data."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test.utils import override_settings

from tests.following import search_follows
from tests.portal.demo.site import PASSWORD, TOTP_SECRET, official_numbers, seed


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    return {"DATA_DIR": folder, "MEDIA_ROOT": folder / "media"}


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker, folders):
    """The demo data beside the official data, seeded once for all tests of this module."""
    with django_db_blocker.unblock(), search_follows(), transaction.atomic():
        call_command("load_reference", stdout=StringIO())
        call_command("load_official", stdout=StringIO())
        before = official_numbers()
        site = {"DEMO_SITE": True, "DEMO_PASSWORD": PASSWORD, "DEMO_TOTP_SECRET": TOTP_SECRET}
        with override_settings(**folders, **site):
            yield before, seed()
        transaction.set_rollback(True)


@pytest.fixture
def demo_site(seeded, folders, settings, db):
    settings.DEMO_SITE = True
    settings.DEMO_PASSWORD, settings.DEMO_TOTP_SECRET = PASSWORD, TOTP_SECRET
    settings.DATA_DIR, settings.MEDIA_ROOT = folders["DATA_DIR"], folders["MEDIA_ROOT"]


@pytest.fixture
def empty_site(settings, tmp_path, db):
    settings.DEMO_SITE = True
    settings.DATA_DIR = tmp_path
