"""The site map: the navigation, the prefectures, the wards, the fiscal years."""

import pytest

from portal.core.navigation import every_page
from tests.factories.events import EventFactory, ExhibitionFactory
from tests.factories.municipalities import PrefectureFactory, WardFactory
from tests.reading import headings, links

pytestmark = pytest.mark.django_db


def test_every_page_of_the_tree_is_there(client):
    shown = links(client.get("/site-map/"))

    assert {page.label: page.url for page in every_page() if page.view_name != "site_map"}.items() <= shown.items()


def test_prefectures_stand_by_region_and_wards_in_their_order(client):
    PrefectureFactory(code="47", name="沖縄県", region="九州・沖縄")
    PrefectureFactory(code="01", name="北海道", region="北海道")
    tokyo = PrefectureFactory(code="13", name="東京都", region="関東")
    WardFactory(code="131024", name="中央区", prefecture=tokyo)
    WardFactory(code="131016", name="千代田区", prefecture=tokyo)
    response = client.get("/site-map/")

    assert [(region, [str(row) for row in rows]) for region, rows in response.context["regions"]] == [
        ("北海道", ["北海道"]),
        ("関東", ["東京都"]),
        ("九州・沖縄", ["沖縄県"]),
    ]
    shown = links(response)
    assert shown["北海道"] == "/prefectures/01/"
    assert [label for label in shown if label.endswith("区")] == ["千代田区", "中央区"]


def test_only_years_with_something_public_are_there(client):
    EventFactory(first_day=None, last_day=None, date_precision="unknown", fiscal_year=2017)
    ExhibitionFactory(first_day=None, last_day=None, date_precision="unknown", fiscal_year=2015)
    EventFactory(first_day=None, last_day=None, date_precision="unknown", fiscal_year=2012, publication_state="draft")
    shown = links(client.get("/site-map/"))

    assert [label for label in shown if "年度）" in label] == ["平成29年度（2017年度）", "平成27年度（2015年度）"]


def test_without_records_no_heading_stands_alone(client):
    assert "年度別の一覧" not in headings(client.get("/site-map/"), 3)


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    for number in range(rows):
        PrefectureFactory(code=f"{number + 1:02d}")
        EventFactory()

    with django_assert_num_queries(3):
        client.get("/site-map/")
