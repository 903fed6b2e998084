"""The workbook of a ward: all that is on record of it, to correct, to continue, and to read in again."""

import io
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from openpyxl import load_workbook

from events.models import Event, TourStop, WardProject
from municipalities.models import WardTie
from portal.back_office import BackOffice
from portal.core.models import Version
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.admin.spreadsheets.files import book, changes, content, everything, outcomes, reasons, saved, send
from tests.admin.spreadsheets.test_imports import AWKWARD
from tests.core.importing.files import with_parts
from tests.english import english_on
from tests.factories.core import UserFactory
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory, VenueFactory, WardProjectFactory
from tests.factories.municipalities import MunicipalityFactory, WardFactory, WardStaffFactory, WardTieFactory

pytestmark = pytest.mark.django_db

WORKBOOK = "/admin/municipalities/ward/131041/workbook/"
IMPORT = f"{WORKBOOK}import/"
MODELS = (WardTie, WardProject, TourStop, Event)
SHEETS = ["交流", "各区事業", "巡回展示", "イベント"]


@pytest.fixture
def records(ward, town):
    """Records of the ward with every kind of awkward value, and one of each kind of another ward."""
    WardTieFactory(ward=ward, municipality=town, starts_on=None, ends_on=date(2020, 4, 1), title=AWKWARD)
    WardTieFactory(ward=ward, starts_on=date(1899, 12, 31), evidence="令和２年")
    WardProjectFactory(ward=ward, title="=1+1", summary=AWKWARD, publication_state="draft", publish_at=None)
    project = WardProjectFactory(ward=ward, title="架空の森の教室", url="https://www.example.jp/森")
    project.municipalities.set([town, MunicipalityFactory()])
    exhibition = ExhibitionFactory(title="2020年 展示", subtitle="ぐんま、「絹」")
    TourStopFactory(exhibition=exhibition, ward=ward, note="調整中")
    venue = VenueFactory(name="本館；\n別館")
    days = {"first_day": date(2021, 1, 11), "last_day": date(2021, 1, 12)}
    TourStopFactory(exhibition=exhibition, ward=ward, venue=venue, fiscal_year=2020, **days)
    EventFactory(owner=ward, title=AWKWARD, number="007", start_time="10:00:30", fee="-5", programme=AWKWARD)
    EventFactory(owner=ward, first_day=None, fiscal_year=2020, date_note="未定", venue=None, is_free=None)
    month = {"first_day": date(2026, 12, 1), "last_day": date(2026, 12, 31), "date_precision": "month"}
    EventFactory(owner=ward, **month)
    other = WardFactory(code="131091", name="品川区")
    for factory in (WardTieFactory, WardProjectFactory, TourStopFactory):
        factory(ward=other)
    EventFactory(owner=other)


def downloaded(office):
    return load_workbook(io.BytesIO(content(office.get(WORKBOOK))))


def cell(sheet, header, row=2):
    """The cell of a row under a header."""
    column = next(one.column for one in sheet[1] if one.value == header)
    return sheet.cell(row=row, column=column)


def confirm(office, shown):
    return office.post(IMPORT, {"ticket": shown.context["ticket"]}, follow=True)


def test_the_page_of_a_ward_leads_to_its_workbook(office, ward):
    page = office.get(reverse("admin:municipalities_ward_change", args=[ward.pk])).content.decode()

    assert f'href="{WORKBOOK}"' in page
    assert f'href="{IMPORT}"' in page


def test_it_has_the_records_of_the_ward_and_says_how_it_is_filled_in(office, records):
    workbook = downloaded(office)

    assert workbook.sheetnames == ["記入のしかた", *SHEETS, "選択肢"]
    assert [workbook[title].max_row - 1 for title in SHEETS] == [2, 2, 2, 3]
    guide = [[one.value for one in row] for row in workbook["記入のしかた"].iter_rows()]
    assert guide[1] == ["この表", "対象の区", None, "131041 新宿区"]
    told = {(row[0], row[1]) for row in guide}
    for title in SHEETS:
        headers = [one.value for one in workbook[title][1]]
        assert (headers[0], headers[-1]) == ("管理番号", "版")
        assert {(title, header) for header in headers[1:-1]} <= told


