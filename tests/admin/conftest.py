"""People in front of the back office."""

import pytest

from tests.accounts.signing_in import sign_in
from tests.factories.core import UserFactory


@pytest.fixture
def administrator(db):
    return UserFactory(name="管理者", is_staff=True, is_superuser=True)


@pytest.fixture
def office(client, administrator):
    """The browser of an administrator who has signed in with both factors."""
    sign_in(client, administrator)
    return client
