"""The page of the back office that reads a table of ward projects: looked at first, written when confirmed."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from events.models import WardProject
from events.spreadsheets.columns import PROJECTS
from portal.core.models import AuditEntry, Proposal, Version
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.core.importing.files import csv_file, workbook
from tests.english import english_on
from tests.factories.core import UserFactory
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import WardFactory
from tests.reading import table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _each_record_is_kept_whole():
    """Every record that a table writes is kept as a version of its own, read anew."""
    with zeal_ignore():
        yield


URL = "/admin/events/wardproject/import/"
ROW = {"区": "新宿区", "年度": "2020", "事業名": "架空の森の教室", "分野": "環境・森林"}


@pytest.fixture(autouse=True)
def ward(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return WardFactory(code="131041", name="新宿区")


def upload(browser, *rows, make=csv_file):
    file = SimpleUploadedFile("projects.bin", make(PROJECTS.headers, *rows).getvalue())
    return browser.post(URL, {"file": file})


def waiting(folder):
    return list(Path(folder, "waiting").iterdir())


def test_the_list_leads_to_it(office):
    page = office.get(reverse("admin:events_wardproject_changelist")).content.decode()

    assert f'href="{URL}"' in page


def test_it_explains_the_columns_in_japanese(office):
    response = office.get(URL)

    assert (response.status_code, english_on(response)) == (200, [])
    assert [row[0] for row in table(response, "項目の説明")][1:4] == ["管理番号", "特別区（必須）", "名称（必須）"]


@pytest.mark.parametrize("make", [csv_file, workbook])
def test_a_table_is_looked_at_and_nothing_is_written(office, ward, make):
    changed = WardProjectFactory(ward=ward, title="架空の市", fiscal_year=2020)
    WardProjectFactory(ward=ward, title="架空の同じ事業", fiscal_year=2020)

    rows = [{**ROW}, {**ROW, "事業名": "架空の市"}, {**ROW, "年度": "昔"}]
    response = upload(office, *rows, {**ROW, "事業名": "架空の同じ事業", "分野": "観光・物産"}, make=make)

    assert table(response, "行ごとの内容") == [
        ["行", "結果", "記録", "変わること・理由"],
        ["2行目", "新規", "架空の森の教室", ""],
        ["3行目", "変更", "架空の市", "「分野」：観光・物産 → 環境・森林"],
        ["4行目", "拒否", "架空の森の教室", "「年度」列：年度として読めません（昔）。例：2020、令和2年度"],
        ["5行目", "同じ", "架空の同じ事業", ""],
    ]
    assert "新規1件、変更1件、同じ1件、拒否1件" in response.content.decode()
    assert english_on(response) == []
    assert WardProject.objects.count() == 2
    changed.refresh_from_db()
    assert changed.field == "tourism"


def test_confirming_writes_what_was_shown_and_says_who_did_it(office, administrator, ward, tmp_path):
    changed = WardProjectFactory(ward=ward, title="架空の市", fiscal_year=2020)
    shown = upload(office, ROW, {**ROW, "事業名": "架空の市"}, {**ROW, "年度": "昔"})

    response = office.post(URL, {"ticket": shown.context["ticket"]}, follow=True)

    assert response.redirect_chain == [(reverse("admin:events_wardproject_changelist"), 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "新規1件、変更1件を取り込みました。拒否した1件は取り込んでいません。"
    ]
    new = WardProject.objects.get(title="架空の森の教室")
    changed.refresh_from_db()
    assert (new.publication_state, changed.publication_state, changed.field) == ("draft", "published", "tourism")
    kept = Version.objects.values_list("object_id", "kind", "made_by", "reason")
    assert list(kept) == [(str(new.pk), "imported", administrator.pk, "表計算ファイルから取り込みました。")]
    proposal = Proposal.objects.open_for(changed)
    assert (proposal.written_by, proposal.changes["fields"]["field"]) == (administrator, "environment")
    entry = AuditEntry.objects.get(action="import")
    assert (entry.by, entry.subject, entry.detail) == (administrator, "各区事業", "新規1件、変更1件")
    assert waiting(tmp_path) == []


def test_a_table_that_says_nothing_new_cannot_be_confirmed(office, ward):
    WardProjectFactory(ward=ward, title="架空の森の教室", fiscal_year=2020, field="environment")

    response = upload(office, ROW)

    assert "書き込むことはありません。" in response.content.decode()
    assert 'name="ticket"' not in response.content.decode()


def test_a_ticket_works_once(office):
    ticket = upload(office, ROW).context["ticket"]
    office.post(URL, {"ticket": ticket})

    response = office.post(URL, {"ticket": ticket}, follow=True)

    assert "もう一度ファイルを選んでください。" in response.content.decode()
    assert WardProject.objects.count() == 1


def test_a_ticket_is_no_good_to_somebody_else(office):
    ticket = upload(office, ROW).context["ticket"]
    other = Client()
    sign_in(other, UserFactory(is_staff=True, is_superuser=True))

    response = other.post(URL, {"ticket": ticket}, follow=True)

    assert "もう一度ファイルを選んでください。" in response.content.decode()
    assert WardProject.objects.count() == 0


@pytest.mark.parametrize("ticket", ["", "x", "WyIuLi9kYiJd:1:x"])
def test_a_made_up_ticket_is_refused(office, ticket):
    response = office.post(URL, {"ticket": ticket}, follow=True)

    assert "もう一度ファイルを選んでください。" in response.content.decode()


def test_after_an_hour_the_file_is_gone(office, time_machine, tmp_path):
    time_machine.move_to(timezone.now())
    ticket = upload(office, ROW).context["ticket"]
    time_machine.shift(60 * 60 + 1)

    response = office.post(URL, {"ticket": ticket}, follow=True)

    assert WardProject.objects.count() == 0
    assert response.status_code == 200


def test_files_that_nobody_confirmed_are_removed_with_the_next_one(office, tmp_path):
    upload(office, ROW)
    (old,) = waiting(tmp_path)
    os.utime(old, (time.time() - 7200, time.time() - 7200))

    upload(office, ROW)

    assert old not in waiting(tmp_path)
    assert len(waiting(tmp_path)) == 1


def test_what_changed_meanwhile_is_not_overwritten(office, ward):
    project = WardProjectFactory(ward=ward, title="架空の森の教室", fiscal_year=2020)
    ticket = upload(office, ROW).context["ticket"]
    project.summary = "その間に書いた概要"
    project.save()

    response = office.post(URL, {"ticket": ticket})

    assert "確かめた後に、登録されている内容が変わりました。" in response.content.decode()
    project.refresh_from_db()
    assert (project.summary, project.field) == ("その間に書いた概要", "tourism")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"%PDF-1.7\n", "PDFのようです。"),
        ("甲,乙\n1,2\n".encode(), "見出しの行が見つかりません"),
        (b"\xff\xff\xff", "文字として読めない部分があります"),
        (b"x" * (10 * 1024 * 1024 + 1), "ファイルは10MBまでです。"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(office, tmp_path, content, message):
    response = office.post(URL, {"file": SimpleUploadedFile("x.csv", content)})

    assert response.status_code == 200
    assert any(message in error for error in response.context["form"].errors["file"])
    assert not Path(tmp_path, "waiting").exists()


def test_no_file_is_explained(office):
    assert office.post(URL, {}).context["form"].errors == {"file": ["このフィールドは必須です。"]}


@pytest.mark.parametrize(("role", "status"), [(Role.SECRETARIAT, 200), (Role.AUDITOR, 403)])
def test_only_who_keeps_the_projects_of_all_wards_reads_a_table_in(client, role, status):
    official = UserFactory(is_staff=True)
    official.groups.add(ensure_groups()[role])
    sign_in(client, official)

    assert client.get(URL).status_code == status
    assert upload(client, ROW).status_code == status
    listed = client.get(reverse("admin:events_wardproject_changelist")).content.decode()
    assert (URL in listed) == (status == 200)


def test_visitors_are_sent_to_sign_in(client):
    assert client.get(URL).status_code == 302


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_its_pages_take_few_queries_for_any_number_of_rows(office, ward, rows):
    for number in range(rows):
        WardProjectFactory(ward=ward, title=f"架空{number}", fiscal_year=2020)

    with CaptureQueriesContext(connection) as asked:
        response = upload(office, *({**ROW, "事業名": f"架空{number}"} for number in range(rows)))

    assert len(table(response, "行ごとの内容")) == rows + 1
    assert len(asked) <= 12


def test_a_long_table_is_shown_by_its_beginning(office):
    response = upload(office, *({**ROW, "事業名": f"架空{number}"} for number in range(501)))

    assert "500行だけを示します。" in response.content.decode()
    assert len(table(response, "行ごとの内容")) == 501
