"""Somebody wants to join a municipality that has people: any of those, and nobody else, decides on the page for it."""

from datetime import date

import pytest

from municipalities.models import Membership, MemberStaff
from tests.accounts.signing_in import confirm_address, give_password, sign_in
from tests.english import english_on
from tests.factories.core import UserFactory
from tests.factories.municipalities import MembershipApplicationFactory, MembershipFactory, MemberStaffFactory
from tests.reading import facts, main_text

pytestmark = pytest.mark.django_db

CANARY = "カナリア花子"


@pytest.fixture
def colleague():
    return MemberStaffFactory()


@pytest.fixture
def application(colleague):
    return MembershipApplicationFactory(
        municipality=colleague.municipality,
        name=CANARY,
        state="awaiting_consent",
        is_joining=True,
        reference="7KX-M2P-QRA",
    )


PAGE = "/members/people/applications/7KX-M2P-QRA/"


def state_of(application):
    application.refresh_from_db()
    return application.state


def test_a_colleague_sees_who_asks(client, colleague, application):
    sign_in(client, colleague.user)
    response = client.get(PAGE)
    assert (response.status_code, english_on(response)) == (200, [])
    assert facts(response)["氏名"] == [CANARY]
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))


def test_consent_takes_them_in(client, colleague, application, mailoutbox):
    sign_in(client, colleague.user)
    response = client.post(PAGE, {"decision": "consent"}, follow=True)
    assert "同意しました。申込者に、招待のメールを送ります。" in main_text(response)
    assert state_of(application) == "approved"
    assert CANARY not in response.content.decode()
    assert MemberStaff.objects.at(colleague.municipality).count() == 2
    assert not Membership.objects.exists()
    response = client.post(PAGE, {"decision": "consent"}, follow=True)
    assert "この申込みの手続きは、すでに終わっています。" in main_text(response)
    assert len(mailoutbox) == 2


def test_declining_needs_words_and_keeps_what_was_typed(client, colleague, application, mailoutbox):
    sign_in(client, colleague.user)
    response = client.post(PAGE, {"decision": "refuse", "explanation": " "})
    assert "同意しないときは、申込者への説明を書いてください。" in main_text(response)
    response = client.post(PAGE, {"decision": "", "explanation": "庁内で確かめられません。"})
    assert "庁内で確かめられません。" in response.content.decode()
    assert state_of(application) == "awaiting_consent"
    client.post(PAGE, {"decision": "refuse", "explanation": "庁内で確かめられません。"})
    assert (state_of(application), application.decided_by) == ("refused", colleague.user)
    (mail,) = mailoutbox
    assert "庁内で確かめられません。" in mail.body


def nobody(application):
    return None


def somebody_without_work(application):
    return UserFactory()


def of_another_municipality(application):
    return MemberStaffFactory().user


def who_left(application):
    return MemberStaffFactory(municipality=application.municipality, ends_on=date(2026, 4, 1)).user


def who_is_to_come(application):
    return MemberStaffFactory(municipality=application.municipality, starts_on=date(2199, 4, 1)).user


def of_the_secretariat(application):
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.mark.parametrize(
    "who",
    [nobody, somebody_without_work, of_another_municipality, who_left, who_is_to_come, of_the_secretariat],
)
def test_to_all_others_there_is_no_such_page(client, application, who):
    person = who(application)
    if person:
        sign_in(client, person)
    for response in (client.get(PAGE), client.post(PAGE, {"decision": "consent"})):
        assert response.status_code == (404 if person else 302)
        assert CANARY not in response.content.decode()
    assert state_of(application) == "awaiting_consent"


def test_without_a_second_factor_it_is_asked_for(client, colleague, application):
    confirm_address(colleague.user)
    give_password(client, colleague.user)
    response = client.post(PAGE, {"decision": "consent"})
    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/2fa/")
    assert state_of(application) == "awaiting_consent"


@pytest.mark.parametrize("fields", [{"is_joining": False, "state": "in_review"}, {"state": "unconfirmed"}])
def test_what_is_not_theirs_to_decide_has_no_page(client, colleague, fields):
    MembershipFactory(municipality=colleague.municipality)
    confirmed = {"confirmed_at": None} if fields["state"] == "unconfirmed" else {}
    MembershipApplicationFactory(
        municipality=colleague.municipality, reference="7KX-M2P-QRA", **({"is_joining": True} | fields | confirmed)
    )
    sign_in(client, colleague.user)
    assert client.get(PAGE).status_code == 404
    assert client.get(PAGE.replace("7KX", "8KX")).status_code == 404
