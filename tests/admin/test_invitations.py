"""Inviting people in the back office: whom, into which groups, again, and no more."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from portal.core.invitations import Invitation, link_token, state_of
from portal.core.models import AuditEntry, User
from portal.roles import GROUP_ROLES, Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import errors_of, send
from tests.conftest import StrictClient
from tests.factories.core import UserFactory

# Mail goes out when what was done is in the database for good.
pytestmark = pytest.mark.django_db(transaction=True)

ADD, LIST = reverse("admin:core_user_add"), reverse("admin:core_user_changelist")


@pytest.fixture
def groups():
    return ensure_groups()


@pytest.fixture
def secretary(groups):
    """The browser of somebody of the secretariat who has signed in with both factors."""
    client, user = StrictClient(), UserFactory(name="事務局の人", is_staff=True)
    user.groups.set([groups[Role.SECRETARIAT]])
    sign_in(client, user)
    return client


def invite(office, *chosen, **fields):
    values = {"email": "new@city.example.jp", "name": "新人", "groups": [str(group.pk) for group in chosen]}
    return send(office, ADD, **values | fields)


def person(**fields):
    user = UserFactory(**fields)
    user.set_unusable_password()
    user.save()
    return user


def act(office, action, *users):
    data = {"action": action, "_selected_action": [user.pk for user in users]}
    return office.post(LIST, data, follow=True).content.decode()


def change(user):
    return reverse("admin:core_user_change", args=[user.pk])


@pytest.mark.parametrize("role", GROUP_ROLES)
def test_the_secretariat_invites_into_every_role(secretary, groups, mailoutbox, role):
    response = invite(secretary, groups[role])
    assert response.headers["Location"] == LIST
    assert "招待のメールを new@city.example.jp に送ります。" in secretary.get(LIST).content.decode()
    user = User.objects.get(email="new@city.example.jp")
    assert (user.name, user.is_staff, user.is_superuser, user.has_usable_password()) == ("新人", True, False, False)
    assert list(user.groups.all()) == [groups[role]]
    invitation = Invitation.objects.get(user=user)
    assert invitation.sent_by.name == "事務局の人"
    (mail,) = mailoutbox
    assert mail.to == ["new@city.example.jp"]
    assert f"http://testserver/accounts/invitation/{link_token(invitation)}/" in mail.body.splitlines()


def test_the_page_offers_the_roles_that_groups_stand_for_and_no_more_rights(secretary):
    html = secretary.get(ADD).content.decode()
    assert "<h1>利用者を招待</h1>" in html
    assert "招待のメールを送る" in html
    for role in GROUP_ROLES:
        assert role in html
    assert 'name="is_superuser"' not in html
    assert 'name="is_active"' not in html


def test_nobody_makes_more_of_others_than_of_themselves(secretary, groups):
    mighty = Group.objects.create(name="上の役割")
    mighty.permissions.set(Permission.objects.filter(codename="delete_logentry"))
    assert "上の役割" not in secretary.get(ADD).content.decode()
    response = invite(secretary, mighty)
    assert len(errors_of(response)) == 1
    invite(secretary, groups[Role.AUDITOR], is_superuser="on")
    assert not User.objects.get(email="new@city.example.jp").is_superuser


def test_an_administrator_invites_administrators(office, mailoutbox):
    invite(office, is_superuser="on")
    assert User.objects.get(email="new@city.example.jp").is_superuser
    assert len(mailoutbox) == 1


def test_somebody_without_a_group_is_invited_for_a_post_at_a_ward(secretary, mailoutbox):
    response = invite(secretary)
    user = User.objects.get(email="new@city.example.jp")
    assert (response.status_code, list(user.groups.all()), len(mailoutbox)) == (302, [], 1)
    assert "続けて「区の担当者」に" in secretary.get(ADD).content.decode()


def test_who_may_not_add_people_invites_nobody(client, mailoutbox):
    official, invited = UserFactory(is_staff=True), person()
    official.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    sign_in(client, official)
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"email": "new@city.example.jp", "name": "新人"}).status_code == 403
    html = client.get(LIST).content.decode()
    assert "招待する" not in html
    assert "招待のメールを送る" not in html
    act(client, "invite_again", invited)
    send(client, change(invited), _invite="1")
    assert mailoutbox == []
    assert "_invite" not in client.get(change(invited)).content.decode()


def test_the_list_says_how_far_people_are(office):
    invite(office, Group.objects.create(name="係"))
    until = timezone.localtime() + timedelta(hours=72)
    person(name="まだの人")
    html = office.get(LIST).content.decode()
    assert "招待する" in html
    assert f"招待中（{until.year}年{until.month}月{until.day}日" in html
    assert "登録済み" in html
    assert "未招待" in html
    with time_machine.travel(until + timedelta(minutes=1)):
        client = StrictClient()
        sign_in(client, UserFactory(is_staff=True, is_superuser=True))
        assert "期限切れ" in client.get(LIST).content.decode()


def test_it_is_sent_again_from_the_list_and_from_the_page(office, mailoutbox):
    invited = person()
    html = act(office, "invite_again", invited, UserFactory(), person(is_active=False))
    assert "1人に招待のメールを送ります。" in html
    assert "2人には送りませんでした。" in html
    response = send(office, change(invited), _save=None, _invite="1", name="改姓後")
    assert response.headers["Location"] == change(invited)
    invited.refresh_from_db()
    assert (invited.name, invited.invitation.sendings) == ("改姓後", 2)
    assert [mail.to for mail in mailoutbox] == [[invited.email], [invited.email]]
    assert AuditEntry.objects.filter(object_id=invited.pk, detail="招待のメールを送りました。").count() == 2


def test_it_is_revoked_from_the_list_and_from_the_page(office):
    first, second = person(), person()
    act(office, "invite_again", first, second)
    html = act(office, "revoke_invitation", first, UserFactory())
    assert "1人の招待を取り消しました。" in html
    assert "1人には、取り消せる招待がありませんでした。" in html
    response = send(office, change(second), _save=None, _revoke="1")
    assert response.headers["Location"] == change(second)
    for user in (first, second):
        assert state_of(User.objects.get(pk=user.pk)) == "revoked"
        assert "取消し" in office.get(change(user)).content.decode()


def test_the_secretariat_leaves_the_invitations_of_administrators_alone(secretary, office, mailoutbox):
    mighty = person(is_superuser=True, is_staff=True)
    act(office, "invite_again", mighty)
    assert "1人には送りませんでした。" in act(secretary, "invite_again", mighty)
    assert "1人には、取り消せる招待がありませんでした。" in act(secretary, "revoke_invitation", mighty)
    assert state_of(User.objects.get(pk=mighty.pk)) == "pending"
    assert len(mailoutbox) == 1


def test_who_is_registered_has_no_buttons_for_it(office):
    assert "_invite" not in office.get(change(UserFactory())).content.decode()
    assert "_invite" in office.get(change(person())).content.decode()


def test_switching_somebody_off_and_taking_the_second_factor_end_their_sessions(office):
    off, lost = UserFactory(is_staff=True), UserFactory(is_staff=True)
    browsers = {}
    for user in (off, lost):
        browsers[user] = StrictClient()
        sign_in(browsers[user], user)
        assert browsers[user].get(reverse("account_home")).status_code == 200
    send(office, change(off), is_active=None)
    act(office, "reset_second_factor", lost)
    for browser in browsers.values():
        assert browser.get(reverse("account_home")).headers["Location"].startswith(reverse("account_login"))
    send(office, change(off), is_active="on")
    assert browsers[off].get(reverse("account_home")).headers["Location"].startswith(reverse("account_login"))
