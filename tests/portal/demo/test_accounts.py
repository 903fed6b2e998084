"""The demo accounts: one for each role, with a second factor, printed for whoever tries the site."""

import re
import stat
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal.core.models import User
from portal.demo.people import ACCOUNTS
from portal.roles import ensure_groups
from tests.accounts.signing_in import code_now
from tests.portal.demo.site import PASSWORD, TOTP_SECRET, counts, seed

# The demo data are written once for all of them.
pytestmark = pytest.mark.xdist_group(__name__)


def sign_in(client, email: str):
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return client.post(reverse("mfa_authenticate"), {"code": code_now(TOTP_SECRET)})


@pytest.mark.parametrize("email", ["secretariat@demo.example", "shinagawa-editor@demo.example", "auditor@demo.example"])
def test_staff_reach_the_back_office_with_the_fixed_password_and_code(demo_site, client, email):
    sign_in(client, email)

    assert client.get(reverse("admin:index")).status_code == 200


def test_a_member_signs_in_but_does_not_reach_the_back_office(demo_site, client):
    assert sign_in(client, "member@demo.example").status_code == 302

    assert client.get(reverse("member_dashboard")).status_code == 200
    assert client.session["_auth_user_id"] == str(User.objects.get(email="member@demo.example").pk)
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_member_that_rests_reads_its_pages_and_writes_nothing(demo_site, client):
    sign_in(client, "resting-member@demo.example")

    assert client.get(reverse("member_dashboard")).context["member"].membership is None
    assert client.get(reverse("member_post_add")).status_code == 404


def test_roles_give_what_they_say(demo_site):
    def may(email: str, permission: str) -> bool:
        return User.objects.get(email=f"{email}@demo.example").has_perm(permission)

    staff = ["secretariat", "shinagawa-editor", "shinagawa-approver", "meguro-editor", "auditor"]
    assert [who for who in staff if not may(who, "events.view_event")] == []
    assert [who for who in staff if may(who, "events.change_event")] == staff[:-1]
    assert [who for who in staff if may(who, "portal.change_newsitem")] == ["secretariat"]
    assert may("secretariat", "municipalities.delete_wardtie")
    assert not may("member", "events.view_event")
    assert [user.email for user in User.objects.filter(is_superuser=True)] == []


def test_the_accounts_are_printed_and_kept_for_the_sites_own_user(seeded, demo_site, folders):
    _, said = seeded
    path = folders["DATA_DIR"] / "demo-accounts.txt"
    printed = StringIO()
    call_command("seed_demo", accounts=True, stdout=printed)

    assert said.endswith(printed.getvalue())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert printed.getvalue().count(PASSWORD) == len(ACCOUNTS) == 10
    assert printed.getvalue().count("otpauth://totp/") == len(ACCOUNTS)
    assert re.search(r"^auditor@demo\.example\s+.*監査", printed.getvalue(), re.MULTILINE)


def test_there_are_no_accounts_to_print_before_the_first_time(empty_site):
    with pytest.raises(CommandError, match="まだありません"):
        call_command("seed_demo", accounts=True)


def test_chance_makes_secrets_that_last(demo_site, settings, tmp_path):
    settings.DEMO_PASSWORD = settings.DEMO_TOTP_SECRET = ""
    settings.DATA_DIR = tmp_path / "not yet there"

    assert counts(seed())["利用者"] == (0, 10)
    table = (settings.DATA_DIR / "demo-accounts.txt").read_text()
    passwords = re.findall(r"^\S+@demo\.example\s+(\S+)\t", table, re.MULTILINE)

    assert counts(seed())["利用者"] == (0, 0)
    assert (settings.DATA_DIR / "demo-accounts.txt").read_text() == table
    assert len(set(passwords)) == 10
    assert User.objects.get(email="auditor@demo.example").check_password(passwords[5])
    assert PASSWORD not in table


@pytest.mark.django_db
def test_the_groups_of_the_roles_are_there():
    Group.objects.all().delete()

    assert [group.name for group in ensure_groups().values()] == ["事務局", "監査"]
    assert Group.objects.count() == 2
