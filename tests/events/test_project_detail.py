"""The page of a ward's project."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from events.choices import Status
from events.models import WardProject
from tests.factories.core import SourceNoteFactory
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory
from tests.reading import facts, headings, main_text, texts

pytestmark = pytest.mark.django_db


def page(client, project: WardProject):
    response = client.get(project.get_absolute_url())
    assert response.status_code == 200
    return response


def test_what_who_when_and_with_whom(client):
    project = WardProjectFactory(
        ward=WardFactory(code="131105", name="目黒区"),
        title="ふるさと市",
        fiscal_year=2019,
        summary="特産品を紹介します。",
        url="https://project.example.jp/",
        is_demo=True,
    )
    miyagi = PrefectureFactory(code="04", name="宮城県")
    project.municipalities.set([MunicipalityFactory(prefecture=miyagi, name="角田市")])
    SourceNoteFactory(record=project, reason="注意書き")

    response = page(client, project)

    assert headings(response, 1) == ["ふるさと市"]
    assert facts(response) == {
        "実施する区": ["目黒区"],
        "年度": ["令和元年度（2019年度）"],
        "分野": ["観光・物産"],
        "連携自治体": ["宮城県角田市"],
        "ホームページ": ["https://project.example.jp/"],
    }
    assert texts(response, "project__chips") == ["観光・物産 予定 デモ"]
    assert texts(response, "status-banner") == []
    assert texts(response, "source-notes__reason") == ["※ 注意書き"]
    assert "特産品を紹介します。" in main_text(response)


def test_partners_that_no_paper_names(client):
    assert facts(page(client, WardProjectFactory()))["連携自治体"] == ["資料に記載なし"]


def test_a_cancelled_project_says_so_first(client):
    assert texts(page(client, WardProjectFactory(status=Status.CANCELLED)), "status-banner") == ["中止"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"publication_state": "draft"}, 404),
        ({"publish_at": timezone.now() + timedelta(days=9)}, 404),
        ({"publication_state": "withdrawn"}, 410),
    ],
)
def test_what_is_not_public_is_missing_or_says_that_it_was_withdrawn(client, fields, status):
    project = WardProjectFactory(title="秘密の事業", **fields)

    response = client.get(project.get_absolute_url())

    assert response.status_code == status
    assert ("秘密の事業" in main_text(response)) is (status == 410)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_project_takes_four_queries(client, rows, django_assert_num_queries):
    ContentType.objects.get_for_model(WardProject)
    project = WardProjectFactory()
    project.municipalities.set([MunicipalityFactory() for _ in range(rows)])
    SourceNoteFactory.create_batch(rows, record=project)

    with django_assert_num_queries(4):
        response = page(client, project)

    assert len(facts(response)["連携自治体"]) == rows
