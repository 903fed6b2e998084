"""Passkeys: adding, naming and removing them, proving the second factor and signing in with them."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.accounts.passkey_device import HOST, Device, add_passkey, sent
from tests.accounts.signing_in import PASSWORD, code_now, confirm_address, give_password, set_up_app
from tests.accounts.test_pages import check
from tests.conftest import StrictClient
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db

ADD, LOGIN, CONFIRM = reverse("mfa_add_webauthn"), reverse("mfa_login_webauthn"), reverse("mfa_authenticate")
NOT_CONFIRMED = "パスキーを確認できませんでした。もう一度お試しください。"


@pytest.fixture
def client():
    """A passkey belongs to the host's name, and without https that has to be localhost."""
    return StrictClient(headers={"host": HOST})


@pytest.fixture
def official():
    user = UserFactory(name="山田花子", is_staff=True)
    confirm_address(user)
    return user


def may_work(client):
    return client.get(reverse("admin:index")).status_code == 200


def ask_for_login(client):
    return client.get(LOGIN, headers={"accept": "application/json"}).json()["request_options"]


@pytest.fixture
def device(official):
    """A device with the official's passkey, added in another session."""
    other, device = StrictClient(headers={"host": HOST}), Device()
    give_password(other, official)
    add_passkey(other, device)
    return device


def test_a_passkey_opens_the_back_office_and_brings_recovery_codes(client, official):
    give_password(client, official)
    assert not may_work(client)
    response = add_passkey(client, Device())
    assert response.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert may_work(client)
    assert len(client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]) == 10
    page = client.get(reverse("mfa_index"))
    assert "仕事のパソコン" in page.content.decode()
    check(page, "二要素認証")


def test_a_passkey_without_a_name_gets_one(client, official):
    give_password(client, official)
    add_passkey(client, Device(), name="")
    assert [str(passkey) for passkey in Authenticator.objects.filter(type="webauthn")] == ["パスキー1"]


