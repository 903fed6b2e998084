"""The 23 wards."""

import pytest

from tests.factories.municipalities import MunicipalityFactory, WardFactory, WardTieFactory
from tests.reading import texts

pytestmark = pytest.mark.django_db

URL = "/wards/"


def test_the_wards_stand_in_the_official_order(client):
    for number in (23, 1, 9):
        WardFactory(number=number)
    MunicipalityFactory()

    response = client.get(URL)

    assert [ward.name for ward in response.context["wards"]] == ["第1区", "第9区", "第23区"]
    assert '<a href="/wards/131016/">第1区</a>' in response.content.decode()


def test_official_ties_are_counted_with_their_unit(client):
    ward = WardFactory(number=1)
    WardTieFactory(ward=ward)
    WardTieFactory(ward=ward)
    WardTieFactory(ward=ward, is_demo=True)
    WardTieFactory(ward=WardFactory(number=2), is_demo=True)

    assert texts(client.get(URL), "ward-grid__ties") == ["交流2件・2自治体", "交流の登録なし"]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    for number in range(rows):
        WardTieFactory(ward=WardFactory(number=number % 23 + 1))

    with django_assert_num_queries(1):
        client.get(URL)
