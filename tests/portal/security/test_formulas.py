"""No file that leaves the portal makes a spreadsheet run what somebody typed."""

import csv
import io
import re

import openpyxl
import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from portal.open_data.tables import DATASETS
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.factories.core import ContactPointFactory, UserFactory
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.factories.events import EventFactory, ExhibitionFactory, VenueFactory, WardProjectFactory
from tests.factories.municipalities import MemberPostFactory, MembershipFactory, MunicipalityFactory, WardTieFactory
from tests.factories.portal import NewsItemFactory, PublishedFigureFactory

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r"[+-]?[0-9.]+|\+[0-9() -]+")
ATTACKS = ['=HYPERLINK("//evil.example")', "+1+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1+1", "'=1+1"]


@pytest.fixture
def attacked(db):
    """Text that a spreadsheet would run, in every kind of record that is given out."""
    for text in ATTACKS:
        town = MunicipalityFactory(name=text, name_kana=text)
        MembershipFactory(municipality=town)
        WardTieFactory(title=text, municipality=town)
        contact = ContactPointFactory(department=text)
        EventFactory(title=text, summary=text, venue=VenueFactory(name=text, address=text), contact=contact)
        ExhibitionFactory(title=text)
        WardProjectFactory(title=text, summary=text)
        disaster = DisasterFactory(name=text)
        SupportRecordFactory(disaster=disaster, amount_yen=None, description=text, kind="goods")
        NewsItemFactory(title=text)
        MemberPostFactory(title=text, owner=town)
        PublishedFigureFactory(label=text)


def holds_all(cells):
    return all(any(text.strip() in cell for cell in cells) for text in ATTACKS)


def content(response):
    assert response.status_code == 200, response
    return b"".join(response.streaming_content) if response.streaming else response.content


def cells_of_csv(response, encoding="utf-8-sig"):
    return [cell for row in csv.reader(io.StringIO(content(response).decode(encoding))) for cell in row]


def runs(cell):
    """Whether a spreadsheet takes the text of a cell of a CSV file for a formula, and not for a number."""
    return cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not NUMBER.fullmatch(cell)


def formulas_of_workbook(response):
    book = openpyxl.load_workbook(io.BytesIO(content(response)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return [cell.coordinate for cell in cells if cell.data_type == "f"], [cell.value for cell in cells]


CSV_FILES = [
    *(f"/open-data/{name}.csv" for name in DATASETS),
    "/open-data/projects.csv",
    "/statistics/figures.csv",
]
WITHOUT_TEXT_OF_PEOPLE = {"/open-data/agreements.csv", "/open-data/statistics.csv", "/statistics/figures.csv"}


def test_no_public_table_runs_anything(client, attacked):
    for address in CSV_FILES:
        cells = cells_of_csv(client.get(address))
        assert (address, [cell for cell in cells if runs(cell)]) == (address, [])
        if address not in WITHOUT_TEXT_OF_PEOPLE:
            assert (address, holds_all(cells)) == (address, True)
        in_windows = client.get(address, {"enc": "sjis"})
        if in_windows.status_code == 200 and "Windows-31J" in in_windows.headers["Content-Type"]:
            assert [cell for cell in cells_of_csv(in_windows, "cp932") if runs(cell)] == []


def test_no_public_workbook_runs_anything(client, attacked):
    for address in ("/open-data/projects.xlsx", "/statistics/municipalities.xlsx", "/statistics/projects.xlsx"):
        formulas, values = formulas_of_workbook(client.get(address))
        assert (address, formulas, len(values) > 10) == (address, [], True)


def exports():
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_export"
        try:
            yield reverse(name, args=["csv"]), reverse(name, args=["xlsx"])
        except NoReverseMatch:
            continue


def test_no_table_of_the_back_office_runs_anything(client, attacked):
    secretary = UserFactory(is_staff=True, is_superuser=True, name=ATTACKS[0])
    secretary.groups.add(ensure_groups()[Role.SECRETARIAT])
    sign_in(client, secretary)
    held = 0
    for as_csv, as_workbook in exports():
        cells = cells_of_csv(client.get(as_csv))
        formulas, _ = formulas_of_workbook(client.get(as_workbook))
        assert (as_csv, [cell for cell in cells if runs(cell)], formulas) == (as_csv, [], [])
        held += holds_all(cells)
    assert held >= 8
