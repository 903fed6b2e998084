"""What staff do in a week, from one end to the other, each in a browser of their own."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from events.models import WardProject
from municipalities.models import WardTie
from portal.core.models import Proposal, User
from tests.accounts.signing_in import PASSWORD, code_now, confirm_address, set_up_app
from tests.factories.core import UserFactory
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import WardFactory, WardStaffFactory, WardTieFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW_PASSWORD = "another quiet river"


@pytest.fixture
def browser(chromium, live_server):
    """Opens a browser; for somebody, with both factors given by hand."""
    contexts = []

    def opened(user=None):
        context = chromium.new_context(base_url=live_server.url, locale="ja-JP", timezone_id="Asia/Tokyo")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        if user is not None:
            sign_in(page, user)
        return page

    yield opened
    for context in contexts:
        context.close()


def sign_in(page, user):
    confirm_address(user)
    secret = set_up_app(user)
    page.goto(reverse("admin:index"))
    page.get_by_label("メールアドレス").fill(user.email)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインインする").click()
    page.get_by_label("コード").fill(code_now(secret))
    page.get_by_role("button", name="サインインする").click()
    expect(page.get_by_role("heading", name="今日の仕事")).to_be_visible()


def address(record, name="change"):
    return reverse(f"admin:events_wardproject_{name}", args=[record.pk])


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def public_answer(project):
    return Client().get(project.get_absolute_url())


def accept_invitation(page, link):
    """A password, an authenticator app and recovery codes; then the back office."""
    page.goto(link)
    page.locator("[name=new_password1]").fill(NEW_PASSWORD)
    page.locator("[name=new_password2]").fill(NEW_PASSWORD)
    press(page, "登録する")
    page.goto(reverse("mfa_activate_totp"))
    secret = page.locator("dd code").first.inner_text()
    page.get_by_label("コード").fill(code_now(secret))
    press(page, "設定する")
    page.goto(reverse("admin:index"))
    expect(page.get_by_role("heading", name="今日の仕事")).to_be_visible()


def test_from_an_invitation_to_a_published_project_and_back(browser):
    ward = WardFactory(name="品川区")
    administrator = browser(UserFactory(name="管理者", is_staff=True, is_superuser=True))
    approver = browser(WardStaffFactory(ward=ward, role="approver", user__name="承認する人").user)

    administrator.goto(reverse("admin:core_user_add"))
    administrator.locator("#id_email").fill("new@city.example.jp")
    administrator.locator("#id_name").fill("新任の担当")
    press(administrator, "招待のメールを送る")
    (invitation,) = mail.outbox
    (link,) = re.findall(r"http\S+/accounts/invitation/\S+", invitation.body)
    editor = browser()
    accept_invitation(editor, link)
    WardStaffFactory(ward=ward, user=User.objects.get(email="new@city.example.jp"))

    editor.goto(reverse("admin:events_wardproject_add"))
    editor.locator(".field-ward .select2-selection").click()
    editor.locator(".select2-search__field").last.fill("品川")
    editor.locator(".select2-results__option", has_text="品川区").click()
    editor.locator("#id_title").fill("森の教師")
    editor.locator("#id_field").select_option("tourism")
    editor.locator("#id_fiscal_year").fill("令和８年度")
    press(editor, "保存して確認に出す")
    project = WardProject.objects.get()

    approver.goto(reverse("admin:core_proposal_changelist"))
    approver.get_by_role("link", name="森の教師").click()
    press(approver, "差し戻す")
    expect(approver.get_by_text("「差し戻す」ときは、コメントを書いてください。")).to_be_visible()
    approver.get_by_label("コメント").fill("「教室」の誤りではありませんか。")
    press(approver, "差し戻す")

    editor.goto(address(project, "review"))
    expect(editor.get_by_text("「教室」の誤りではありませんか。")).to_be_visible()
    editor.goto(address(project))
    editor.locator("#id_title").fill("森の教室")
    press(editor, "保存して確認に出す")
    approver.goto(address(project, "review"))
    press(approver, "承認する")

    moment = timezone.localtime() + timedelta(days=1)
    editor.goto(address(project, "review"))
    editor.get_by_label("公開する日").fill(f"{moment:%Y/%m/%d}")
    editor.get_by_label("公開する時刻").fill(f"{moment:%H時%M分}")
    press(editor, "公開する")
    assert public_answer(project).status_code == 404
    with time_machine.travel(moment + timedelta(minutes=1), tick=False):
        assert "森の教室" in public_answer(project).content.decode()
    # The day has come.
    WardProject.objects.update(publish_at=timezone.now() - timedelta(minutes=1))

    editor.goto(address(project))
    editor.locator("#id_title").fill("海の教室")
    editor.get_by_label("変更の理由").fill("行き先が変わった")
    press(editor, "保存して確認に出す")
    assert "森の教室" in public_answer(project).content.decode()
    approver.goto(address(project, "review"))
    expect(approver.get_by_role("cell", name="海の教室")).to_be_visible()
    press(approver, "承認する")
    press(approver, "公開する")
    assert "海の教室" in public_answer(project).content.decode()

    editor.goto(address(project, "history"))
    former = editor.get_by_role("article").filter(has=editor.get_by_role("heading", name="第2版"))
    former.get_by_role("link", name="この版に戻す").click()
    expect(editor.get_by_role("cell", name="森の教室")).to_be_visible()
    press(editor, "第2版に戻す")
    assert "海の教室" in public_answer(project).content.decode()
    assert Proposal.objects.open_for(project).changes["fields"]["title"] == "森の教室"
    assert administrator.faults + approver.faults + editor.faults == []


def test_the_workbook_of_a_ward_goes_out_is_edited_and_comes_in(browser, tmp_path):
    ward = WardFactory(name="品川区")
    tie = WardTieFactory(ward=ward, kind="sister", evidence="")
    editor = browser(WardStaffFactory(ward=ward, user__name="担当").user)

    editor.goto(reverse("admin:municipalities_ward_change", args=[ward.pk]))
    with editor.expect_download() as started:
        editor.get_by_role("link", name="区の記録の表（xlsx）").click()
    path = tmp_path / "品川区.xlsx"
    started.value.save_as(path)
    book = load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book["交流"]
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("根拠") + 1).value = "協定書（平成20年）"
    book.save(path)

    editor.goto(reverse("admin:municipalities_ward_workbook_import", args=[ward.pk]))
    editor.locator("input[type=file]").set_input_files(path)
    editor.locator("#content [type=submit]").last.click()
    expect(editor.get_by_text("協定書（平成20年）")).to_be_visible()
    assert WardTie.objects.get().evidence == ""
    press(editor, "この内容で取り込む")

    tie.refresh_from_db()
    assert tie.evidence == "協定書（平成20年）"
    assert editor.faults == []


def test_two_editors_of_one_record_see_each_other_and_collide(browser):
    ward = WardFactory()
    project = WardProjectFactory(ward=ward, title="もとの名称", publication_state="draft", publish_at=None)
    first = browser(WardStaffFactory(ward=ward, user__name="ひとり目").user)
    second = browser(WardStaffFactory(ward=ward, user__name="ふたり目").user)
    first.goto(address(project))
    second.goto(address(project))
    expect(second.get_by_text("ひとり目さんもこの記録を開いています。")).to_be_visible()

    first.locator("#id_title").fill("先の名称")
    press(first, "保存")
    second.locator("#id_title").fill("後の名称")
    press(second, "保存")

    expect(second.get_by_role("heading", name="ほかの人が先に保存しています")).to_be_visible()
    expect(second.get_by_role("cell", name="先の名称")).to_be_visible()
    assert WardProject.objects.get().title == "先の名称"
    assert second.locator("#id_title").input_value() == "後の名称"
    press(second, "保存")
    assert WardProject.objects.get().title == "後の名称"
    assert first.faults + second.faults == []
