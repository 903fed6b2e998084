"""Passkeys in a real browser, with a device that it pretends to have: added, used for signing in, and explained."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.core.invitations import link_token
from tests.accounts.signing_in import PASSWORD, confirm_address
from tests.factories.core import InvitationFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A device that is part of the computer and knows its owner.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def official():
    user = UserFactory(name="山田花子", is_staff=True)
    confirm_address(user)
    return user


@pytest.fixture
def home(live_server):
    """The address of the site under a name: a passkey cannot belong to a number."""
    return f"http://localhost:{urlsplit(live_server.url).port}"


@pytest.fixture
def device(page):
    """The device of the browser: ``device(isUserVerified=False)`` puts another in its place."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    known = []

    def plug_in(**changes):
        while known:
            session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": known.pop()})
        known.append(session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | changes})["authenticatorId"])

    plug_in()
    return plug_in


def give_password(page, home, user):
    page.goto(home + reverse("admin:index"))
    page.get_by_label("メールアドレス").fill(user.email)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインインする").click()


def open_form(page):
    page.get_by_role("link", name="パスキーを追加する").click()
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="確認する").click()
    page.get_by_label("名前").fill("仕事のパソコン")


def add_passkey(page):
    open_form(page)
    page.get_by_role("button", name="パスキーを追加する").click()
    page.wait_for_url("**/2fa/recovery-codes/")


def sign_out(page, home):
    page.goto(home + reverse("account_logout"))
    page.get_by_role("button", name="サインアウトする").click()


def test_a_passkey_is_added_and_signs_in_with_and_without_the_password(page, home, device, official):
    give_password(page, home, official)
    page.wait_for_url("**/2fa/")
    add_passkey(page)
    assert page.get_by_text("パスキーを追加しました。").is_visible()
    page.goto(home + reverse("admin:index"))
    assert "/admin/" in page.url
    sign_out(page, home)

    give_password(page, home, official)
    page.get_by_role("button", name="パスキーで確認する").click()
    page.wait_for_url(home + reverse("admin:index"))
    sign_out(page, home)

    page.goto(home + reverse("account_home"))
    page.get_by_role("button", name="パスキーでサインイン").click()
    page.wait_for_url(home + reverse("account_home"))

    page.goto(home + reverse("mfa_index"))
    page.get_by_role("link", name="「仕事のパソコン」を削除する").click()
    page.get_by_role("link", name="パスキーで確認する").click()
    page.get_by_role("button", name="パスキーで確認する").click()
    page.get_by_role("button", name="削除する").click()
    page.get_by_text("パスキーを削除しました。").wait_for()
    assert page.faults == []


def test_from_an_invitation_to_the_back_office(page, home, device):
    invitation = InvitationFactory(sent_at=timezone.now())
    invitation.user.set_unusable_password()
    invitation.user.save()
    page.goto(home + reverse("account_invitation_link", args=[link_token(invitation)]))
    for name in ("new_password1", "new_password2"):
        page.locator(f"[name={name}]").fill("a quiet river in spring")
    page.get_by_role("button", name="登録する").click()
    page.wait_for_url(home + reverse("mfa_index"))
    page.get_by_role("link", name="パスキーを追加する").click()
    page.get_by_role("button", name="パスキーを追加する").click()
    page.wait_for_url(home + reverse("mfa_view_recovery_codes"))
    page.get_by_role("main").get_by_role("link", name="保管を終えて進む").click()
    page.wait_for_url(home + reverse("admin:index"))
    assert page.faults == []


def test_a_device_that_has_none_or_does_not_know_its_owner_is_told_so(page, home, device, official):
    device(isUserVerified=False)
    give_password(page, home, official)
    open_form(page)
    page.get_by_role("button", name="パスキーを追加する").click()
    page.get_by_role("alert").filter(has_text="もう一度お試しください。").wait_for()
    assert page.get_by_label("名前").input_value() == "仕事のパソコン"
    device()
    page.get_by_role("button", name="パスキーを追加する").click()
    page.wait_for_url("**/2fa/recovery-codes/")

    page.goto(home + reverse("mfa_add_webauthn"))
    page.get_by_role("button", name="パスキーを追加する").click()
    page.get_by_role("alert").filter(has_text="このパスキーは、すでに登録されています。").wait_for()
    assert page.faults == []


def test_under_a_number_a_browser_cannot_use_passkeys(page, home, device):
    page.goto(home.replace("localhost", "127.0.0.1") + reverse("account_login"))
    page.get_by_role("button", name="パスキーでサインイン").click()
    page.get_by_role("alert").filter(has_text="このアドレスでは、パスキーを使えません。").wait_for()
    assert page.get_by_role("button", name="パスキーでサインイン").is_enabled()


def test_a_browser_without_passkeys_says_so(page):
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto(reverse("account_login"))
    assert page.get_by_text("このブラウザーでは、パスキーを使えません。").is_visible()
    assert page.get_by_role("button", name="パスキーでサインイン").count() == 0


def test_without_scripts_the_page_says_what_is_missing(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(reverse("account_login"))
    assert page.get_by_text("ブラウザーの設定でスクリプトの実行を許可してください。").is_visible()
    assert page.get_by_role("button", name="パスキーでサインイン").count() == 0
    assert page.get_by_role("button", name="サインインする").is_visible()
    context.close()


def test_what_the_network_loses_can_be_tried_again(page, home, device):
    page.goto(home + reverse("account_login"))
    page.route("**/2fa/passkeys/login/", lambda route: route.abort())
    page.get_by_role("button", name="パスキーでサインイン").click()
    page.get_by_role("alert").filter(has_text="通信できませんでした。").wait_for()
    assert page.get_by_role("button", name="パスキーでサインイン").is_enabled()
