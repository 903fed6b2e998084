"""The directory of municipalities."""

import pytest

from municipalities.choices import MunicipalityKind
from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)
from tests.reading import texts

pytestmark = pytest.mark.django_db

URL = "/municipalities/"


@pytest.fixture
def get(client):
    """The directory with filters given."""

    def get(**filters):
        response = client.get(URL, filters)
        assert response.status_code == 200
        return response

    return get


def names(response):
    return [row.name for row in response.context["rows"]]


@pytest.fixture
def hakodate():
    return MunicipalityFactory(
        prefecture=PrefectureFactory(code="01", name="北海道"),
        code="012025",
        name="函館市",
        name_kana="はこだてし",
        name_en="Hakodate City",
        kind=MunicipalityKind.CITY,
    )


def test_municipalities_stand_in_the_order_of_their_codes_with_what_they_are(get, hakodate):
    MunicipalityFactory(number=300)
    response = get()
    html = response.content.decode()

    assert html.index("函館市") < html.index("第300町")
    assert f'<a href="{hakodate.get_absolute_url()}">函館市</a>' in html
    assert "はこだてし" in html
    assert texts(response, "results__total") == ["2自治体"]


def test_wards_stand_among_the_municipalities_and_can_be_asked_for(get):
    ward, town = WardFactory(), MunicipalityFactory()

    assert names(get()) == [ward.name, town.name]
    response = get(kind="special_ward")
    assert names(response) == [ward.name]
    assert f'href="/wards/{ward.code}/"' in response.content.decode()


@pytest.mark.parametrize(
    "filters",
    [
        {"q": "ハコダテ"},
        {"q": "012025"},
        {"prefecture": "01"},
        {"kind": "city"},
        {"q": "hakodate", "prefecture": "01", "kind": "city", "relation": "union"},
    ],
)
def test_filters_narrow_the_list(get, hakodate, filters):
    MunicipalityFactory()
    WardTieFactory(municipality=hakodate)

    response = get(**filters)

    assert names(response) == ["函館市"]
    assert response.context["form"].errors == {}


def test_words_that_find_nothing_are_answered_with_a_way_on(get, hakodate):
    response = get(q="東京")
    html = response.content.decode()

    assert texts(response, "results__total") == ["0自治体"]
    assert "見つかりませんでした" in html
    assert f'<a href="{URL}">すべての自治体を見る</a>' in html


@pytest.fixture
def linked():
    both, demo_only = MunicipalityFactory(), MunicipalityFactory()
    WardTieFactory(municipality=both)
    WardTieFactory(municipality=both, is_demo=True)
    WardTieFactory(municipality=demo_only, is_demo=True)
    CooperationAgreementFactory(members=[MunicipalityFactory()], publication_state="draft")
    return both, demo_only


def test_with_a_relation_official_links_are_counted_and_fictional_ones_named_apart(get, linked):
    response = get(relation="exchange")

    assert names(response) == sorted(
        [row.name for row in linked], key=lambda name: response.content.index(name.encode())
    )
    assert (response.context["official_total"], response.context["demo_total"]) == (1, 1)
    (count,) = texts(response, "results__count")
    assert count.startswith("1自治体（このほかデモデータ 1自治体） 令和")
    assert count.endswith("日現在")


def test_without_a_relation_every_municipality_is_counted(get, linked):
    response = get()

    # Three towns, and the wards of three ties.
    assert (response.context["official_total"], response.context["demo_total"]) == (6, 0)
    assert "デモデータ" not in response.content.decode()


def test_chips_name_the_relations_and_mark_the_fictional_ones(get):
    town = MunicipalityFactory()
    MembershipFactory(municipality=town)
    CooperationAgreementFactory(members=[town], is_demo=True)
    row = get().content.decode().split("<tbody>")[1].split("</tbody>")[0]

    chips = [part.split("<")[0] for part in row.split('<span class="chip"')[1:]]
    assert [chip.split(">")[1] for chip in chips] == ["会員", "協定", "デモ"]


def test_pages_hold_fifty_and_keep_the_filters(get, client):
    for number in range(200, 251):
        MunicipalityFactory(number=number)

    first = get(q="第 2".replace(" ", ""), kind="town")
    html = first.content.decode()
    assert len(first.context["rows"]) == 50
    assert 'href="?q=%E7%AC%AC2&amp;kind=town&amp;page=2"' in html

    second = get(q="第2", kind="town", page=2)
    assert names(second) == ["第250町"]
    assert 'href="?q=%E7%AC%AC2&amp;kind=town&amp;page=1"' in second.content.decode()
    assert client.get(URL, {"page": 3}).status_code == 404
    assert client.get(URL, {"page": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        ({"kind": "hamlet"}, "kind"),
        ({"prefecture": "99"}, "prefecture"),
        ({"relation": "friends"}, "relation"),
        ({"q": "あ" * 51}, "q"),
    ],
)
def test_a_wrong_value_is_named_and_left_out(get, filters, field):
    town = MunicipalityFactory()

    response = get(**filters)

    assert list(response.context["form"].errors) == [field]
    assert names(response) == [town.name]


def test_unknown_parameters_are_ignored(get):
    town = MunicipalityFactory()

    response = get(colour="red")

    assert names(response) == [town.name]
    assert response.context["form"].errors == {}


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    for number in range(200, 200 + rows):
        town = MunicipalityFactory(number=number)
        WardTieFactory(municipality=town)
        MembershipFactory(municipality=town)

    with django_assert_num_queries(4):
        client.get(URL, {"relation": "union"})
