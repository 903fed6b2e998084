"""Invitations: the mail, the page it leads to, and every way in which a link no longer opens."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from portal.core.invitations import (
    Invitation,
    InvitationState,
    LinkClosed,
    accept,
    groups_to_give,
    invite,
    link_token,
    open_to,
    read_token,
    revoke,
    state_of,
)
from portal.core.mail.actions import deliver_due
from portal.core.models import OutgoingMail, User
from portal.roles import ensure_groups
from tests.accounts.signing_in import code_now, confirm_address, give_password
from tests.english import english_on
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 3, tzinfo=UTC)
PAGE = reverse("account_invitation")
NEW = "a quiet river in spring"
CHOSEN = {"new_password1": NEW, "new_password2": NEW}
SITE = "https://portal.example"


def sent(user, by):
    """The invitation that was just sent to somebody."""
    assert invite(people=[user], by=by, site=SITE) == [user]
    return Invitation.objects.get(user=user)


@pytest.fixture
def administrator():
    return UserFactory(name="招待する人", is_staff=True, is_superuser=True)


@pytest.fixture
def invited():
    user = UserFactory(name="新人花子", is_staff=True)
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def invitation(administrator, invited):
    with time_machine.travel(NOON, tick=False):
        return sent(invited, administrator)


@pytest.fixture
def at_noon(invitation):
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False) as clock:
        yield clock


def follow(client, invitation):
    return client.get(reverse("account_invitation_link", args=[link_token(invitation)]), follow=True)


def says(response, status, title, sentence):
    html = response.content.decode()
    assert (response.status_code, english_on(response)) == (status, [])
    assert f"<h1>{title}</h1>" in html
    assert sentence in html
    assert 'type="password"' not in html


def test_the_mail_says_who_invites_and_until_when(administrator, invited, mailoutbox):
    with time_machine.travel(NOON, tick=False):
        invitation = sent(invited, administrator)
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("【特別区全国連携プロジェクト】利用者としてのご招待", [invited.email])
    assert "新人花子様" in mail.body
    assert "招待する人さんが、あなたを利用者として招待しました。" in mail.body
    assert "期限は2026年5月4日 12:00です。" in mail.body
    assert f"{SITE}/accounts/invitation/{link_token(invitation)}/" in mail.body.splitlines()


def test_no_mail_goes_out_for_an_invitation_that_was_revoked_meanwhile(administrator, invited, mailoutbox, no_worker):
    sent(invited, administrator)
    revoke(people=[invited])
    assert deliver_due() == 1
    assert mailoutbox == []
    assert [mail.state for mail in OutgoingMail.objects.all()] == ["dropped"]


def test_the_link_lies_in_no_queue(administrator, invited, no_worker):
    invitation = sent(invited, administrator)
    (kept,) = OutgoingMail.objects.values()
    assert link_token(invitation) not in str(kept)


def test_the_link_leads_to_an_address_without_it(client, at_noon, invitation):
    response = client.get(reverse("account_invitation_link", args=[link_token(invitation)]))
    assert (response.status_code, response.headers["Location"]) == (302, PAGE)
    for answer, policy in ((response, "no-referrer"), (client.get(PAGE), "same-origin")):
        assert answer.headers["Referrer-Policy"] == policy
        assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    assert link_token(invitation) not in str(dict(client.session))


def test_the_page_says_for_whom_it_is_and_which_passwords_are_good(client, at_noon, invitation):
    response = follow(client, invitation)
    html = response.content.decode()
    assert (response.status_code, english_on(response)) == (200, [])
    assert "<h1>利用者の登録</h1>" in html
    for words in ("新人花子", invitation.user.email, "2026年5月4日 12:00", "12 文字以上"):
        assert words in html


@pytest.mark.django_db(transaction=True)
def test_from_the_link_to_the_back_office(client, invited, administrator):
    invitation = sent(invited, administrator)
    follow(client, invitation)
    response = client.post(PAGE, CHOSEN, follow=True)
    assert response.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "職員の方は、二要素認証を設定するまで、ほかのページを利用できません。" in response.content.decode()
    response = client.get(reverse("mfa_activate_totp"))
    assert response.status_code == 200
    response = client.post(reverse("mfa_activate_totp"), {"code": code_now(response.context["form"].secret)})
    assert response.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert len(client.get(response.headers["Location"]).context["unused_codes"]) == 10
    assert client.get(reverse("admin:index")).status_code == 200
    invited.refresh_from_db()
    assert invited.check_password(NEW)
    address = EmailAddress.objects.get(user=invited)
    assert (address.email, address.verified, address.primary) == (invited.email, True, True)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        (("short", "short"), "このパスワードは短すぎます。最低 12 文字以上必要です。"),
        ((NEW, "another quiet river"), "確認用パスワードが一致しません。"),
        (("", ""), "このフィールドは必須です。"),
        (("新人花子新人花子新人", "新人花子新人花子新人"), "短すぎます"),
    ],
)
def test_a_bad_password_is_refused_and_the_link_stays_good(client, at_noon, invitation, chosen, message):
    follow(client, invitation)
    response = client.post(PAGE, dict(zip(CHOSEN, chosen, strict=True)))
    assert message in response.content.decode()
    assert english_on(response) == []
    assert not Invitation.objects.get().user.has_usable_password()
    assert client.post(PAGE, CHOSEN).status_code == 302


def test_it_works_once(client, at_noon, invitation):
    follow(client, invitation)
    client.post(PAGE, CHOSEN)
    client.post(reverse("account_logout"))
    response = follow(client, invitation)
    says(response, 410, "この招待は使えません", "登録はすでに済んでいます。")
    assert client.post(PAGE, {"new_password1": "x" * 20, "new_password2": "x" * 20}).status_code == 410
    assert Invitation.objects.get().user.check_password(NEW)


def test_it_expires_after_72_hours(client, at_noon, invitation):
    at_noon.move_to(NOON + timedelta(hours=72) - timedelta(seconds=1))
    assert follow(client, invitation).status_code == 200
    at_noon.move_to(NOON + timedelta(hours=72))
    sentence = "招待の期限が過ぎています。招待した方に、もう一度招待を送るようお伝えください。"
    says(client.get(PAGE), 410, "この招待は使えません", sentence)
    assert client.post(PAGE, CHOSEN).status_code == 410
    assert not Invitation.objects.get().user.has_usable_password()


def test_a_newer_one_replaces_it(client, at_noon, invitation, invited, administrator):
    newer = sent(invited, administrator)
    says(follow(client, invitation), 410, "この招待は使えません", "新しい招待のメールをお送りしています。")
    assert client.post(PAGE, CHOSEN).status_code == 410
    assert follow(client, newer).status_code == 200


def test_a_page_that_is_open_while_a_newer_one_is_sent_closes(client, at_noon, invitation, invited, administrator):
    follow(client, invitation)
    sent(invited, administrator)
    assert client.post(PAGE, CHOSEN).status_code == 410


def test_it_can_be_revoked_and_sent_again(client, at_noon, invitation, invited, administrator):
    revoke(people=[invited])
    says(follow(client, invitation), 410, "この招待は使えません", "この招待は取り消されました。")
    assert client.post(PAGE, CHOSEN).status_code == 410
    assert follow(client, sent(invited, administrator)).status_code == 200


def test_somebody_switched_off_is_not_let_in(client, at_noon, invitation, invited):
    invited.is_active = False
    invited.save()
    says(follow(client, invitation), 410, "この招待は使えません", "この招待は取り消されました。")


def test_a_link_sent_to_a_former_address_opens_nothing(client, at_noon, invitation, invited):
    token = link_token(invitation)
    invited.email = "moved@city.example.jp"
    invited.save()
    response = client.get(reverse("account_invitation_link", args=[token]), follow=True)
    says(response, 400, "招待のアドレスが正しくありません", "もう一度初めから終わりまで正しく開いてください。")


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token.replace(".1.", ".2.", 1),
        lambda token: token.rpartition(".")[0],
        lambda token: "999999" + token[token.index(".") :],
        lambda token: "9" * 40 + token[token.index(".") :],
        lambda token: "１" + token[token.index(".") :],
        lambda token: "x",
        lambda token: "..",
    ],
)
def test_a_changed_link_is_refused_the_same_whether_or_not_there_is_somebody(client, at_noon, invitation, change):
    token = change(link_token(invitation))
    assert read_token(token) is None
    response = client.get(reverse("account_invitation_link", args=[token]), follow=True)
    says(response, 400, "招待のアドレスが正しくありません", "もう一度初めから終わりまで正しく開いてください。")
    assert client.post(PAGE, CHOSEN).status_code == 400


def test_the_page_by_itself_opens_nothing(client):
    says(client.get(PAGE), 400, "招待のアドレスが正しくありません", "クッキー")


def test_the_link_is_written_down_nowhere(client, at_noon, invitation, caplog, capfd):
    token = link_token(invitation)
    follow(client, invitation)
    revoke(people=[invitation.user])
    follow(client, invitation)
    client.get(reverse("account_invitation_link", args=["x" + token]), follow=True)
    captured = capfd.readouterr()
    assert token not in caplog.text + captured.out + captured.err
    assert token not in str(list(Invitation.objects.values_list()))


def test_whoever_was_signed_in_here_is_signed_out_first(client, at_noon, invitation, invited):
    other = UserFactory()
    confirm_address(other)
    give_password(client, other)
    follow(client, invitation)
    client.post(PAGE, CHOSEN)
    assert client.session["_auth_user_id"] == str(invited.pk)
    records = client.session["account_authentication_methods"]
    assert [(record["method"], record["reauthenticated"]) for record in records] == [("password", True)]


def test_people_who_are_no_staff_come_to_the_second_factor_too(client, at_noon, invitation, invited):
    invited.is_staff = False
    invited.save()
    follow(client, invitation)
    response = client.post(PAGE, CHOSEN, follow=True)
    assert response.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "会員自治体の方のページは、二要素認証を設定すると使えます。" in response.content.decode()


def test_the_state_of_an_invitation(invitation, invited):
    before, after = NOON + timedelta(hours=71), NOON + timedelta(hours=72)
    assert state_of(UserFactory()) == InvitationState.REGISTERED
    assert (state_of(invited, before), state_of(invited, after)) == (InvitationState.PENDING, InvitationState.EXPIRED)
    revoke(people=[invited], at=after)
    invited.invitation.refresh_from_db()
    assert state_of(invited, before) == InvitationState.REVOKED
    stranger = UserFactory()
    stranger.set_unusable_password()
    assert state_of(stranger) is None


def test_nobody_registered_is_invited_and_nothing_is_revoked_twice(administrator, invitation, invited):
    off = UserFactory(is_active=False)
    off.set_unusable_password()
    off.save()
    assert invite(people=[administrator, off], by=administrator, site=SITE) == []
    assert revoke(people=[administrator, off, invited]) == [invited]
    assert revoke(people=[invited]) == []


def test_two_answers_at_once_set_one_password(at_noon, invitation):
    parts = read_token(link_token(invitation))
    assert parts == (invitation.pk, 1)
    accept(invitation=invitation, password=NEW)
    with pytest.raises(LinkClosed) as closed:
        accept(invitation=invitation, password="another quiet river")
    assert closed.value.state == InvitationState.REGISTERED


def group_with(name, *codenames):
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return group


def test_nobody_gives_what_they_have_not(administrator, invited):
    same, less = group_with("同じ", "add_user", "view_event"), group_with("少ない", "view_event")
    more, nothing = group_with("多い", "view_event", "delete_event"), group_with("何もない")
    member = UserFactory(is_staff=True)
    member.groups.set([same])
    roles = set(ensure_groups().values())
    assert set(groups_to_give(member)) == {same, less, nothing} | roles
    assert set(groups_to_give(administrator)) == {same, less, more, nothing} | roles
    member.user_permissions.set(Permission.objects.filter(codename="delete_event"))
    assert set(groups_to_give(member)) == {same, less, more, nothing} | roles


def test_who_may_invite_whom(administrator, invited):
    more = group_with("多い", "delete_event")
    member = UserFactory(is_staff=True)
    member.groups.set([group_with("招待できる", "add_user")])

    def may_be_invited_by(by):
        return open_to(by, User.objects.filter(pk=invited.pk)).exists()

    assert may_be_invited_by(member)
    assert not may_be_invited_by(UserFactory(is_staff=True))
    invited.groups.set([more])
    assert (may_be_invited_by(member), may_be_invited_by(administrator)) == (False, True)
    invited.groups.clear()
    User.objects.filter(pk=invited.pk).update(is_superuser=True)
    assert (may_be_invited_by(member), may_be_invited_by(administrator)) == (False, True)
