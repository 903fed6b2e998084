"""The log of mail in the back office: what became of each, never what it said, and once more for what failed."""

import pytest

from portal.core.models import OutgoingMail
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.factories.core import OutgoingMailFactory, UserFactory
from tests.factories.municipalities import WardStaffFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/core/outgoingmail/"
SECRET = "CANARY-text"


@pytest.fixture
def failed():
    return OutgoingMailFactory(state="failed", attempts=8, error="SMTPServerDisconnected", text=SECRET)


def test_nothing_of_what_a_mail_says_is_shown(office, failed):
    secret = OutgoingMailFactory(writer="portal.nowhere", about={"token": SECRET}, text="")
    for address in (LIST, f"{LIST}{failed.pk}/change/", f"{LIST}{secret.pk}/change/", f"{LIST}export/csv/"):
        said = office.get(address).getvalue().decode()
        assert "machi@town.example.lg.jp" in said
        assert SECRET not in said


def test_it_is_found_by_state_recipient_and_subject(office, failed):
    OutgoingMailFactory(recipient="other@example.jp", subject="別の件")
    for query, found in (
        ("state__exact=failed", ["machi"]),
        ("q=other@", ["other"]),
        ("q=別の件", ["other"]),
        ("", ["machi", "other"]),
    ):
        html = office.get(f"{LIST}?{query}").content.decode().split('id="result_list"')[1]
        assert [name for name in ("machi", "other") if f"{name}@" in html] == found


def test_what_failed_is_sent_once_more(office, failed, mailoutbox):
    waiting = OutgoingMailFactory(state="waiting")
    chosen = {"action": "send_again", "_selected_action": [failed.pk, waiting.pk]}
    said = office.post(LIST, chosen, follow=True).content.decode()
    failed.refresh_from_db()
    waiting.refresh_from_db()
    assert (failed.state, waiting.state) == ("sent", "waiting")
    assert [mail.to for mail in mailoutbox] == [["machi@town.example.lg.jp"]]
    assert "1件のメールをもう一度送ります。" in said
    assert "1件は「送信できず」ではないので、送りません。" in said


@pytest.mark.parametrize(("role", "status"), [("auditor", 200), ("ward", 403)])
def test_auditors_read_it_and_wards_do_not(client, failed, mailoutbox, role, status):
    person = UserFactory(is_staff=True)
    if role == "ward":
        WardStaffFactory(user=person)
    else:
        person.groups.add(ensure_groups()[Role.AUDITOR])
    sign_in(client, person)
    assert client.get(LIST).status_code == status
    client.post(LIST, {"action": "send_again", "_selected_action": [failed.pk]})
    assert OutgoingMail.objects.get().state == "failed"
    assert mailoutbox == []
