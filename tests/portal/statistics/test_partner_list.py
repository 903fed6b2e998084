"""/statistics/partners/: the list behind a number is as long as the number, on any day."""

from datetime import date

import pytest
from django.urls import reverse

from municipalities.choices import Relation
from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)
from tests.reading import links, table, texts

pytestmark = pytest.mark.django_db

DAY = "2021-01-01"


@pytest.fixture
def partners():
    """A town in all three sets, one that was a member until 2020, one tied from 2022 on, and a fictional tie."""
    everywhere, former, later, fictional = (
        MunicipalityFactory(number=number, prefecture=PrefectureFactory(code=code))
        for number, code in ((201, "20"), (202, "20"), (203, "21"), (204, "21"))
    )
    WardTieFactory(ward=WardFactory(number=3), municipality=everywhere)
    MembershipFactory(municipality=everywhere)
    CooperationAgreementFactory(members=[everywhere])
    MembershipFactory(municipality=former, withdrawn_on=date(2020, 4, 1))
    WardTieFactory(ward=WardFactory(number=4), municipality=later, starts_on=date(2022, 4, 1))
    WardTieFactory(municipality=fictional, is_demo=True)
    return {"everywhere": everywhere, "former": former, "later": later}


def listed(response):
    return [row[0] for row in table(response, "")[1:]] if response.context["page"].object_list else []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"as_of": DAY}, ["everywhere"]),
        ({"as_of": DAY, "set": "union"}, ["everywhere"]),
        ({"as_of": DAY, "set": "member"}, ["everywhere"]),
        ({"as_of": "令和2年3月31日", "set": "member"}, ["everywhere", "former"]),
        ({"as_of": "2022-04-01", "set": "exchange"}, ["everywhere", "later"]),
        ({"as_of": "2022-04-01", "prefecture": "21"}, ["later"]),
        ({"as_of": "2022-04-01", "ward": "131032"}, ["everywhere"]),
        ({"as_of": "2000-01-01"}, []),
    ],
)
def test_the_municipalities_of_a_set_on_a_day(client, partners, query, names):
    response = client.get(reverse("partner_list"), query)

    assert listed(response) == [str(partners[name]) for name in names]
    assert texts(response, "results__total") == [f"{len(names)}自治体"]


def test_the_page_of_numbers_leads_to_lists_of_that_length(client, partners):
    page = client.get(reverse("statistics"), {"as_of": "2022-04-01"})
    numbers = table(page, "連携自治体数（記録から算出")

    assert [row[1] for row in numbers[1:]] == ["2", "1", "1", "2"]
    for relation, row in zip([*Relation], numbers[1:], strict=True):
        response = client.get(reverse("partner_list"), {"as_of": "2022-04-01", "set": relation.value})
        assert len(listed(response)) == int(row[1])
    assert f"{reverse('partner_list')}?as_of=2022-04-01&set=union" in links(page).values()


def test_the_overlaps_are_told(client, partners):
    page = client.get(reverse("statistics"), {"as_of": DAY})

    assert [row[1] for row in table(page, "区分の重なり")[1:]] == ["1", "1", "1", "1"]
    assert "1＋1＋1＝3のうち、2は二つ以上の区分で重なって数えた分です。" in texts(page, "statistics__note")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"as_of": "2021-02-30"}, "日付として読めません"),
        ({"set": "friends"}, "正しく選択してください"),
        ({"prefecture": "48"}, "正しく選択してください"),
        ({"ward": "999999"}, "正しく選択してください"),
    ],
)
def test_what_cannot_be_asked_is_explained(client, partners, query, message):
    response = client.get(reverse("partner_list"), query)

    assert response.status_code == 200
    assert message in " ".join(error for errors in response.context["form"].errors.values() for error in errors)


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, count, django_assert_num_queries):
    CooperationAgreementFactory(members=MunicipalityFactory.create_batch(count))

    with django_assert_num_queries(4):
        client.get(reverse("partner_list"))
