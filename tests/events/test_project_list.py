"""The list of the wards' own projects."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.choices import ProjectField, Status
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory
from tests.reading import headings, links, main_text, texts

pytestmark = pytest.mark.django_db

URL = "/projects/"


def titles(response) -> list[str]:
    return [project.title for project in response.context["page"]]


@pytest.fixture
def three(db):
    minato, meguro = WardFactory(code="131032", name="港区"), WardFactory(code="131105", name="目黒区")
    miyagi, hiroshima = PrefectureFactory(code="04", name="宮城県"), PrefectureFactory(code="34", name="広島県")
    kakuda = MunicipalityFactory(code="042081", name="角田市", prefecture=miyagi)
    fuchu = MunicipalityFactory(code="342084", name="府中市", prefecture=hiroshima)
    forest = {"title": "森の教室", "field": ProjectField.ENVIRONMENT, "summary": "木を植える。"}
    WardProjectFactory(ward=minato, fiscal_year=2020, **forest)
    fair = WardProjectFactory(ward=minato, title="物産市", fiscal_year=2019, status=Status.HELD)
    WardProjectFactory(ward=meguro, title="ふるさと市", fiscal_year=2020).municipalities.set([kakuda])
    fair.municipalities.set([fuchu])


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
        ({"status": "held"}, ["物産市"]),
        ({"q": "森"}, ["森の教室"]),
        ({"q": "教室　木を植える"}, ["森の教室"]),
        ({"q": "目黒区 市"}, ["ふるさと市"]),
        ({"q": "角田市"}, ["ふるさと市"]),
        ({"q": "森 市"}, []),
        ({"municipality": "角田市"}, ["ふるさと市"]),
        ({"municipality": "０４２０８１"}, ["ふるさと市"]),
        ({"municipality": "市"}, ["ふるさと市", "物産市"]),
        ({"municipality": "04208"}, []),
        ({"prefecture": "04"}, ["ふるさと市"]),
        ({"prefecture": "34", "q": "物産"}, ["物産市"]),
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


def choices(response, name):
    return [str(label) for _, label in response.context["form"].fields[name].choices]


def test_each_choice_says_how_many_projects_it_has(client, three):
    WardProjectFactory(title="下書き", publication_state="draft")

    response = client.get(URL)

    assert choices(response, "ward") == ["すべて", "港区（2件）", "目黒区（1件）"]
    assert choices(response, "field") == ["すべて", "観光・物産（2件）", "環境・森林（1件）"]
    assert choices(response, "fiscal_year") == [
        *("すべて", "令和2年度（2020年度）・2件", "令和元年度（2019年度）・1件"),
    ]
    assert choices(response, "status") == ["すべて", "予定（2件）", "開催（1件）"]
    assert choices(response, "prefecture") == ["すべて", "宮城県（1件）", "広島県（1件）"]
    assert headings(response)[0] == "事業の一覧（2区・3件）"


def test_the_table_to_download_has_what_was_chosen(client, three):
    assert links(client.get(URL))["CSVをダウンロードする"] == "/open-data/projects.csv"
    chosen = links(client.get(URL, {"ward": "131032"}))
    assert chosen["Excel（xlsx）の表をダウンロードする"] == "/open-data/projects.xlsx?ward=131032"


def test_partners_that_are_not_public_cannot_be_searched_for(client, three):
    hidden = WardProjectFactory(title="先の事業", publish_at=timezone.now() + timedelta(days=9))
    hidden.municipalities.set([MunicipalityFactory(name="白石市")])

    assert titles(client.get(URL, {"municipality": "白石市"})) == []
    assert titles(client.get(URL, {"q": "白石市"})) == []


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