def test_what_the_browser_is_asked_for(client, official):
    give_password(client, official)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = client.get(ADD)
    asked = response.context["options"]["publicKey"]
    assert dict(asked["rp"]) == {"name": "特別区全国連携プロジェクト", "id": HOST}
    wanted = asked["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert f'"challenge": "{asked["challenge"]}"' in response.content.decode()


@pytest.mark.parametrize(
    "device", [Device(checks_holder=False), Device(origin="https://evil.example"), Device(origin="http://testserver")]
)
def test_a_device_that_does_not_check_its_holder_or_stands_elsewhere_is_refused(client, official, device):
    give_password(client, official)
    response = add_passkey(client, device)
    assert NOT_CONFIRMED in response.content.decode()
    assert not Authenticator.objects.exists()


def test_after_the_password_a_passkey_is_asked_for(client, official, device):
    assert give_password(client, official).headers["Location"] == CONFIRM
    page = client.get(CONFIRM)
    check(page, "二要素認証の確認")
    assert "パスキーで確認する" in page.content.decode()
    assert not may_work(client)
    client.post(CONFIRM, sent(device.show(page.context["js_data"]["request_options"])))
    assert may_work(client)


def test_the_page_offers_no_passkey_to_who_has_none(client, official):
    set_up_app(official)
    give_password(client, official)
    assert "パスキー" not in client.get(CONFIRM).content.decode()


@pytest.mark.parametrize("stranger", [Device(), Device(checks_holder=False)])
def test_another_passkey_proves_nothing(client, official, device, stranger):
    stranger.user_handle = device.user_handle
    give_password(client, official)
    options = client.get(CONFIRM).context["js_data"]["request_options"]
    response = client.post(CONFIRM, sent(stranger.show(options)))
    assert NOT_CONFIRMED in response.content.decode()
    assert not may_work(client)


def test_a_passkey_alone_signs_in_with_both_factors(client, official, device):
    response = client.post(LOGIN, sent(device.show(ask_for_login(client))))
    assert response.headers["Location"] == reverse("admin:index")
    response = client.get(reverse("admin:index"))
    assert response.status_code == 200
    assert "山田花子さんとしてサインインしました。" in response.content.decode()


def test_it_leads_where_somebody_wanted_to_go(client, device):
    address = reverse("admin:events_event_changelist")
    answer = device.show(ask_for_login(client))
    assert client.post(LOGIN, sent(answer, next=address)).headers["Location"] == address
    for wrong in ({"credential": "{}", "next": address}, {"next": address}):
        other = StrictClient(headers={"host": HOST})
        assert other.post(LOGIN, wrong).headers["Location"] == reverse("account_login", query={"next": address})


def test_an_address_elsewhere_is_not_gone_to(client, device):
    answer = device.show(ask_for_login(client))
    response = client.post(LOGIN, sent(answer, next="https://evil.example/"))
    assert response.headers["Location"] == reverse("admin:index")


def test_an_answer_works_once(client, device):
    answer = sent(device.show(ask_for_login(client)))
    client.post(LOGIN, answer)
    client.post(reverse("account_logout"))
    assert client.post(LOGIN, answer).headers["Location"] == reverse("account_login")
    assert NOT_CONFIRMED in client.get(reverse("account_login")).content.decode()
    assert not may_work(client)


def test_what_was_asked_in_one_account_does_not_open_another_without_checking_the_holder(client, official, device):
    """Somebody finds the official's key and has an account of their own, with a second factor asked for."""
    finder = UserFactory(is_staff=True)
    confirm_address(finder)
    set_up_app(finder)
    give_password(client, finder)
    asked = client.get(CONFIRM).context["js_data"]["request_options"]
    device.flags = 0x01
    client.post(LOGIN, sent(device.show(asked)))
    assert not may_work(client)


def test_somebody_switched_off_does_not_get_in(client, official, device):
    official.is_active = False
    official.save()
    response = client.post(LOGIN, sent(device.show(ask_for_login(client))))
    assert response.headers["Location"] == reverse("account_inactive")
    assert not may_work(client)


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "no JSON",
        "{}",
        "[]",
        '"x"',
        "null",
        "7",
        '{"response": {"userHandle": "%%%"}}',
        '{"response": {"userHandle": "Zm9v"}}',
        '{"response": null}',
        '{"id": 1, "rawId": 2, "response": {"clientDataJSON": "AA", "attestationObject": "AA"}}',
        '{"id": "AA", "rawId": "AA", "response": {"clientDataJSON": "e30", "attestationObject": "ogE"}}',
        '{"id": "AA", "rawId": "AA", "response": {"clientDataJSON": "e30", "authenticatorData": "AA"}}',
    ],
)
def test_answers_that_no_browser_gives_are_refused(client, official, device, credential):
    ask_for_login(client)
    assert client.post(LOGIN, {"credential": credential}).headers["Location"] == reverse("account_login")
    give_password(client, official)
    client.get(CONFIRM)
    assert NOT_CONFIRMED in client.post(CONFIRM, {"credential": credential}).content.decode()
    client.post(CONFIRM, sent(device.show(client.get(CONFIRM).context["js_data"]["request_options"])))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(ADD)
    assert NOT_CONFIRMED in client.post(ADD, {"credential": credential}).content.decode()
    assert Authenticator.objects.filter(type="webauthn").count() == 1


@pytest.fixture
def signed_in(client, official, device):
    """The browser of somebody who signed in with the passkey and has just given the password again."""
    client.post(LOGIN, sent(device.show(ask_for_login(client))))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_a_passkey_gets_another_name(signed_in):
    passkey = Authenticator.objects.get(type="webauthn")
    address = reverse("mfa_edit_webauthn", args=[passkey.pk])
    check(signed_in.get(address), "パスキーの名前の変更")
    for wrong in ("", "長" * 51):
        assert signed_in.post(address, {"name": wrong}).status_code == 200
    response = signed_in.post(address, {"name": "家のタブレット"}, follow=True)
    assert response.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "パスキーの名前を変更しました。" in response.content.decode()
    assert "家のタブレット" in response.content.decode()


