"""People and groups in the back office."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from portal.core.models import AuditEntry, User
from tests.accounts.signing_in import confirm_address, set_up_app
from tests.admin.filling_in import errors_of, send
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db

ADD = "admin:core_user_add"


def test_a_new_person_has_no_password_until_they_choose_one(office):
    group = Group.objects.get(name="事務局")
    response = send(office, reverse(ADD), email="new@city.example.jp", name="新人", groups=[str(group.pk)])
    assert response.status_code == 302
    user = User.objects.get(email="new@city.example.jp")
    assert (user.name, user.is_staff, user.has_usable_password()) == ("新人", True, False)


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("New@city.example.jp", "メールアドレスは小文字で入れてください。"),
        ("taken@city.example.jp", "このメールアドレスは使われています。"),
        ("no address", "有効なメールアドレスを入力してください。"),
    ],
)
def test_a_wrong_address_is_refused(office, email, message):
    UserFactory(email="taken@city.example.jp")
    group = Group.objects.get(name="事務局")
    before = User.objects.count()
    response = send(office, reverse(ADD), email=email, name="新人", groups=[str(group.pk)])
    assert errors_of(response) == [message]
    assert User.objects.count() == before


def test_after_a_change_of_address_the_old_one_opens_nothing(office):
    user = UserFactory()
    confirm_address(user)
    send(office, reverse("admin:core_user_change", args=[user.pk]), email="moved@city.example.jp")
    assert list(EmailAddress.objects.filter(user=user)) == []


def test_a_change_of_name_keeps_the_confirmed_address(office):
    user = UserFactory()
    confirm_address(user)
    send(office, reverse("admin:core_user_change", args=[user.pk]), name="改姓後")
    assert EmailAddress.objects.get(user=user).verified


def act(office, action, users):
    data = {"action": action, "_selected_action": [user.pk for user in users]}
    return office.post(reverse("admin:core_user_changelist"), data, follow=True)


def test_the_second_factor_of_somebody_who_lost_it_is_taken_away(office):
    user, other = UserFactory(), UserFactory()
    set_up_app(user)
    set_up_app(other)
    response = act(office, "reset_second_factor", [user])
    assert "1人の二要素認証を解除しました。" in response.content.decode()
    assert not Authenticator.objects.filter(user=user).exists()
    assert Authenticator.objects.filter(user=other).exists()
    (entry,) = AuditEntry.objects.filter(action="role")
    assert (entry.object_id, entry.by.name, entry.detail) == (str(user.pk), "管理者", "二要素認証を解除しました。")


def test_nobody_is_deleted(office):
    user = UserFactory()
    act(office, "delete_selected", [user])
    assert office.post(reverse("admin:core_user_delete", args=[user.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_the_list_names_what_people_are(office):
    UserFactory(name="職員さん", is_staff=True)
    UserFactory(name="去った人", is_active=False)
    html = office.get(reverse("admin:core_user_changelist")).content.decode()
    for word in ("管理者", "職員", "一般", "有効", "無効"):
        assert f">{word}</td>" in html


def test_rights_of_a_group_are_named_in_japanese(office):
    right = Permission.objects.get(codename="change_event")
    html = office.get(reverse("admin:auth_group_add")).content.decode()
    assert "イベントと展示：イベントの変更" in html
    assert "Can change" not in html
    send(office, reverse("admin:auth_group_add"), name="広報係", permissions=[str(right.pk)])
    assert list(Group.objects.get(name="広報係").permissions.all()) == [right]
