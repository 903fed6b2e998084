"""The page of one's own account."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse

from portal.roles import ensure_groups
from tests.accounts.signing_in import confirm_address, give_password, sign_in
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db


def words(response):
    return " ".join(response.content.decode().split())


def test_it_says_who_one_is_and_how_one_signs_in(client):
    user = UserFactory(name="山田花子", is_staff=True)
    user.groups.set(ensure_groups().values())
    sign_in(client, user)
    codes = RecoveryCodes.activate(user)
    codes.validate_code(codes.generate_codes()[0])
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "鍵", "credential": {}})
    html = words(client.get(reverse("account_home")))
    assert "<dd>山田花子</dd>" in html
    assert f"<dd>{user.email}</dd>" in html
    assert "事務局、監査" in html or "監査、事務局" in html
    assert "パスキー1個、認証アプリ" in html
    assert "<dd>残り9個</dd>" in html
    assert "<dd>1件</dd>" in html
    for name in (
        "account_change_password",
        "mfa_index",
        "account_sessions",
        "mfa_generate_recovery_codes",
        "admin:index",
    ):
        assert f'href="{reverse(name)}"' in html


def test_people_who_are_no_staff_have_it_too(client):
    person = UserFactory()
    confirm_address(person)
    give_password(client, person)
    html = words(client.get(reverse("account_home")))
    assert "<dd>なし</dd>" in html
    assert "設定していません。" in html
    assert "予備のコード" not in html
    assert "管理画面" not in html


def test_an_administrator_is_called_so(client):
    sign_in(client, UserFactory(is_staff=True, is_superuser=True))
    assert "<dd>管理者</dd>" in words(client.get(reverse("account_home")))


def test_the_back_office_and_every_page_lead_to_it(client):
    sign_in(client, UserFactory(name="山田花子", is_staff=True))
    home = reverse("account_home")
    assert f'<a href="{home}">アカウント</a>' in client.get(reverse("admin:index")).content.decode()
    assert f'<a href="{home}">山田花子さん</a>' in client.get(reverse("privacy")).content.decode()
