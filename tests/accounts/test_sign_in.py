"""Signing in: the password, the second factor, what stops somebody who guesses."""

from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse

from tests.accounts.signing_in import PASSWORD, code_now, confirm_address, give_code, give_password, set_up_app, sign_in
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db

# The beginning of a half minute.
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def official():
    """A member of staff who has an address that was confirmed, and no second factor yet."""
    user = UserFactory(name="山田花子", is_staff=True)
    confirm_address(user)
    return user


def test_staff_without_a_second_factor_are_led_to_set_one_up(client, official):
    give_password(client, official)
    response = client.get(reverse("admin:index"), follow=True)
    assert response.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "職員の方は、二要素認証を設定するまで、ほかのページを利用できません。" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_setting_the_app_up_opens_the_back_office_in_the_same_session(client, official):
    give_password(client, official)
    activate = reverse("mfa_activate_totp")
    response = client.get(activate, follow=True)
    assert response.redirect_chain[0][0] == reverse("account_reauthenticate", query={"next": activate})
    response = client.post(response.request["PATH_INFO"], {"password": PASSWORD, "next": activate}, follow=True)
    secret = response.context["form"].secret
    assert secret in response.content.decode()
    response = client.post(activate, {"code": code_now(secret)})
    assert response.headers["Location"] == reverse("mfa_view_recovery_codes")
    response = client.get(reverse("mfa_view_recovery_codes"))
    assert len(response.context["unused_codes"]) == 10
    assert client.get(reverse("admin:index")).status_code == 200


def test_removing_the_app_closes_the_back_office_at_once(client, official):
    sign_in_again(client, official)
    assert client.get(reverse("admin:index")).status_code == 200
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("mfa_deactivate_totp")).headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("admin:index")).headers["Location"] == reverse("mfa_index")


def sign_in_again(client, user):
    secret = set_up_app(user)
    give_password(client, user)
    return give_code(client, secret)


def test_with_an_app_the_password_alone_signs_nobody_in(client, official):
    set_up_app(official)
    response = give_password(client, official)
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("admin:index")).status_code == 302
    assert "認証アプリに表示されている6桁のコード" in client.get(reverse("mfa_authenticate")).content.decode()


def test_the_code_of_the_app_opens_the_back_office(client, official):
    response = sign_in_again(client, official)
    assert response.headers["Location"] == reverse("admin:index")
    response = client.get(reverse("admin:index"))
    assert response.status_code == 200
    assert "山田花子さんとしてサインインしました。" in response.content.decode()


def test_a_recovery_code_opens_the_back_office_once(client, official):
    set_up_app(official)
    code = RecoveryCodes.activate(official).generate_codes()[0]
    give_password(client, official)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(reverse("admin:index")).status_code == 200
    client.post(reverse("account_logout"))
    give_password(client, official)
    response = client.post(reverse("mfa_authenticate"), {"code": code})
    assert "コードが正しくありません。" in response.content.decode()


def test_a_wrong_code_opens_nothing(client, official):
    set_up_app(official)
    give_password(client, official)
    response = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "コードが正しくありません。" in response.content.decode()
    assert client.get(reverse("admin:index")).status_code == 302


def test_people_who_are_no_staff_need_no_second_factor_and_do_not_get_into_the_back_office(client):
    person = UserFactory()
    confirm_address(person)
    assert give_password(client, person).headers["Location"] == reverse("after_sign_in")
    response = client.get(reverse("admin:index"), follow=True)
    assert response.status_code == 403


def test_a_visitor_of_the_back_office_is_sent_to_sign_in_and_comes_back(client, official):
    address = reverse("admin:events_event_changelist")
    response = client.get(address, follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse('account_login')}?next={address}"
    assert response.status_code == 200
    secret = set_up_app(official)
    give_password(client, official, next=address)
    response = give_code(client, secret)
    assert response.headers["Location"] == address


def test_an_address_that_was_not_confirmed_gets_a_mail_and_no_session(client, mailoutbox):
    person = UserFactory()
    response = give_password(client, person)
    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert client.get(response.headers["Location"]).status_code == 200
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("【特別区全国連携プロジェクト】メールアドレスの確認", [person.email])
    link = next(line for line in mail.body.splitlines() if line.startswith("http"))
    path = link.removeprefix("http://testserver")
    assert person.email in client.get(path).content.decode()
    assert client.post(path).headers["Location"] == reverse("account_login")
    assert give_password(client, person).headers["Location"] == reverse("after_sign_in")


def test_the_link_of_an_old_mail_says_what_to_do(client):
    response = client.get(reverse("account_confirm_email", args=["not-a-key"]))
    assert "このアドレスは期限が切れているか、正しくありません。" in response.content.decode()


def test_an_address_that_somebody_else_confirmed_is_not_confirmed_again(client, mailoutbox):
    person = UserFactory()
    give_password(client, person)
    confirm_address(UserFactory(email="first@city.example.jp"))
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    person.emailaddress_set.update(email="first@city.example.jp")
    response = client.get(link.removeprefix("http://testserver"))
    assert "すでにほかの利用者が確認しています。" in response.content.decode()


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_and_an_unknown_address_read_the_same(client, official, known):
    email = official.email if known else "nobody@city.example.jp"
    response = client.post(reverse("account_login"), {"login": email, "password": "wrong password"})
    assert response.status_code == 200
    assert "メールアドレスまたはパスワードが正しくありません。" in response.content.decode()


def test_five_failures_close_the_door_for_a_while(client, official):
    for _ in range(5):
        give_password(client, official, "wrong password")
    response = give_password(client, official)
    assert "サインインの失敗が続いたため、一時的に受付を止めています。" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_five_wrong_codes_close_the_door_for_a_while(client, official):
    secret = set_up_app(official)
    give_password(client, official)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    response = give_code(client, secret)
    assert "サインインの失敗が続いたため、一時的に受付を止めています。" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_flood_is_told_to_wait(client):
    for _ in range(30):
        client.post(reverse("account_login"), {})
    response = client.post(reverse("account_login"), {})
    assert response.status_code == 429
    assert "操作の回数が多すぎます" in response.content.decode()


def test_somebody_switched_off_is_told_so(client):
    person = UserFactory(is_active=False)
    confirm_address(person)
    response = give_password(client, person)
    assert response.headers["Location"] == reverse("account_inactive")
    assert "この利用者は現在使えません。" in client.get(response.headers["Location"]).content.decode()


def test_signing_out_ends_the_session(client):
    person = UserFactory()
    sign_in(client, person)
    assert "サインアウトしますか。" in client.get(reverse("account_logout")).content.decode()
    response = client.post(reverse("account_logout"))
    assert response.headers["Location"] == reverse("home")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_taken_one_step_before_and_after_its_own(client, official, steps, is_taken):
    with time_machine.travel(NOON, tick=False):
        secret = set_up_app(official)
        give_password(client, official)
        response = client.post(reverse("mfa_authenticate"), {"code": code_now(secret, steps)})
        assert ("_auth_user_id" in client.session) is is_taken
    assert (response.status_code == 302) is is_taken


@pytest.mark.parametrize("seconds_later", [0, 31, 59])
def test_a_code_works_only_once_while_it_lives(client, official, seconds_later):
    with time_machine.travel(NOON, tick=False) as clock:
        secret = set_up_app(official)
        code = code_now(secret, steps=1)
        give_password(client, official)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
        client.post(reverse("account_logout"))
        clock.shift(seconds_later)
        give_password(client, official)
        response = client.post(reverse("mfa_authenticate"), {"code": code})
    assert "コードが正しくありません。" in response.content.decode()
