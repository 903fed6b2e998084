"""The prefectures."""

import pytest

from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardTieFactory,
)

pytestmark = pytest.mark.django_db

URL = "/prefectures/"


def test_each_prefecture_shows_its_municipalities_and_the_officially_linked_ones(client):
    kyoto = PrefectureFactory(code="26", name="京都府", region="近畿")
    members = [MunicipalityFactory(prefecture=kyoto) for _ in range(3)]
    CooperationAgreementFactory(members=members[:1], bodies=[PartnerBodyFactory(prefecture=kyoto)])
    MembershipFactory(municipality=members[0])
    MembershipFactory(municipality=members[1], is_demo=True)

    response = client.get(URL)

    assert [(row.name, row.municipality_count, row.linked_count) for row in response.context["prefectures"]] == [
        ("京都府", 3, 1)
    ]
    assert (response.context["municipality_total"], response.context["linked_total"]) == (3, 1)
    assert '<a href="/prefectures/26/">京都府</a>' in response.content.decode()


def test_prefectures_stand_under_their_region(client):
    PrefectureFactory(code="40", name="福岡県", region="九州・沖縄")
    PrefectureFactory(code="01", name="北海道", region="北海道")
    PrefectureFactory(code="47", name="沖縄県", region="九州・沖縄")
    html = client.get(URL).content.decode()

    order = [html.index(words) for words in (">北海道</th>", ">九州・沖縄</th>", ">福岡県</a>", ">沖縄県</a>")]
    assert order == sorted(order)
    assert html.count(">九州・沖縄</th>") == 1


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    for number in range(rows):
        prefecture = PrefectureFactory(code=f"{number % 12 + 14}")
        WardTieFactory(municipality=MunicipalityFactory(prefecture=prefecture, number=200 + number))

    with django_assert_num_queries(1):
        client.get(URL)
