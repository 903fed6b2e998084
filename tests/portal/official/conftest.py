"""The official data, loaded once for the tests of this folder and taken back at their end."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="package")
def official_data(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", stdout=StringIO())
        call_command("load_official", stdout=StringIO())
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)
