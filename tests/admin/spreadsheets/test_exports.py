"""Every list of the back office as a file: what it shows, safe to open, for whoever may see it."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import WardProject
from municipalities.models import Prefecture, Ward, WardTie
from portal.back_office import BackOffice
from portal.core.admin.spreadsheets.tables import RecordTable
from portal.models import FoundingDocument
from tests.accounts.signing_in import sign_in
from tests.admin.spreadsheets.files import book, content, csv_rows
from tests.admin.test_every_page import MODELS
from tests.factories.core import UserFactory
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import (
    MunicipalityFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)

pytestmark = pytest.mark.django_db

FILE_TYPES = ("xlsx", "csv", "csv-sjis")
MOST_QUERIES = 16


def address(model, file_type="csv", **query):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_export"
    return reverse(name, args=[file_type], query=query)


def queries_of(office, where):
    with CaptureQueriesContext(connection) as asked:
        response = office.get(where)
        rows = csv_rows(response)
    return len(asked), rows


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_is_exported_in_as_many_queries_for_any_number_of_rows(office, model):
    one_more, _ = MODELS[model]
    many = {FoundingDocument: 1, Prefecture: 12, Ward: 23}.get(model, 30)
    for _ in range(1 if many == 1 else 2):
        one_more()
    few_queries, _ = queries_of(office, address(model))
    for _ in range(many):
        if many > 1:
            one_more()

    queries, rows = queries_of(office, address(model))

    assert len(rows) >= min(many, 12)
    assert queries <= few_queries
    assert queries <= MOST_QUERIES


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_has_a_japanese_name_of_its_own(rf, administrator, model):
    request = rf.get("/")
    request.user = administrator

    headers = RecordTable(admin.site.get_model_admin(model), request).headers

    assert len(set(headers)) == len(headers)
    assert [header for header in headers if header.isascii() and header != "URL"] == []


def test_the_list_offers_itself_as_a_file_under_its_filters(office):
    page = office.get(reverse("admin:municipalities_wardtie_changelist"), {"kind__exact": "sister"}).content.decode()

    for file_type in FILE_TYPES:
        assert f'href="{address(WardTie, file_type)}?kind__exact=sister"' in page


def test_a_record_is_told_whole_with_the_codes_that_it_is_read_in_by(office):
    ward = WardFactory(code="131041", name="新宿区")
    town = MunicipalityFactory(code="042081", name="角田市", prefecture=PrefectureFactory(code="04", name="宮城県"))
    tie = WardTieFactory(ward=ward, municipality=town, kind="disaster", title="=HYPERLINK(1)", ends_on=date(2020, 4, 1))

    (row,) = csv_rows(office.get(address(WardTie)))

    stamp = row.pop("版")
    assert len(stamp) == 12
    assert row == {
        "管理番号": str(tie.pk),
        "特別区": "131041 新宿区",
        "交流自治体": "042081 宮城県角田市",
        "種別": "災害時応援協定",
        "名称": "'=HYPERLINK(1)",
        "開始日": "2010-04-01",
        "終了日": "2020-03-31",
        "根拠": "",
    }


def test_an_export_follows_search_filters_and_order_and_has_all_pages(office):
    for number in range(60):
        WardTieFactory(municipality=MunicipalityFactory(), title=f"第{number:02}回", kind="sister")
    WardTieFactory(title="第99回", kind="disaster")

    found = csv_rows(office.get(address(WardTie, q="第", kind__exact="sister", o="-4", p="2")))

    assert [row["名称"] for row in found] == [f"第{number:02}回" for number in reversed(range(60))]


def test_a_workbook_has_the_same_rows_with_days_as_days(office):
    tie = WardTieFactory(title="=1+1", ends_on=None)

    sheet = book(office.get(address(WardTie, "xlsx")))["各区の交流"]

    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]][:5] == ["管理番号", "特別区", "交流自治体", "種別", "名称"]
    assert (sheet["A2"].value, sheet["E2"].value, sheet["E2"].data_type) == (tie.pk, "=1+1", "s")
    assert (sheet["F2"].value.date(), sheet["G2"].value) == (date(2010, 4, 1), None)


def test_the_files_are_what_japanese_excel_opens(office):
    WardTieFactory(title="髙島屋①〜②")

    assert content(office.get(address(WardTie))).startswith(b"\xef\xbb\xbf")
    (row,) = csv_rows(office.get(address(WardTie, "csv-sjis")), "cp932")
    assert row["名称"] == "髙島屋①～②"


@pytest.mark.parametrize("file_type", FILE_TYPES)
def test_a_file_is_named_after_its_records_and_the_day(office, time_machine, file_type):
    time_machine.move_to("2026-04-01T08:00:00+09:00", tick=False)

    header = unquote(office.get(address(WardTie, file_type))["Content-Disposition"])

    assert header == f"attachment; filename*=utf-8''各区の交流_2026-04-01.{file_type.partition('-')[0]}"


def test_every_export_is_announced_to_the_site(office, monkeypatch):
    told = []
    monkeypatch.setattr(BackOffice, "exported", lambda site, request, **what: told.append(what))
    WardTieFactory.create_batch(3)

    office.get(address(WardTie, "xlsx"))

    assert told == [{"model": WardTie, "count": 3, "format": "xlsx"}]


def test_records_outside_the_persons_scope_are_not_exported(office, monkeypatch):
    seen, _hidden = WardTieFactory(), WardTieFactory()
    model_admin = admin.site.get_model_admin(WardTie)
    monkeypatch.setattr(model_admin, "get_queryset", lambda request: WardTie.objects.filter(pk=seen.pk))

    assert [row["管理番号"] for row in csv_rows(office.get(address(WardTie)))] == [str(seen.pk)]


def test_a_field_that_the_form_withholds_is_not_in_the_file(office, monkeypatch):
    WardTieFactory(evidence="内部の資料")
    model_admin = admin.site.get_model_admin(WardTie)
    monkeypatch.setattr(model_admin, "get_fieldsets", lambda request, obj=None: [(None, {"fields": ["ward", "kind"]})])

    (row,) = csv_rows(office.get(address(WardTie)))

    assert list(row) == ["管理番号", "特別区", "種別", "版"]


@pytest.mark.parametrize(("permission", "status"), [("view_wardtie", 200), ("view_event", 403)])
def test_only_who_may_see_the_records_has_them_as_a_file(client, permission, status):
    official = UserFactory(is_staff=True)
    official.user_permissions.set(Permission.objects.filter(codename=permission))
    sign_in(client, official)

    assert client.get(address(WardTie)).status_code == status


def test_visitors_are_sent_to_sign_in(client):
    assert client.get(address(WardTie)).status_code == 302


def test_what_is_no_format_or_no_filter_is_no_error(office):
    assert office.get(address(WardTie, "exe")).status_code == 404
    assert office.get(address(WardTie, kind__nonsense="x")).url.endswith("?e=1")


def test_drafts_are_in_the_file_with_their_state(office):
    WardProjectFactory(publication_state="draft", publish_at=None)

    (row,) = csv_rows(office.get(address(WardProject)))

    assert (row["公開状態"], row["公開日時"]) == ("起案", "")


@pytest.mark.slow
def test_ten_thousand_records_are_a_file(office):
    ward = WardFactory()
    WardProject.objects.bulk_create(
        WardProject(ward=ward, title=f"第{number}の事業", field="tourism", fiscal_year=2020) for number in range(10_000)
    )

    with CaptureQueriesContext(connection) as asked:
        rows = csv_rows(office.get(address(WardProject)))

    assert len(rows) == 10_000
    assert len(asked) <= 30
