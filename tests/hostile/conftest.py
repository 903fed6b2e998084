"""A site on which something of every kind is there, and one of each kind of visitor."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.core.guard import stamp
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.factories.core import AttachmentFactory, ImageFactory, UserFactory
from tests.factories.disaster_support import DisasterFactory
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory, VenueFactory, WardProjectFactory
from tests.factories.municipalities import (
    CompanyAgreementFactory,
    MemberPostFactory,
    MembershipFactory,
    MemberStaffFactory,
    MunicipalityFactory,
    WardFactory,
    WardStaffFactory,
    WardTieFactory,
)
from tests.factories.portal import NewsItemFactory, PublicationFactory


@pytest.fixture
def town(db):
    return MunicipalityFactory(name="山川町")


@pytest.fixture
def ward(db):
    return WardFactory()


@pytest.fixture
def lively(settings, town, ward):
    """Nobody is asked to wait: what is tried here is what is sent, not how often."""
    settings.RATE_LIMITS = False
    settings.ACCOUNT_RATE_LIMITS = False
    MembershipFactory(municipality=town)
    WardTieFactory(ward=ward, municipality=town)
    EventFactory(owner=town, venue=VenueFactory())
    ExhibitionFactory()
    TourStopFactory(ward=ward)
    WardProjectFactory(ward=ward)
    NewsItemFactory()
    MemberPostFactory(owner=town, addressed_to=ward)
    CompanyAgreementFactory()
    DisasterFactory()
    PublicationFactory(attachment=AttachmentFactory(), cover=ImageFactory())


def browser(person=None):
    """It tells of a failure by its status, as a server does."""
    client = Client(raise_request_exception=False)
    if person is not None:
        sign_in(client, person)
    return client


@pytest.fixture(params=["visitor", "member", "ward editor", "secretariat", "superuser"])
def visitor(request, lively, town, ward):
    """Somebody of each kind, their name, and where they begin."""
    made = {
        "visitor": lambda: (browser(), ["/", "/contact/", "/feedback/?page=/wards/", "/accounts/login/", "/site-map/"]),
        "member": lambda: (
            browser(MemberStaffFactory(municipality=town).user),
            ["/members/dashboard/", "/accounts/2fa/"],
        ),
        "ward editor": lambda: (browser(WardStaffFactory(ward=ward).user), ["/admin/"]),
        "secretariat": lambda: (browser(secretary()), ["/admin/"]),
        "superuser": lambda: (browser(UserFactory(is_staff=True, is_superuser=True)), ["/admin/"]),
    }
    client, entrances = made[request.param]()
    return request.param, client, entrances


def secretary():
    person = UserFactory(is_staff=True)
    person.groups.add(ensure_groups()[Role.SECRETARIAT])
    return person


def opened_a_minute_ago():
    return stamp(timezone.now() - timedelta(minutes=1))
