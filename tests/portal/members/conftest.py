"""People of member municipalities, signed in."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.conftest import StrictClient
from tests.factories.core import UserFactory
from tests.factories.municipalities import MembershipFactory, MemberStaffFactory, MunicipalityFactory
from tests.portal.members import writing_events


def signed_in(person, kind=StrictClient):
    browser: Client = kind()
    sign_in(browser, person)
    browser.person = person
    return browser


@pytest.fixture
def town():
    """A municipality that is a member."""
    town = MunicipalityFactory(name="山川町", name_kana="やまかわちょう", name_en="Yamakawa Town")
    MembershipFactory(municipality=town)
    return town


@pytest.fixture
def member(town):
    """A person of the town, at their browser."""
    return signed_in(MemberStaffFactory(municipality=town, user__name="町の職員").user)


@pytest.fixture
def kakuda():
    """A member whose files of events are at hand."""
    return writing_events.town()


@pytest.fixture
def browser(kakuda):
    """A person of Kakuda, at their browser."""
    return writing_events.browser_of(kakuda)


@pytest.fixture
def neighbour():
    """A person of another member municipality."""
    other = MunicipalityFactory(name="海辺町")
    MembershipFactory(municipality=other)
    return signed_in(MemberStaffFactory(municipality=other, user__name="隣町の職員").user)


@pytest.fixture
def known_kinds(db):
    """What kinds of records there are is known to every process that has answered a page before."""
    ContentType.objects.get_for_models(*apps.get_models())


@pytest.fixture
def secretary():
    person = UserFactory(name="事務局の職員", is_staff=True)
    person.groups.add(ensure_groups()[Role.SECRETARIAT])
    return person
