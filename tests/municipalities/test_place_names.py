"""The names of places for forms."""

import pytest

from municipalities.place_names import place_names
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns(db):
    WardFactory(code="131091", name="品川区")
    WardFactory(code="131032", name="港区")
    nagano, kyoto = PrefectureFactory(code="20", name="長野県"), PrefectureFactory(code="26", name="京都府")
    return [
        MunicipalityFactory(prefecture=nagano, number=201, name="甲市"),
        MunicipalityFactory(prefecture=nagano, number=202, name="乙市"),
        MunicipalityFactory(prefecture=kyoto, number=203, name="丙市"),
    ]


def test_wards_and_prefectures_by_their_codes_and_no_town(towns, django_assert_num_queries):
    with django_assert_num_queries(1):
        names = place_names()

    assert names.wards == [("131032", "港区"), ("131091", "品川区")]
    assert names.prefectures == [("13", "東京都"), ("20", "長野県"), ("26", "京都府")]
    assert names.municipalities == []


@pytest.mark.parametrize(
    ("prefecture", "town", "found"),
    [("20", None, ["甲市", "乙市"]), ("", 2, ["丙市"]), ("20", 2, ["甲市", "乙市", "丙市"]), ("99", None, [])],
)
def test_the_towns_of_a_prefecture_and_one_by_its_code(towns, prefecture, town, found, django_assert_num_queries):
    code = "" if town is None else towns[town].code

    with django_assert_num_queries(1):
        names = place_names(prefecture, code)

    assert [name for _, name in names.municipalities] == found
