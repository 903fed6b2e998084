"""The list of the wards' own projects."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.choices import ProjectField
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import MunicipalityFactory, WardFactory
from tests.reading import headings, links, main_text, texts

pytestmark = pytest.mark.django_db

URL = "/projects/"


def titles(response) -> list[str]:
    return [project.title for project in response.context["page"]]


@pytest.fixture
def three(db):
    minato, meguro = WardFactory(code="131032", name="港区"), WardFactory(code="131105", name="目黒区")
    WardProjectFactory(ward=minato, title="森の教室", field=ProjectField.ENVIRONMENT, fiscal_year=2020)
    WardProjectFactory(ward=minato, title="物産市", field=ProjectField.TOURISM, fiscal_year=2019)
    WardProjectFactory(ward=meguro, title="ふるさと市", field=ProjectField.TOURISM, fiscal_year=2020)


def test_a_project_says_what_who_when_and_with_whom(client):
    project = WardProjectFactory(
        ward=WardFactory(code="131105", name="目黒区"), title="ふるさと市", fiscal_year=2020, is_demo=True
    )
    project.municipalities.set([MunicipalityFactory(name="角田市"), MunicipalityFactory(name="気仙沼市")])

    response = client.get(URL)

    assert texts(response, "project-item") == [
        "目黒区 ふるさと市 連携自治体：角田市、気仙沼市 観光・物産 予定 デモ 令和2年度（2020年度）"
    ]
    assert links(response)["ふるさと市"] == project.get_absolute_url()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["森の教室", "ふるさと市", "物産市"]),
        ({"ward": "131032"}, ["森の教室", "物産市"]),
        ({"field": "tourism"}, ["ふるさと市", "物産市"]),
        ({"fiscal_year": "2020"}, ["森の教室", "ふるさと市"]),
        ({"ward": "131032", "field": "tourism", "fiscal_year": "2019"}, ["物産市"]),
        ({"ward": "131105", "fiscal_year": "2019"}, []),
    ],
)
def test_filters_alone_and_together(client, three, filters, found):
    assert titles(client.get(URL, filters)) == found


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"ward": "131091"}, "実施する区：正しく選択してください。 131091 は候補にありません。"),
        ({"field": "song"}, "分野：正しく選択してください。 song は候補にありません。"),
        ({"fiscal_year": "x"}, "年度：正しく選択してください。 x は候補にありません。"),
    ],
)
def test_a_wrong_filter_is_explained_and_left_out(client, three, filters, message):
    response = client.get(URL, filters)

    assert response.status_code == 200
    assert texts(response, "error-summary__list") == [message]
    assert len(titles(response)) == 3


def test_what_is_not_public_does_not_appear_and_only_the_total_is_known(client):
    WardProjectFactory(title="下書きの事業", publication_state="draft")
    WardProjectFactory(title="取り下げた事業", publication_state="withdrawn")
    WardProjectFactory(title="先の事業", publish_at=timezone.now() + timedelta(days=9))

    response = client.get(URL)

    assert titles(response) == []
    assert "これまでに公表されているのは、事業の総数だけです。" in main_text(response)
    assert links(response)["数字で見る"] == "/statistics/"


def test_no_match_offers_the_whole_list(client, three):
    response = client.get(URL, {"ward": "131105", "fiscal_year": "2019"})

    assert headings(response) == ["条件に合う事業（0件）"]
    assert links(response)["条件を外して一覧を見る"] == URL
    assert "総数だけです" not in main_text(response)


def test_a_page_that_does_not_exist_is_not_found(client, three):
    assert client.get(URL, {"page": "2"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_takes_five_queries(client, rows, django_assert_num_queries):
    for _ in range(rows):
        WardProjectFactory().municipalities.set([MunicipalityFactory(), MunicipalityFactory()])

    with django_assert_num_queries(5):
        response = client.get(URL)

    assert len(titles(response)) == rows