def test_removing_the_only_passkey_closes_the_back_office(signed_in):
    passkey = Authenticator.objects.get(type="webauthn")
    address = reverse("mfa_remove_webauthn", args=[passkey.pk])
    check(signed_in.get(address), "パスキーの削除")
    assert signed_in.post(address).headers["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.exists()
    assert not may_work(signed_in)


def test_removing_another_passkey_or_the_app_keeps_it_open(signed_in, official, device):
    set_up_app(official)
    other = Device()
    add_passkey(signed_in, other, "予備")
    spare = next(passkey for passkey in Authenticator.objects.filter(type="webauthn") if str(passkey) == "予備")
    signed_in.post(reverse("mfa_deactivate_totp"))
    signed_in.post(reverse("mfa_remove_webauthn", args=[spare.pk]))
    assert may_work(signed_in)
    assert Authenticator.objects.filter(type="webauthn").count() == 1


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_nobody_touches_the_passkey_of_another(signed_in, name):
    other = UserFactory()
    passkey = Authenticator.objects.create(user=other, type="webauthn", data={"name": "他人の", "credential": {}})
    assert signed_in.get(reverse(name, args=[passkey.pk])).status_code == 404
    assert signed_in.post(reverse(name, args=[passkey.pk]), {"name": "x"}).status_code == 404
    passkey.refresh_from_db()
    assert passkey.data["name"] == "他人の"


def test_a_session_from_before_the_passkey_is_asked_for_it(client, official):
    """Staff whose session knows the password alone, while a passkey was added in another."""
    give_password(client, official)
    other, device = StrictClient(headers={"host": HOST}), Device()
    give_password(other, official)
    add_passkey(other, device)
    response = client.get(reverse("admin:index"), follow=True)
    prove = reverse("mfa_reauthenticate_webauthn")
    assert response.redirect_chain == [(f"{prove}?next={reverse('admin:index')}", 302)]
    check(response, "パスキーによる確認")
    assert "パスワードで確認する" in response.content.decode()
    wrong = client.post(prove, sent(Device().show(response.context["options"])))
    assert NOT_CONFIRMED in wrong.content.decode()
    answer = sent(device.show(wrong.context["options"]), next=reverse("admin:index"))
    assert client.post(prove, answer).headers["Location"] == reverse("admin:index")
    assert may_work(client)


def test_a_passkey_proves_who_changes_the_settings(signed_in, official, device):
    fresh = StrictClient(headers={"host": HOST})
    fresh.post(LOGIN, sent(device.show(ask_for_login(fresh))))
    response = fresh.get(ADD, follow=True)
    assert response.redirect_chain[0][0] == reverse("account_reauthenticate", query={"next": ADD})
    assert "パスキーで確認する" in response.content.decode()
    prove = reverse("mfa_reauthenticate_webauthn")
    options = fresh.get(prove).context["options"]
    assert fresh.post(prove, sent(device.show(options), next=ADD)).headers["Location"] == ADD
    assert fresh.get(ADD).status_code == 200


def test_the_codes_of_the_app_still_work_beside_a_passkey(client, official, device):
    secret = set_up_app(official)
    give_password(client, official)
    client.post(CONFIRM, {"code": code_now(secret)})
    assert may_work(client)


def test_without_its_script_the_page_of_signing_in_leads_nowhere_wrong(client):
    assert client.get(LOGIN).headers["Location"] == reverse("account_login")
    html = client.get(reverse("account_login")).content.decode()
    assert "パスキーを使うには、ブラウザーの設定でスクリプトの実行を許可してください。" in html
    assert "no-store" in client.get(LOGIN, headers={"accept": "application/json"}).headers["Cache-Control"]


def test_what_is_kept_of_a_passkey_tells_nothing_of_its_holder(official, device):
    kept = json.dumps(Authenticator.objects.get(type="webauthn").data)
    assert official.email not in kept
    assert official.name not in kept
