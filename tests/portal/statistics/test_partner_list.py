"""/statistics/partners/: the list behind a number is as long as the number, on any day."""

from datetime import date

import pytest
from django.urls import reverse

from municipalities.choices import Relation
from portal.statistics.definitions import OF_OVERLAPS
from portal.statistics.partners import OVERLAPS
from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)
from tests.reading import links, main_text, table, texts

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


@pytest.fixture
def overlapping():
    """Towns in each combination of sets: two tied and members, one tied and in an agreement, one in all, one alone."""
    first, second, agreed, everywhere, alone = MunicipalityFactory.create_batch(5)
    for town in (first, second, agreed, everywhere):
        WardTieFactory(municipality=town)
    for town in (first, second, everywhere, alone):
        MembershipFactory(municipality=town)
    CooperationAgreementFactory(members=[agreed, everywhere])
    CooperationAgreementFactory(members=[first], publication_state="draft")
    CooperationAgreementFactory(members=[second], is_demo=True)
    return {"first": first, "second": second, "agreed": agreed, "everywhere": everywhere}


OVERLAPPING = {
    "各区の交流自治体と会員登録自治体": ("exchange-member", ["first", "second", "everywhere"]),
    "各区の交流自治体と広域連携協定の構成自治体": ("exchange-agreement", ["agreed", "everywhere"]),
    "会員登録自治体と広域連携協定の構成自治体": ("member-agreement", ["everywhere"]),
    "各区の交流自治体と会員登録自治体と広域連携協定の構成自治体": (
        "exchange-member-agreement",
        ["everywhere"],
    ),
}


@pytest.mark.parametrize("page", ["statistics", "overview"])
def test_every_overlap_leads_to_a_list_of_its_length(client, overlapping, page):
    response = client.get(reverse(page), {"as_of": DAY})

    assert table(response, "区分の重なり")[1:] == [
        [label, str(len(names))] for label, (_, names) in OVERLAPPING.items()
    ]
    for name, _ in OVERLAPPING.values():
        assert f"{reverse('partner_list')}?as_of={DAY}&amp;set={name}" in response.content.decode()


@pytest.mark.parametrize("label", OVERLAPPING)
def test_the_list_of_an_overlap_says_what_it_is(client, overlapping, label):
    name, towns = OVERLAPPING[label]
    response = client.get(reverse("partner_list"), {"as_of": DAY, "set": name})

    assert listed(response) == [str(overlapping[town]) for town in towns]
    assert texts(response, "results__total") == [f"{len(towns)}自治体"]
    assert f"{label}の重なり" in main_text(response)
    assert OF_OVERLAPS[next(o for o in OVERLAPS if o.name == name)].counts in main_text(response)


def test_an_overlap_of_a_set_without_records_is_not_nought(client):
    WardTieFactory(municipality=MunicipalityFactory())
    MembershipFactory(municipality=MunicipalityFactory())

    shown = table(client.get(reverse("statistics"), {"as_of": DAY}), "区分の重なり")
    assert [row[1] for row in shown[1:]] == ["0", "記録なし", "記録なし", "記録なし"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"as_of": "2021-02-30"}, "日付として読めません"),
        ({"set": "friends"}, "正しく選択してください"),
        ({"set": "member-exchange"}, "正しく選択してください"),
        ({"set": "exchange-union"}, "正しく選択してください"),
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
