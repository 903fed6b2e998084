"""/statistics/matrix/: how many municipalities of each prefecture each ward is tied with."""

import gzip
import random
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

import html5lib
import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from municipalities.choices import TieKind
from municipalities.models import WardTie
from portal.statistics.matrix import LEAST, matrix_on
from tests.factories.municipalities import (
    MembershipFactory,
    MunicipalityFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)
from tests.reading import links, main_text, table, texts

pytestmark = pytest.mark.django_db

URL = "/statistics/matrix/"
DAY = date(2021, 1, 1)
HTML_LIMIT = 14 * 1024


@pytest.fixture
def ties():
    """Two wards, tied with one town together and with others apart; what ended, is to begin or is fictional as well."""
    nagano, gifu = PrefectureFactory(code="20", name="長野県"), PrefectureFactory(code="21", name="岐阜県")
    ward, other = WardFactory(number=1, name="千代田区"), WardFactory(number=2, name="中央区")
    town, village = (MunicipalityFactory(number=300 + n, prefecture=nagano) for n in range(2))
    far = MunicipalityFactory(number=300, prefecture=gifu)
    WardTieFactory(ward=ward, municipality=town)
    WardTieFactory(ward=ward, municipality=town, kind=TieKind.DISASTER)
    WardTieFactory(ward=other, municipality=town, starts_on=None)
    WardTieFactory(ward=other, municipality=village)
    WardTieFactory(ward=other, municipality=far, ends_on=date(2020, 4, 1))
    WardTieFactory(ward=ward, municipality=far, starts_on=date(2021, 1, 2))
    WardTieFactory(ward=ward, municipality=village, is_demo=True)
    MembershipFactory(municipality=far)


def test_each_cell_counts_municipalities_and_each_total_counts_them_once(client, ties):
    assert table(client.get(URL, {"as_of": "令和3年1月1日"}), "各区の交流自治体の数") == [
        ["都道府県", "23区", "千代田区", "中央区"],
        ["全国", "2", "1", "2"],
        ["東京都", "0", "0", "0"],
        ["長野県", "2", "1", "2"],
        ["岐阜県", "0", "0", "0"],
    ]


def test_another_day_has_other_numbers(client, ties):
    assert table(client.get(URL, {"as_of": "2020-03-31"}), "各区の交流自治体の数")[-1] == ["岐阜県", "1", "0", "1"]
    assert table(client.get(URL, {"as_of": "2021-01-02"}), "各区の交流自治体の数")[-1] == ["岐阜県", "1", "1", "0"]


def test_only_numbers_that_are_not_0_are_links_and_tinted(client, ties):
    html = client.get(URL, {"as_of": "2021-01-01"}).content.decode()
    document = html5lib.parse(html, namespaceHTMLElements=False)
    cells = list(document.iter("td"))

    assert len(cells) == 4 * 3
    assert all((cell.find("a") is None) == ("".join(cell.itertext()) == "0") for cell in cells)
    assert [(cell.get("data-step"), "".join(cell.itertext())) for cell in cells if cell.get("data-step")] == [
        ("1", "1"),
        ("2", "2"),
    ]


def test_the_table_scrolls_by_itself_and_can_be_reached_by_the_keyboard(client, ties):
    document = html5lib.parse(client.get(URL).content.decode(), namespaceHTMLElements=False)
    (region,) = [element for element in document.iter("div") if element.get("class") == "partner-matrix"]
    caption = next(region.iter("caption"))

    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert region.get("aria-labelledby") == caption.get("id")
    assert {cell.get("scope") for cell in region.iter("th")} == {"row", "col"}


def lists_of(response):
    """What each number of the table says, and the address it leads to."""
    document = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return [("".join(link.itertext()), link.get("href")) for cell in document.iter("td") for link in cell.iter("a")]


def generated(seed, ties):
    """Wards, prefectures, towns and ties between them at random, some of them over and some yet to begin."""
    drawn = random.Random(seed)
    wards = [WardFactory(number=n + 1) for n in range(4)]
    towns = [MunicipalityFactory(prefecture=PrefectureFactory(code=str(20 + n % 3)), number=300 + n) for n in range(9)]
    for kind in TieKind.values:
        for ward, town in drawn.sample([(ward, town) for ward in wards for town in towns], ties):
            starts = date(2018, 1, 1) + timedelta(days=drawn.randrange(1500))
            ends = starts + timedelta(days=drawn.randrange(1, 2000)) if drawn.random() < 0.5 else None
            WardTieFactory(
                ward=ward, municipality=town, kind=kind, starts_on=starts, ends_on=ends, is_demo=drawn.random() < 0.1
            )


