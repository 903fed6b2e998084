"""The portal as a visitor finds it: reference and official data loaded, and something unpublished of each kind."""

import pytest
from django.core.management import call_command

from municipalities.models import Municipality, Ward
from tests.factories.core import AttachmentFactory, ImageFactory
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory, WardProjectFactory
from tests.factories.municipalities import (
    CompanyAgreementFactory,
    MemberPostFactory,
    MembershipFactory,
    MunicipalityProfileFactory,
    WardTieFactory,
)
from tests.factories.portal import NewsItemFactory, PublicationFactory
from tests.following import search_follows


@pytest.fixture(scope="module")
def django_db_setup(django_db_setup, django_db_blocker):
    """Loads the official data once for the whole module; each test still rolls back what it does itself."""
    with search_follows():
        with django_db_blocker.unblock():
            call_command("load_reference", verbosity=0)
            call_command("load_official", verbosity=0)
        yield
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def lively(db):
    """Rows of the kinds of which the official data has none."""
    town, ward = Municipality.objects.get(code="012025"), Ward.objects.get(code="131091")
    return {
        "municipality": town,
        "ward": ward,
        "tie": WardTieFactory(ward=ward, municipality=town),
        "membership": MembershipFactory(municipality=town),
        "company_agreement": CompanyAgreementFactory(),
        "event": EventFactory(),
        "exhibition": ExhibitionFactory(),
        "stop": TourStopFactory(ward=ward),
        "project": WardProjectFactory(ward=ward),
        "news": NewsItemFactory(),
        "post": MemberPostFactory(owner=town, addressed_to=ward),
        "profile": MunicipalityProfileFactory(municipality=town),
        "publication": PublicationFactory(attachment=AttachmentFactory(), cover=ImageFactory()),
    }
