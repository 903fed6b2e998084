"""/statistics/prefectures/: how many municipalities of each prefecture are partners, in numbers and per cent."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from municipalities.choices import MunicipalityKind, Relation
from portal.statistics import rules
from portal.statistics.coverage import coverage_on
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

URL = "/statistics/prefectures/"
DAY = "2021-01-01"


@pytest.fixture
def places():
    """Two prefectures, and Tokyo with two wards tied with one another, a city that is a member, and one that is not."""
    tokyo = PrefectureFactory(code="13", name="東京都")
    nagano, gifu = PrefectureFactory(code="20", name="長野県"), PrefectureFactory(code="21", name="岐阜県")
    ward, other = WardFactory(number=1, prefecture=tokyo), WardFactory(number=2, prefecture=tokyo)
    city = MunicipalityFactory(number=201, prefecture=tokyo, kind=MunicipalityKind.CITY)
    MunicipalityFactory(number=202, prefecture=tokyo, kind=MunicipalityKind.CITY)
    towns = [MunicipalityFactory(number=300 + n, prefecture=nagano) for n in range(3)]
    MunicipalityFactory(number=300, prefecture=gifu)
    WardTieFactory(ward=ward, municipality=other)
    WardTieFactory(ward=ward, municipality=towns[0])
    WardTieFactory(ward=other, municipality=towns[0])
    MembershipFactory(municipality=city)
    MembershipFactory(municipality=towns[0])
    CooperationAgreementFactory(bodies=[], members=towns[:2])
    MembershipFactory(municipality=towns[2], is_demo=True)
    CooperationAgreementFactory(bodies=[], publication_state="draft", publish_at=None, members=[towns[2]])


def test_every_prefecture_has_its_line_and_tokyo_a_second_without_the_wards(client, places):
    assert table(client.get(URL, {"as_of": DAY}), "都道府県別の連携自治体") == [
        ["都道府県", "自治体数", "各区の交流", "会員登録", "広域連携協定", "連携自治体", "割合"],
        ["東京都", "4", "1", "1", "0", "2", "50.0%"],
        ["東京都（特別区を除く）", "2", "0", "1", "0", "1", "50.0%"],
        ["長野県", "3", "1", "1", "2", "2", "66.6%"],
        ["岐阜県", "1", "0", "0", "0", "0", "0.0%"],
        ["全国", "8", "2", "2", "2", "4", "50.0%"],
        ["全国（特別区を除く）", "6", "1", "2", "2", "3", "50.0%"],
    ]


def test_every_number_leads_to_a_list_of_that_length(client, places):
    page = client.get(URL, {"as_of": DAY})
    coverage = page.context["coverage"]
    cells = [cell for place in (*coverage.places, *coverage.totals) for cell in place.cells]

    assert len(cells) == 24
    for number, address in cells:
        asked = dict(parse_qsl(urlsplit(address).query))
        response = client.get(urlsplit(address).path, asked)
        assert response.context["form"].errors == {}
        assert response.context["page"].paginator.count == number
    addresses = {address for number, address in cells if number}
    assert addresses <= {part.split('"')[0].replace("&amp;", "&") for part in page.content.decode().split('href="')}


def test_the_map_shows_per_cent_and_leads_to_the_lists(client, places):
    page = client.get(URL, {"as_of": DAY})

    assert texts(page, "tile-map__link") == ["東京都 50%", "長野県 66.6%", "岐阜県 0%"]
    assert [tile.step for tile in page.context["coverage"].tiles] == [3, 3, 0]
    assert links(page)["東京都 50%"] == f"{reverse('partner_list')}?as_of={DAY}&set=union&prefecture=13&outside=on"
    assert texts(page, "tile-map-legend__step") == ["0", "0.1～24.9", "25～49.9", "50～74.9", "75以上"]


def test_the_day_decides(client, places):
    assert table(client.get(URL, {"as_of": "2010-03-31"}), "都道府県別")[5] == ["全国", "8", "0", "0", "0", "0", "0.0%"]


def test_a_wrong_day_is_said(client, places):
    response = client.get(URL, {"as_of": "2021-02-30"})

    assert response.status_code == 200
    assert "error-summary" in response.content.decode()


def test_where_there_are_no_municipalities_there_is_no_share(client):
    PrefectureFactory(code="20", name="長野県")

    assert table(client.get(URL), "都道府県別の連携自治体")[1][-1] == "–"
    assert coverage_on(date(2021, 1, 1)).tiles[0].step == 0


def test_the_list_can_leave_the_wards_out(client, places):
    response = client.get(reverse("partner_list"), {"as_of": DAY, "outside": "on", "prefecture": "13"})

    assert [str(row) for row in response.context["page"]] == ["第201町"]


@pytest.mark.parametrize(
    ("partners", "municipalities", "percent"),
    [(0, 39, "0.0"), (1, 1741, "0.0"), (2, 3, "66.6"), (1740, 1741, "99.9"), (26, 26, "100.0"), (372, 1718, "21.6")],
)
def test_a_share_is_cut_off_and_not_rounded(partners, municipalities, percent):
    assert rules.coverage(partners, municipalities) == Decimal(percent)


@given(st.integers(1, 3000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_100_is_said_only_where_all_take_part(numbers):
    partners, municipalities = numbers
    percent = rules.coverage(partners, municipalities)

    assert (percent == 100) == (partners == municipalities)
    assert 0 <= partners * 100 / municipalities - float(percent) < 0.1 + 1e-9


def test_no_share_of_nothing():
    assert rules.coverage(0, 0) is None


def test_the_page_of_numbers_leads_here(client):
    assert links(client.get("/statistics/?as_of=2021-01-01"))["都道府県別の連携自治体"] == f"{URL}?as_of=2021-01-01"
    assert reverse("partner_coverage") == URL


def test_the_sets_of_a_prefecture_overlap_and_its_union_does_not(places):
    nagano = next(place for place in coverage_on(date(2021, 1, 1)).places if place.code == "20")

    assert [number for number, _ in nagano.cells] == [1, 1, 2, 2]
    assert nagano.partners.within(Relation.EXCHANGE, Relation.AGREEMENT) == 1


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, count, django_assert_num_queries):
    for town in MunicipalityFactory.create_batch(count):
        MembershipFactory(municipality=town)

    with django_assert_num_queries(3):
        client.get(URL)