@pytest.mark.parametrize("seed", range(2))
def test_every_number_leads_to_a_list_of_that_length(client, seed):
    generated(seed, ties=6)
    page = client.get(URL, {"as_of": "2021-01-01"})
    found = lists_of(page)

    assert len(found) > 12
    for number, address in found:
        asked = dict(parse_qsl(urlsplit(address).query))
        response = client.get(urlsplit(address).path, asked)
        assert response.context["form"].errors == {}
        assert response.context["page"].paginator.count == int(number)


FIRST = date(2018, 4, 1)
days = st.integers(0, 5).map(lambda n: FIRST + timedelta(days=n))
periods = st.tuples(st.none() | days, st.none() | st.integers(1, 5).map(lambda n: FIRST + timedelta(days=5 + n)))


@given(drawn=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), periods), max_size=12), day=days)
def test_the_matrix_says_what_sets_say(drawn, day):
    kinds = [*TieKind.values]
    # Each tie of a ward and a town is of another kind: two of one kind may not overlap.
    kept = {(ward, town, kinds[n % 4]): period for n, (ward, town, period) in enumerate(drawn)}
    held = {
        (ward, town)
        for (ward, town, _), (starts, ends) in kept.items()
        if (starts is None or starts <= day) and (ends is None or day < ends)
    }
    with transaction.atomic():
        wards = [WardFactory(number=n + 1) for n in range(3)]
        towns = [
            MunicipalityFactory(prefecture=PrefectureFactory(code=str(20 + n % 2)), number=300 + n) for n in range(5)
        ]
        WardTie.objects.bulk_create(
            WardTie(ward=wards[ward], municipality=towns[town], kind=kind, starts_on=starts, ends_on=ends)
            for (ward, town, kind), (starts, ends) in kept.items()
        )
        matrix = matrix_on(day)
        transaction.set_rollback(True)

    lines = {line.prefecture.code: line for line in matrix.lines}
    for at in (0, 1):
        line = lines[str(20 + at)]
        assert [cell.total for cell in line.cells] == [
            len({town for tied, town in held if tied == ward and town % 2 == at}) for ward in range(3)
        ]
        assert line.total == len({town for _, town in held if town % 2 == at})
    assert [cell.total for cell in matrix.ward_totals] == [sum(tied == ward for tied, _ in held) for ward in range(3)]
    assert matrix.total == len({town for _, town in held})


def test_a_table_full_of_numbers_keeps_the_budget(client):
    wards = [WardFactory(number=n + 1, name="世田谷区") for n in range(23)]
    prefectures = [PrefectureFactory(code=f"{n:02d}", name=f"第{n}神奈川県") for n in range(1, 48)]
    towns = [[MunicipalityFactory(prefecture=row, number=300 + n) for n in range(12)] for row in prefectures]
    drawn = random.Random(1)
    WardTie.objects.bulk_create(
        WardTie(ward=ward, municipality=town, kind=TieKind.SISTER)
        for ward in wards
        for there in towns
        for town in there[: drawn.randrange(1, 13)]
    )

    page = client.get(URL)

    assert len(lists_of(page)) == 23 * 47 + 23 + 47 + 1
    assert len(gzip.compress(page.content)) < HTML_LIMIT


def test_without_records_the_page_says_so(client):
    WardFactory()
    WardTieFactory(is_demo=True)

    assert "この日の交流の記録は、まだありません。" in main_text(client.get(URL))


@pytest.mark.parametrize("as_of", ["2021-02-30", "きのう", "1900-01-01", "9" * 500])
def test_a_wrong_day_is_said(client, ties, as_of):
    response = client.get(URL, {"as_of": as_of})

    assert response.status_code == 200
    assert "error-summary" in response.content.decode()


def test_the_legend_names_the_tints(client):
    assert texts(client.get(URL), "tile-map-legend__step") == ["0", "1", "2～4", "5～9", "10以上"]
    assert len(LEAST) == 5


def test_the_page_of_numbers_leads_here(client):
    assert links(client.get("/statistics/?as_of=2021-01-01"))["区と都道府県の組合せ"] == f"{URL}?as_of=2021-01-01"
    assert reverse("partner_matrix") == URL


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, count, django_assert_num_queries):
    for town in MunicipalityFactory.create_batch(count):
        WardTieFactory(municipality=town)

    with django_assert_num_queries(4):
        client.get(URL)