def test_it_is_comfortable_to_fill_in(office, records):
    sheet = downloaded(office)["交流"]

    assert sheet.freeze_panes == "A2"
    assert sheet.protection.sheet is True
    assert (sheet["A1"].protection.locked, sheet["B2"].protection.locked) == (True, False)
    assert sheet["E2"].font.name == "游ゴシック"
    letter = next(one.column_letter for one in sheet[1] if one.value == "版")
    assert sheet.column_dimensions[letter].hidden is True
    assert sheet.column_dimensions["E"].width > 20


def test_kinds_and_municipalities_are_chosen_from_lists(office, records):
    workbook = downloaded(office)

    offered = {str(one.sqref): one.formula1 for one in workbook["交流"].data_validations.dataValidation}
    assert offered["B2:B1048576"] == '"131041 新宿区"'
    assert offered["D2:D1048576"] == '"姉妹都市・友好都市,災害時応援協定,相互連携協定,その他の交流"'
    sheet, _, cells = offered["C2:C1048576"].partition("!")
    assert (sheet, workbook["選択肢"].sheet_state) == ("'選択肢'", "hidden")
    (listed,) = zip(*workbook["選択肢"][cells.replace("$", "")], strict=True)
    assert "042081 宮城県角田市" in [one.value for one in listed]


def test_sent_back_unchanged_it_changes_nothing(office, records):
    before = everything(*MODELS)

    shown = send(office, IMPORT, content(office.get(WORKBOOK)))

    assert outcomes(shown) == {
        "交流": ["同じ"] * 2,
        "各区事業": ["同じ"] * 2,
        "巡回展示": ["同じ"] * 2,
        "イベント": ["同じ"] * 3,
    }
    assert "書き込むことはありません。" in shown.content.decode()
    assert everything(*MODELS) == before


def test_saved_again_by_another_program_it_changes_nothing(office, records):
    shown = send(office, IMPORT, saved(downloaded(office)))

    assert {one for rows in outcomes(shown).values() for one in rows} == {"同じ"}


def test_what_is_corrected_and_added_is_shown_and_written_together(office, administrator, ward, town, records):
    workbook = downloaded(office)
    tie = WardTie.objects.get(municipality=town)
    row = next(one.row for one in workbook["交流"]["A"] if one.value == tie.pk)
    cell(workbook["交流"], "根拠", row).value = "協定書"
    for header, value in {"交流自治体": "042081", "種別": "災害時応援協定", "開始日": date(2025, 5, 1)}.items():
        cell(workbook["交流"], header, 4).value = value
    for header, value in {"名称": "架空の海の教室", "分野": "環境・森林", "年度": 2025}.items():
        cell(workbook["各区事業"], header, 4).value = value
    cell(workbook["イベント"], "種別", 2).value = "集い"

    shown = send(office, IMPORT, saved(workbook))

    assert sorted(outcomes(shown)["交流"]) == ["同じ", "変更", "新規"]
    assert outcomes(shown)["交流"][-1] == "新規"
    assert (outcomes(shown)["各区事業"][-1], outcomes(shown)["イベント"][0]) == ("新規", "拒否")
    assert changes(shown) == ["「根拠」：（空欄） → 協定書"]
    assert WardTie.objects.filter(ward=ward).count() == 2

    done = confirm(office, shown)

    assert "新規2件、変更1件を取り込みました。" in done.content.decode()
    tie.refresh_from_db()
    made = WardTie.objects.get(ward=ward, kind="disaster")
    project = WardProject.objects.get(title="架空の海の教室")
    assert (tie.evidence, made.municipality_id, made.starts_on) == ("協定書", "042081", date(2025, 5, 1))
    assert (project.ward_id, project.publication_state) == (ward.pk, "draft")
    assert Version.objects.filter(kind="imported", made_by=administrator).count() == 3


def test_the_workbook_of_another_ward_is_refused(office, records):
    other = content(office.get("/admin/municipalities/ward/131091/workbook/"))

    (error,) = send(office, IMPORT, other).context["form"].errors["file"]

    assert error == "この表は「131091 品川区」のものです。新宿区の表を選んでください。"


def test_a_row_of_another_ward_is_refused(office, records):
    workbook = downloaded(office)
    cell(workbook["交流"], "特別区").value = "131091 品川区"

    shown = send(office, IMPORT, saved(workbook))

    assert reasons(shown) == ["「特別区」列：この表の区の記録ではありません。"]


