"""Members of agreements and what is not known of municipalities, on both sides of the border of each rule."""

from datetime import date

import pytest

from municipalities.checks import check_agreement_member, check_membership, check_municipality, check_tie
from municipalities.models import AgreementMember, CooperationAgreement, Membership, Municipality, WardTie

SIGNED, ENDED = date(2016, 4, 26), date(2020, 4, 1)
TOWN = Municipality(name="東川町")


def doubts(joined_on, left_on=None, ends_on=None):
    agreement = CooperationAgreement(signed_on=SIGNED, ends_on=ends_on)
    member = AgreementMember(agreement=agreement, municipality=TOWN, joined_on=joined_on, left_on=left_on)
    found = check_agreement_member(member)
    return [(doubt.code, doubt.field, doubt.message) for doubt in found]


def test_nobody_joins_before_the_agreement_is_signed():
    assert doubts(date(2016, 4, 25)) == [
        ("period", "joined_on", "参加日が、協定の締結日（平成28年4月26日（火曜日））より前です。")
    ]


def test_nobody_joins_once_the_agreement_is_over():
    assert doubts(ENDED, ends_on=ENDED) == [("period", "joined_on", "参加日が、協定の終了日より後です。")]


def test_nobody_leaves_after_the_agreement_is_over():
    assert doubts(SIGNED, date(2020, 4, 2), ENDED) == [("period", "left_on", "離脱日が、協定の終了日より後です。")]


@pytest.mark.parametrize(
    ("joined_on", "left_on", "ends_on"),
    [
        (SIGNED, None, None),
        (SIGNED, date(2019, 4, 1), None),
        (SIGNED, None, ENDED),
        (SIGNED, ENDED, ENDED),
        (date(2020, 3, 31), None, ENDED),
    ],
)
def test_who_belongs_while_it_holds_is_well(joined_on, left_on, ends_on):
    assert doubts(joined_on, left_on, ends_on) == []


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, [("missing_reading", "name_kana"), ("missing_coordinates", "latitude")]),
        ({"name_kana": "ひがしかわちょう"}, [("missing_coordinates", "latitude")]),
        ({"name_kana": "ひがしかわちょう", "latitude": 43, "longitude": 142}, []),
    ],
)
def test_what_is_not_known_of_a_municipality(fields, found):
    municipality = Municipality(name="東川町", **fields)

    assert [(doubt.code, doubt.field) for doubt in check_municipality(municipality)] == found


GONE = date(2020, 4, 1)
MERGED = Municipality(name="旧町", dissolved_on=GONE)


@pytest.mark.parametrize(("ends", "outlives"), [(date(2020, 3, 31), False), (GONE, False), (date(2020, 4, 2), True)])
@pytest.mark.parametrize(
    ("check", "model", "field"),
    [
        (check_tie, WardTie, "ends_on"),
        (check_membership, Membership, "withdrawn_on"),
        (check_agreement_member, AgreementMember, "left_on"),
    ],
)
def test_nothing_outlives_the_municipality_it_is_with(check, model, field, ends, outlives):
    party = {"agreement": CooperationAgreement(signed_on=SIGNED), "joined_on": SIGNED}
    others = party if model is AgreementMember else {}

    found = list(check(model(municipality=MERGED, **others, **{field: ends})))

    message = "旧町は令和2年3月31日（火曜日）に廃止されましたが、その後も続いていることになっています。"
    assert [(doubt.code, doubt.field, doubt.message) for doubt in found] == [("dissolved", field, message)] * outlives
    assert [doubt.code for doubt in check(model(municipality=MERGED, **others))] == ["dissolved"]
    assert list(check(model(municipality=TOWN, **others))) == []
