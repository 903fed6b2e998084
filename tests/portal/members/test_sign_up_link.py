"""The link that came by mail: only its button confirms, once, for a day."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.core.exceptions import ValidationError

from municipalities.models import MembershipApplication
from portal.members.sign_up.actions import confirm
from portal.members.sign_up.links import link_token
from portal.roles import Role, ensure_groups
from tests.english import english_on
from tests.factories.core import UserFactory
from tests.factories.municipalities import MembershipApplicationFactory, MemberStaffFactory
from tests.portal.members.signing_up import GIVEN, link_in, send, town
from tests.reading import facts, main_text
from tests.side_by_side import at_once

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def link(client, at_noon, mailoutbox):
    """The link of an application that was just sent for."""
    send(client, town())
    found = link_in(mailoutbox[0])
    mailoutbox.clear()
    return found


def states():
    return list(MembershipApplication.objects.values_list("state", "is_joining"))


def secretary():
    person = UserFactory(is_staff=True)
    person.groups.add(ensure_groups()[Role.SECRETARIAT])
    return person


def test_the_page_shows_what_was_written_and_opening_it_changes_nothing(client, link, mailoutbox):
    for _ in range(2):
        response = client.get(link)
        assert (response.status_code, english_on(response)) == (200, [])
        assert facts(response) == {
            "自治体": ["神奈川県 芽室町"],
            "所属": ["企画財政課"],
            "氏名": ["芽室花子"],
            "電話番号": ["0155-62-9720"],
            "メールアドレス": [GIVEN["email"]],
            "期限": ["2026年11月27日 12:00"],
        }
    assert client.head(link).status_code == 200
    assert (states(), mailoutbox) == ([("unconfirmed", False)], [])


def test_neither_caches_nor_other_sites_learn_of_it(client, link):
    response = client.get(link)
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))


def test_the_button_confirms_and_all_are_told(client, link, mailoutbox):
    person = secretary()
    UserFactory(is_staff=True)
    response = client.post(link, follow=True)
    asked = MembershipApplication.objects.get()
    assert (asked.state, asked.is_joining, asked.confirmed_at) == ("in_review", False, NOON)
    assert (response.redirect_chain, english_on(response)) == ([(link, 302)], [])
    assert facts(response) == {
        "受付番号": [asked.reference],
        "自治体": ["神奈川県 芽室町"],
        "状態": ["確認中"],
    }
    to_applicant, to_secretariat = mailoutbox
    assert to_applicant.to == [GIVEN["email"]]
    assert to_applicant.subject == "【特別区全国連携プロジェクト】会員登録の申込みを受け付けました"
    assert f"受付番号　{asked.reference}" in to_applicant.body
    assert "2027年2月24日までに決まらないとき" in to_applicant.body
    assert link_in(to_applicant) == "/members/status/"
    assert to_secretariat.to == [person.email]
    assert link_in(to_secretariat) == "/admin/municipalities/membershipapplication/"
    private = (*GIVEN.values(), asked.reference, "芽室町")
    assert [word for word in private if word in to_secretariat.subject + to_secretariat.body] == []


def test_where_there_are_people_they_are_asked(client, link, mailoutbox):
    secretary()
    asked = MembershipApplication.objects.get()
    here = MemberStaffFactory(municipality=asked.municipality)
    MemberStaffFactory(municipality=asked.municipality, ends_on=NOON.date())
    MemberStaffFactory(municipality=asked.municipality, user=UserFactory(is_active=False))
    MemberStaffFactory()
    client.post(link)
    assert states() == [("awaiting_consent", True)]
    assert [mail.to for mail in mailoutbox] == [[GIVEN["email"]], [here.user.email]]
    assert link_in(mailoutbox[1]) == f"/members/people/applications/{asked.reference}/"
    assert [word for word in GIVEN.values() if word in mailoutbox[1].body] == []


def test_pressed_twice_it_is_confirmed_once(client, link, at_noon, mailoutbox):
    client.post(link)
    at_noon.shift(timedelta(days=2))
    for response in (client.post(link, follow=True), client.get(link)):
        assert response.status_code == 200
        assert "メールアドレスの確認は済んでいます。" in main_text(response)
    asked = MembershipApplication.objects.get()
    assert (asked.confirmed_at, len(mailoutbox)) == (NOON, 1)


@pytest.mark.django_db(transaction=True)
def test_pressed_by_two_at_once_it_is_confirmed_once(mailoutbox):
    asked = MembershipApplicationFactory(state="unconfirmed", confirmed_at=None, requested_at=NOON)
    soon = NOON + timedelta(hours=1)
    press = partial(confirm, application=asked, site="https://portal.example", at=soon)
    assert at_once([press, press]) == ["done", "done"]
    assert (states(), len(mailoutbox)) == ([("in_review", False)], 1)


@pytest.mark.parametrize("state", ["approved", "refused", "cancelled", "expired"])
def test_a_used_link_says_so_whatever_became_of_it(client, state):
    ended = {"ended_at": NOON, "decided_by": UserFactory(), "has_called_office": True, "explanation": "説明"}
    asked = MembershipApplicationFactory(state=state, **ended)
    address = f"/members/signup/confirm/{link_token(asked.reference)}/"
    assert client.post(address).status_code == 302
    asked.refresh_from_db()
    assert asked.state == state
    assert "メールアドレスの確認は済んでいます。" in main_text(client.get(address))


def test_it_is_good_for_a_day(client, link, at_noon, mailoutbox):
    at_noon.shift(timedelta(hours=24) - timedelta(seconds=1))
    assert client.get(link).status_code == 200
    at_noon.shift(timedelta(seconds=1))
    for response in (client.get(link), client.post(link)):
        assert (response.status_code, english_on(response)) == (410, [])
        assert "24時間が過ぎた" in main_text(response)
    MembershipApplication.objects.all().delete()
    assert [client.get(link).status_code, client.post(link).status_code] == [410, 410]
    assert mailoutbox == []


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "222-222-222" + token[11:],
        lambda token: token.rpartition(":")[0],
        lambda token: "x",
        lambda token: "::",
    ],
)
def test_a_changed_link_opens_nothing(client, link, change):
    *_, token, _ = link.split("/")
    address = link.replace(token, change(token))
    for response in (client.get(address), client.post(address)):
        assert (response.status_code, english_on(response)) == (400, [])
        assert "アドレスが正しくありません" in main_text(response)
    assert states() == [("unconfirmed", False)]


def test_a_page_that_is_open_when_the_application_goes_is_told(link):
    asked = MembershipApplication.objects.get()
    MembershipApplication.objects.all().delete()
    with pytest.raises(ValidationError, match="この申込みはもうありません。"):
        confirm(application=asked, site="https://portal.example")
