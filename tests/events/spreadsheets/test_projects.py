"""Ward projects to download as a table."""

import csv
import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from events.choices import ProjectField, Status
from events.models import WardProject
from events.spreadsheets.columns import PROJECTS
from events.spreadsheets.writing import projects_workbook
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import MunicipalityFactory, WardFactory
from tests.reading import texts

pytestmark = pytest.mark.django_db

XLSX, CSV = "/open-data/projects.xlsx", "/open-data/projects.csv"
HEADER = ["番号", "区", "年度", "事業名", "分野", "連携自治体", "実施状況", "概要", "URL", "更新日"]


@pytest.fixture
def project():
    row = WardProjectFactory(
        ward=WardFactory(code="131041", name="新宿区"),
        title="架空の森の教室〜春",
        field=ProjectField.ENVIRONMENT,
        fiscal_year=2020,
        status=Status.HELD,
        summary="=SUM(A1)\n二行目",
        url="https://www.example.jp/",
    )
    row.municipalities.set([MunicipalityFactory(number=300, name="角田市"), MunicipalityFactory(number=301)])
    return row


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def book_of(response):
    return openpyxl.load_workbook(io.BytesIO(response.content))


def cells(project):
    first, second = project.municipalities.all()
    return [
        *(project.pk, "新宿区", 2020, "架空の森の教室〜春", "環境・森林"),
        f"{first.code} 角田市、{second.code} 第301町",
        *("開催", "=SUM(A1)\n二行目", "https://www.example.jp/"),
    ]


def test_the_workbook_has_real_numbers_and_days_and_text_that_is_no_formula(client, project):
    response = client.get(XLSX)

    sheet = book_of(response)["各区事業"]
    header, row = sheet.iter_rows()
    assert [cell.value for cell in header] == HEADER == list(PROJECTS.headers)
    assert [cell.value for cell in row][:-1] == cells(project)
    assert row[-1].value.date() == timezone.localdate(project.updated_at)
    assert [cell.data_type for cell in row] == ["n", "s", "n", "s", "s", "s", "s", "s", "s", "d"]
    assert response.headers["Content-Disposition"] == 'attachment; filename="projects.xlsx"'


def test_the_workbook_is_easy_to_read_and_to_sort(client, project):
    sheet = book_of(client.get(XLSX))["各区事業"]

    assert sheet.freeze_panes == "A2"
    assert sheet.merged_cells.ranges == set()
    assert sheet.column_dimensions["D"].width == 40
    assert sheet["A1"].font.bold


def test_a_second_sheet_explains_every_column(client, project):
    book = book_of(client.get(XLSX))

    assert book.sheetnames == ["各区事業", "項目の説明"]
    explained = list(book["項目の説明"].iter_rows(values_only=True))
    assert explained[0] == ("項目", "意味", "形", "例")
    assert [row[0] for row in explained[1:]] == HEADER
    assert explained[3][1:3] == ("年度（西暦。4月から翌年3月まで）。", "整数（必須）")


def test_the_same_projects_are_the_same_bytes(client, project, time_machine):
    time_machine.move_to(timezone.now())
    first = client.get(XLSX).content
    time_machine.shift(timedelta(days=400))

    assert client.get(XLSX).content == first
    assert projects_workbook(WardProject.objects.none()) == projects_workbook(WardProject.objects.none())


def test_the_workbook_says_when_its_content_changed(client, project):
    with zipfile.ZipFile(io.BytesIO(client.get(XLSX).content)) as archive:
        said = archive.read("docProps/core.xml").decode()

    assert f"{project.updated_at:%Y-%m-%dT%H:%M:%SZ}" in said
    assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_character_that_a_workbook_cannot_hold_is_left_out(client, project):
    WardProject.objects.update(summary="前\x0b後")

    assert book_of(client.get(XLSX))["各区事業"]["H2"].value == "前後"


def test_the_csv_says_the_same_in_text(client, project):
    response = client.get(CSV)

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.content.endswith(b"\r\n")
    header, row = rows_of(response)
    expected = [*(str(cell) for cell in cells(project)), timezone.localdate(project.updated_at).isoformat()]
    expected[7] = "'" + expected[7]
    assert (header, row) == (HEADER, expected)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"


def test_the_csv_is_given_in_windows_31j(client, project):
    response = client.get(CSV, {"enc": "sjis"})

    assert "架空の森の教室～春" in response.content.decode("cp932")
    assert response.headers["Content-Type"] == "text/csv; charset=Windows-31J; header=present"


@pytest.mark.parametrize("address", [XLSX, CSV])
def test_only_what_is_public_and_official_is_given(client, project, address):
    for fields in (
        {"publication_state": "draft"},
        {"publication_state": "withdrawn"},
        {"publish_at": timezone.now() + timedelta(days=1)},
        {"unpublish_at": timezone.now() - timedelta(days=1)},
        {"is_demo": True},
    ):
        WardProjectFactory(title="出してはいけない事業", **fields)

    response = client.get(address)

    if address == CSV:
        assert [row[3] for row in rows_of(response)] == ["事業名", "架空の森の教室〜春"]
    else:
        assert [row[3].value for row in book_of(response)["各区事業"]] == ["事業名", "架空の森の教室〜春"]


def test_the_filters_of_the_page_choose_the_rows(client, project):
    WardProjectFactory(ward=WardFactory(code="131105", name="目黒区"), title="ふるさと市", fiscal_year=2019)

    assert [row[3] for row in rows_of(client.get(CSV, {"ward": "131105"}))] == ["事業名", "ふるさと市"]
    assert [row[3] for row in rows_of(client.get(CSV, {"q": "森"}))] == ["事業名", "架空の森の教室〜春"]


@pytest.mark.parametrize("address", [XLSX, CSV])
def test_a_wrong_filter_is_explained_instead_of_giving_too_much(client, project, address):
    response = client.get(address, {"ward": "999999"})

    assert texts(response, "error-summary__list") == [
        "実施する区：正しく選択してください。 999999 は候補にありません。"
    ]
    assert "Content-Disposition" not in response.headers


@pytest.mark.parametrize("rows", [1, 3, 50])
@pytest.mark.parametrize("address", [XLSX, CSV])
def test_a_table_takes_four_queries(client, address, rows, django_assert_num_queries):
    for _ in range(rows):
        WardProjectFactory().municipalities.set([MunicipalityFactory(), MunicipalityFactory()])

    with django_assert_num_queries(4):
        assert client.get(address).status_code == 200
