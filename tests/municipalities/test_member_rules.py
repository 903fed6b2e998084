"""Who belongs to an agreement, as it follows from the bodies that signed it."""

from datetime import date

import pytest

from municipalities.actions import derive_members
from municipalities.choices import BodyKind, MunicipalityKind
from municipalities.rules import MEMBER_KINDS
from tests.factories.municipalities import (
    AgreementMemberFactory,
    CooperationAgreementFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    PrefectureFactory,
)

SIGNED = date(2018, 4, 16)


def test_every_kind_of_body_represents_kinds_of_municipalities_of_its_own():
    assert MEMBER_KINDS.keys() == set(BodyKind)
    represented = [kind for kinds in MEMBER_KINDS.values() for kind in kinds]
    assert sorted(represented) == sorted(set(MunicipalityKind) - {MunicipalityKind.SPECIAL_WARD})


@pytest.fixture
def gunma(db):
    return PrefectureFactory(code="10", name="群馬県")


@pytest.fixture
def places(gunma):
    """A city, a town and a village of the prefecture by kind, and the same in another."""
    elsewhere = PrefectureFactory(code="19", name="山梨県")
    for kind in MEMBER_KINDS[BodyKind.CITY_MAYORS] + MEMBER_KINDS[BodyKind.TOWNS_AND_VILLAGES]:
        MunicipalityFactory(prefecture=elsewhere, kind=kind)
    return {
        kind: MunicipalityFactory(prefecture=gunma, kind=kind)
        for kind in (MunicipalityKind.CITY, MunicipalityKind.TOWN, MunicipalityKind.VILLAGE)
    }


def agreement_with(*kinds, prefecture):
    agreement = CooperationAgreementFactory(signed_on=SIGNED)
    agreement.bodies.set([PartnerBodyFactory(kind=kind, prefecture=prefecture) for kind in kinds])
    return agreement


def members(agreement):
    return {(member.municipality, member.joined_on, member.left_on) for member in agreement.members.all()}


@pytest.mark.parametrize(
    ("bodies", "kinds"),
    [
        ([BodyKind.CITY_MAYORS], ["city"]),
        ([BodyKind.TOWNS_AND_VILLAGES], ["town", "village"]),
        ([BodyKind.CITY_MAYORS, BodyKind.TOWNS_AND_VILLAGES], ["city", "town", "village"]),
        ([], []),
    ],
)
def test_the_members_are_those_whom_the_bodies_represent_from_the_day_of_signing(gunma, places, bodies, kinds):
    agreement = agreement_with(*bodies, prefecture=gunma)

    tally = derive_members(agreement=agreement)

    assert members(agreement) == {(places[kind], SIGNED, None) for kind in kinds}
    assert str(tally) == f"協定の構成自治体：新規{len(kinds)}件、更新0件、変更なし0件"


def test_deriving_again_changes_nothing(gunma, places):
    agreement = agreement_with(BodyKind.TOWNS_AND_VILLAGES, prefecture=gunma)
    derive_members(agreement=agreement)
    before = set(agreement.members.values_list("pk", flat=True))

    assert str(derive_members(agreement=agreement)) == "協定の構成自治体：新規0件、更新0件、変更なし2件"
    assert set(agreement.members.values_list("pk", flat=True)) == before


def test_what_departs_from_the_rule_is_put_right(gunma, places):
    agreement = agreement_with(BodyKind.TOWNS_AND_VILLAGES, prefecture=gunma)
    AgreementMemberFactory(agreement=agreement, municipality=places["city"], joined_on=SIGNED)
    AgreementMemberFactory(agreement=agreement, municipality=places["town"], joined_on=SIGNED, left_on=date(2020, 4, 1))

    assert str(derive_members(agreement=agreement)) == "協定の構成自治体：新規1件、更新1件、変更なし0件"
    assert members(agreement) == {(places[kind], SIGNED, None) for kind in ("town", "village")}


def test_the_members_of_other_agreements_stay(gunma, places):
    other = AgreementMemberFactory(municipality=places["town"])

    derive_members(agreement=agreement_with(BodyKind.TOWNS_AND_VILLAGES, prefecture=gunma))

    assert list(other.agreement.members.all()) == [other]
