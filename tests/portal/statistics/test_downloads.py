"""The files of a day: each says its day, is the same each time, and is not made for a day that cannot be read."""

import json
from datetime import UTC, date, datetime
from io import BytesIO
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from tests.factories.events import EventFactory
from tests.factories.municipalities import CooperationAgreementFactory, MunicipalityFactory, WardFactory
from tests.factories.portal import PublishedFigureFactory

pytestmark = pytest.mark.django_db

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {
    "municipalities.xlsx": (XLSX, "自治体数一覧_2021-01-01.xlsx"),
    "projects.xlsx": (XLSX, "連携事業一覧_2021-01-01.xlsx"),
    "figures.csv": ("text/csv; charset=utf-8; header=present", "数字で見る_2021-01-01.csv"),
    "figures.json": ("application/json", "数字で見る_2021-01-01.json"),
}


@pytest.fixture
def records():
    WardFactory()
    CooperationAgreementFactory(members=[MunicipalityFactory()])
    EventFactory(first_day=date(2018, 5, 1))
    PublishedFigureFactory(value=660)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_named_after_what_it_holds_and_its_day(client, records, name):
    response = client.get(f"/statistics/{name}", {"as_of": "令和3年1月1日"})

    kind, filename = FILES[name]
    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert unquote(disposition).endswith(filename)


@pytest.mark.parametrize("name", FILES)
def test_the_same_data_and_day_give_the_same_bytes(client, records, time_machine, name):
    time_machine.move_to(datetime(2026, 11, 25, tzinfo=UTC))
    first = client.get(f"/statistics/{name}?as_of=2021-01-01").content
    time_machine.move_to(datetime(2027, 11, 25, tzinfo=UTC))

    assert client.get(f"/statistics/{name}?as_of=2021-01-01").content == first


@pytest.mark.parametrize("name", FILES)
def test_without_a_day_it_is_that_of_today_in_japan(client, time_machine, name):
    time_machine.move_to(datetime(2026, 11, 24, 15, tzinfo=UTC))

    assert "_2026-11-25." in client.get(f"/statistics/{name}").headers["Content-Disposition"]


@pytest.mark.parametrize("as_of", ["2021-02-30", "きのう", "1900-01-01", "9" * 500])
@pytest.mark.parametrize("name", [*FILES, "overview.pdf"])
def test_no_file_is_made_for_a_day_that_cannot_be_read(client, name, as_of):
    response = client.get(f"/statistics/{name}", {"as_of": as_of})

    assert response.status_code == 400
    assert "Content-Disposition" not in response.headers
    html = response.content.decode()
    assert "error-summary" in html
    assert "この日付ではファイルを作れません" in html


def test_the_excel_files_have_their_sheets(client, records):
    def sheets(name):
        content = client.get(f"/statistics/{name}?as_of=2021-01-01").content
        return {page.title: page.max_row for page in load_workbook(BytesIO(content))}

    assert sheets("municipalities.xlsx") == {"区別": 2, "都道府県別": 5, "定義": 9}
    assert sheets("projects.xlsx") == {"各区事業": 1, "23区一体事業": 2}


def test_addresses_in_the_file_begin_with_the_site(client, records, settings):
    def address():
        content = client.get("/statistics/projects.xlsx?as_of=2021-01-01").content
        return load_workbook(BytesIO(content))["23区一体事業"]["N2"].value

    assert address().startswith("http://testserver/events/")
    settings.SITE_URL = "https://portal.example"
    assert address().startswith("https://portal.example/events/")


def test_csv_and_json_hold_the_same_figures(client, records):
    text = client.get("/statistics/figures.csv?as_of=2021-01-01").content.decode("utf-8-sig")
    content = json.loads(client.get("/statistics/figures.json?as_of=2021-01-01").content)

    lines = [line.split(",") for line in text.splitlines()]
    columns = lines[0]
    assert [
        [("" if figure[column] is None else str(figure[column])) for column in columns] for figure in content["figures"]
    ] == lines[1:]
    assert len(lines) > 8
