"""Choosing a password: for the first time, when it is forgotten, and when it is to be another."""

import pytest
from django.urls import reverse

from tests.accounts.signing_in import PASSWORD, confirm_address, give_password, sign_in
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "a quiet river in spring"


def ask_for_reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def link_in(mail):
    link = next(line for line in mail.body.splitlines() if line.startswith("http"))
    return link.removeprefix("http://testserver")


def test_the_mail_leads_to_a_new_password(client, mailoutbox):
    person = UserFactory()
    confirm_address(person)
    ask_for_reset(client, person.email)
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("【特別区全国連携プロジェクト】パスワードの再設定", [person.email])
    assert "特別区全国連携プロジェクトからのお知らせです。" in mail.body
    response = client.get(link_in(mail), follow=True)
    address = response.request["PATH_INFO"]
    response = client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)
    assert "新しいパスワードでサインインできます。" in response.content.decode()
    assert give_password(client, person, NEW_PASSWORD).headers["Location"] == reverse("after_sign_in")


def test_a_first_password_is_chosen_with_an_invitation_only(client, mailoutbox):
    """Else an invitation that was revoked or has expired would do no less than before."""
    person = UserFactory(password=None)
    person.set_unusable_password()
    person.save()
    ask_for_reset(client, person.email)
    (mail,) = mailoutbox
    assert "招待のメールを受け取った方は、そのメールに書かれたアドレスから登録してください。" in mail.body
    assert "http" not in mail.body


def test_a_link_works_once(client, mailoutbox):
    person = UserFactory()
    ask_for_reset(client, person.email)
    link = link_in(mailoutbox[0])
    address = client.get(link, follow=True).request["PATH_INFO"]
    client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert "すでに使われています" in client.get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_a_mail_without_a_link(client, mailoutbox):
    person = UserFactory()
    known = ask_for_reset(client, person.email)
    unknown = ask_for_reset(client, "nobody@city.example.jp")
    assert (known.redirect_chain, known.status_code) == (unknown.redirect_chain, unknown.status_code)
    assert "入力されたメールアドレスへ、メールを送信しました。" in unknown.content.decode()
    mail = mailoutbox[1]
    assert (mail.subject, mail.to) == (mailoutbox[0].subject, ["nobody@city.example.jp"])
    assert "このメールアドレスの利用者は登録されていません。" in mail.body
    assert "http" not in mail.body


def test_a_weak_password_is_refused_in_japanese(client, mailoutbox):
    person = UserFactory()
    ask_for_reset(client, person.email)
    address = client.get(link_in(mailoutbox[0]), follow=True).request["PATH_INFO"]
    response = client.post(address, {"password1": "password", "password2": "password"})
    assert "このパスワードは短すぎます。最低 12 文字以上必要です。" in response.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_changing_it_ends_the_session(client):
    person = UserFactory()
    sign_in(client, person)
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    response = client.post(reverse("account_change_password"), data, follow=True)
    assert response.redirect_chain == [(reverse("account_login"), 302)]
    assert "パスワードを変更しました。" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_wrong_old_password_changes_nothing(client):
    person = UserFactory()
    sign_in(client, person)
    data = {"oldpassword": "wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    response = client.post(reverse("account_change_password"), data)
    assert "現在のパスワードを入力してください。" in response.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
