"""Members of agreements and what is not known of municipalities, on both sides of the border of each rule."""

from datetime import date

import pytest

from municipalities.checks import check_agreement_member, check_municipality
from municipalities.models import AgreementMember, CooperationAgreement, Municipality

SIGNED, ENDED = date(2016, 4, 26), date(2020, 4, 1)


def doubts(joined_on, left_on=None, ends_on=None):
    agreement = CooperationAgreement(signed_on=SIGNED, ends_on=ends_on)
    found = check_agreement_member(AgreementMember(agreement=agreement, joined_on=joined_on, left_on=left_on))
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
