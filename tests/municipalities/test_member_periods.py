"""When a municipality belonged to an agreement: while both it was a member and the agreement was in force."""

from datetime import date

import pytest

from municipalities.models import CooperationAgreement
from tests.factories.municipalities import AgreementMemberFactory, CooperationAgreementFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

SIGNED, LATER, LAST = date(2016, 4, 26), date(2018, 4, 1), date(2020, 4, 1)


@pytest.mark.parametrize(
    ("ends", "joined", "left", "period"),
    [
        (None, SIGNED, None, (SIGNED, None)),
        (None, LATER, None, (LATER, None)),
        (None, date(2015, 1, 1), None, (SIGNED, None)),
        (LAST, SIGNED, None, (SIGNED, LAST)),
        (None, SIGNED, LATER, (SIGNED, LATER)),
        (LAST, SIGNED, LATER, (SIGNED, LATER)),
        (LATER, SIGNED, LAST, (SIGNED, LATER)),
    ],
)
def test_a_period_is_what_the_two_have_in_common(ends, joined, left, period):
    agreement = CooperationAgreementFactory(signed_on=SIGNED, ends_on=ends)
    town = MunicipalityFactory()
    AgreementMemberFactory(agreement=agreement, municipality=town, joined_on=joined, left_on=left)

    assert CooperationAgreement.objects.all().member_periods() == [(town.pk, *period)]


@pytest.mark.parametrize(("ends", "joined", "left"), [(None, date(2015, 1, 1), SIGNED), (LATER, LAST, None)])
def test_what_the_two_do_not_have_in_common_is_no_period(ends, joined, left):
    agreement = CooperationAgreementFactory(signed_on=SIGNED, ends_on=ends)
    AgreementMemberFactory(agreement=agreement, joined_on=joined, left_on=left)

    assert CooperationAgreement.objects.all().member_periods() == []


def test_other_agreements_are_not_asked():
    AgreementMemberFactory(agreement=CooperationAgreementFactory(is_demo=True))
    AgreementMemberFactory(agreement=CooperationAgreementFactory(publication_state="withdrawn"))

    assert CooperationAgreement.objects.published().official().member_periods() == []