def test_a_record_of_another_ward_is_not_reached_by_its_number(office, records):
    foreign = WardTie.objects.get(ward="131091")
    workbook = downloaded(office)
    cell(workbook["交流"], "管理番号").value = foreign.pk

    shown = send(office, IMPORT, saved(workbook))

    assert reasons(shown) == ["「管理番号」列：この表の区の記録ではありません。"]


def test_a_missing_sheet_or_column_is_named(office, records):
    without_sheet = downloaded(office)
    del without_sheet["巡回展示"]
    without_column = downloaded(office)
    cell(without_column["交流"], "種別", 1).value = "しゅべつ"

    (sheet_error,) = send(office, IMPORT, saved(without_sheet)).context["form"].errors["file"]
    (column_error,) = send(office, IMPORT, saved(without_column)).context["form"].errors["file"]

    assert sheet_error == "シートがありません：巡回展示"
    assert column_error == "シート「交流」：各区の交流として読むには、必要な列がありません：「種別」"


@pytest.mark.parametrize("file", [b"%PDF-1.7\n", "甲,乙\r\n1,2\r\n".encode()])
def test_a_file_that_is_no_such_workbook_is_refused(office, records, file):
    (error,) = send(office, IMPORT, file).context["form"].errors["file"]

    assert "PDFのようです" in error or error.startswith("区の記録の表ではありません")


def test_a_workbook_with_a_hidden_trick_is_not_read(office, records):
    bomb = with_parts(io.BytesIO(content(office.get(WORKBOOK))), xl__worksheets__bomb_xml=b"0" * 200_000_000)

    (error,) = send(office, IMPORT, bomb.getvalue()).context["form"].errors["file"]

    assert error == "展開すると大きくなりすぎるファイルのため、読みません。"


def test_a_row_that_was_changed_over_a_newer_record_is_refused_with_both_values(office, records, town):
    workbook = downloaded(office)
    for row in (2, 3):
        cell(workbook["交流"], "根拠", row).value = "表で"
    tie = WardTie.objects.get(municipality=town)
    tie.evidence = "その間に"
    tie.save()

    shown = send(office, IMPORT, saved(workbook))

    assert sorted(outcomes(shown)["交流"]) == ["変更", "拒否"]
    assert "「根拠」：その間に → 表で" in changes(shown)


def test_the_file_is_announced_sheet_by_sheet(office, records, monkeypatch):
    told = []
    monkeypatch.setattr(BackOffice, "exported", lambda site, request, **what: told.append(what))

    office.get(WORKBOOK)

    counts = [(WardTie, 2), (WardProject, 2), (TourStop, 2), (Event, 3)]
    assert told == [{"model": model, "count": count, "format": "workbook"} for model, count in counts]


def person(client, *codenames):
    official = UserFactory(is_staff=True)
    official.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    sign_in(client, official)
    return client


def test_who_only_reads_gets_the_workbook_and_brings_none_in(client, records):
    auditor = UserFactory(is_staff=True)
    auditor.groups.add(ensure_groups()[Role.AUDITOR])
    sign_in(client, auditor)

    assert "交流" in book(client.get(WORKBOOK)).sheetnames
    assert client.get(IMPORT).status_code == 403


def test_a_ward_has_its_own_workbook_and_no_other(client, ward, records):
    sign_in(client, WardStaffFactory(ward=ward).user)

    assert [client.get(address).status_code for address in (WORKBOOK, IMPORT)] == [200, 200]
    other = "/admin/municipalities/ward/131091/"
    assert [client.get(f"{other}{page}").status_code for page in ("workbook/", "workbook/import/")] == [404, 404]
    assert WORKBOOK in client.get(reverse("admin:municipalities_ward_change", args=[ward.pk])).content.decode()
    assert f"{other}workbook/" not in client.get(f"{other}change/").content.decode()


def test_a_ward_that_does_not_exist_has_none(office):
    assert office.get("/admin/municipalities/ward/131999/workbook/").status_code == 404


def test_the_page_is_in_japanese_and_leads_to_the_file(office, ward):
    response = office.get(IMPORT)

    assert (response.status_code, english_on(response)) == (200, [])
    assert f'href="{WORKBOOK}"' in response.content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_few_queries_for_any_number_of_records(office, ward, number, django_assert_max_num_queries):
    WardProjectFactory.create_batch(number, ward=ward)
    EventFactory.create_batch(number, owner=ward)

    with django_assert_max_num_queries(40):
        file = content(office.get(WORKBOOK))
    with django_assert_max_num_queries(40):
        send(office, IMPORT, file)
