"""Every page of signing in: in the frame of the site, under its own title, in Japanese (the client checks the rest)."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import NoReverseMatch, reverse

from portal.core.urls import urlpatterns
from tests.accounts.signing_in import PASSWORD, give_password, set_up_app, sign_in
from tests.english import english_on
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db

OPEN = {
    "account_login": "サインイン",
    "account_signup": "利用登録について",
    "account_inactive": "この利用者は使えません",
    "account_email_verification_sent": "メールアドレスを確認してください",
    "account_reset_password": "パスワードの再設定",
    "account_reset_password_done": "再設定のメールを送信しました",
    "account_reset_password_from_key_done": "パスワードを変更しました",
}
SIGNED_IN = {
    "account_home": "アカウント",
    "account_sessions": "サインイン中の端末",
    "mfa_add_webauthn": "パスキーの追加",
    "account_logout": "サインアウト",
    "account_reauthenticate": "パスワードの確認",
    "account_change_password": "パスワードの変更",
    "mfa_index": "二要素認証",
    "mfa_reauthenticate": "認証コードの確認",
    "mfa_deactivate_totp": "認証アプリの解除",
    "mfa_view_recovery_codes": "予備のコード",
    "mfa_generate_recovery_codes": "予備のコードの再発行",
}
TESTED_ELSEWHERE = {
    "account_invitation",
    "account_invitation_link",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "account_confirm_email",
    "account_reset_password_from_key",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_download_recovery_codes",
}


def check(response, title):
    html = response.content.decode()
    assert response.status_code == 200
    assert f"<h1>{title}</h1>" in html
    assert f"<title>{title}｜特別区全国連携プロジェクト</title>" in html
    assert english_on(response) == []


@pytest.fixture
def signed_in(client):
    """The browser of somebody who has just proved who they are."""
    user = UserFactory()
    sign_in(client, user)
    RecoveryCodes.activate(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_no_page_is_forgotten():
    assert {pattern.name for pattern in urlpatterns} == {*OPEN, *SIGNED_IN, *TESTED_ELSEWHERE}


@pytest.mark.parametrize(("name", "title"), OPEN.items())
def test_pages_for_everybody(client, name, title):
    check(client.get(reverse(name)), title)


@pytest.mark.parametrize(("name", "title"), SIGNED_IN.items())
def test_pages_of_ones_own_account(signed_in, name, title):
    check(signed_in.get(reverse(name)), title)


def test_the_page_that_sets_the_app_up(client):
    user = UserFactory()
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    response = client.get(reverse("mfa_activate_totp"))
    assert "<h1>認証アプリの設定</h1>" in response.content.decode()
    assert english_on(response) == [response.context["form"].secret]
    assert "data:image/svg+xml;base64," in response.content.decode()
    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "コードが正しくありません。" in response.content.decode()


def test_the_page_that_asks_for_the_code(client):
    user = UserFactory()
    set_up_app(user)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    give_password(client, user)
    check(client.get(reverse("mfa_authenticate")), "二要素認証の確認")


def test_the_recovery_codes_as_a_file(signed_in):
    response = signed_in.get(reverse("mfa_download_recovery_codes"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert len(response.content.split()) == 10


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_replace_the_old_ones(signed_in):
    before = signed_in.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    signed_in.post(reverse("mfa_generate_recovery_codes"))
    response = signed_in.get(reverse("mfa_view_recovery_codes"))
    assert set(before).isdisjoint(response.context["unused_codes"])
    assert "予備のコードを新しく発行しました。" in response.content.decode()


def test_nobody_registers_by_themselves(client):
    response = client.post(reverse("account_signup"), {"email": "new@city.example.jp", "password1": PASSWORD})
    assert response.status_code == 405


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/3rdparty/", "/accounts/password/set/"])
def test_what_is_not_used_is_not_there(client, path):
    assert client.get(path).status_code == 404


def test_addresses_are_changed_by_the_secretariat_only():
    with pytest.raises(NoReverseMatch):
        reverse("account_email")
