"""The yearly confirmation: asked once, reminded once, answered by one click that no program makes."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from municipalities.models import Membership, MembershipConfirmation
from portal.core.models import OutgoingMail
from portal.members.area.mails import token_of
from portal.members.area.yearly import ask
from tests.factories.municipalities import (
    MembershipConfirmationFactory,
    MembershipFactory,
    MemberStaffFactory,
    MunicipalityFactory,
)

pytestmark = pytest.mark.django_db


def morning(month, day, year=2027):
    return datetime(year, month, day, 1, tzinfo=UTC)


@pytest.fixture
def town():
    town = MunicipalityFactory(name="山川町")
    MembershipFactory(municipality=town)
    MemberStaffFactory.create_batch(2, municipality=town)
    return town


@pytest.fixture
def asked(town, time_machine):
    time_machine.move_to(morning(4, 1))
    ask()
    return MembershipConfirmation.objects.get()


def page(confirmation, token=None):
    return reverse("member_confirmation", args=[token or token_of(confirmation)])


def test_everybody_of_a_member_is_asked_once_a_fiscal_year(town):
    assert [ask(morning(4, 1)), ask(morning(4, 2)), ask(morning(4, 1, year=2028))] == [2, 0, 2]
    years = MembershipConfirmation.objects.order_by("fiscal_year").values_list("fiscal_year", "confirmed_at")
    assert list(years) == [(2027, None), (2028, None)]


def test_only_who_is_a_member_since_before_the_year_is_asked():
    for registered, withdrawn in ((date(2027, 4, 1), None), (date(2015, 4, 1), date(2027, 3, 1))):
        held = MembershipFactory(registered_on=registered, withdrawn_on=withdrawn)
        MemberStaffFactory(municipality=held.municipality)

    assert ask(morning(4, 1)) == 0
    assert not MembershipConfirmation.objects.exists()


def test_the_mail_holds_the_link_and_nothing_kept_does(asked, client):
    call_command("ask_confirmations")

    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert len(mail.outbox) == len(letters) == 2
    assert page(asked) in next(iter(letters.values())).body
    assert [text for text in OutgoingMail.objects.values_list("text", flat=True) if text] == []
    assert not any(token_of(asked) in str(about) for about in OutgoingMail.objects.values_list("about", flat=True))


def test_who_has_not_answered_is_reminded_once(asked):
    MembershipConfirmationFactory(fiscal_year=2027, asked_at=morning(4, 1), confirmed_at=morning(4, 2))

    assert [ask(morning(4, 30)), ask(morning(5, 1)), ask(morning(5, 2))] == [0, 2, 0]
    OutgoingMail.objects.all().delete()
    assert ask(morning(8, 1)) == 0


def test_who_left_meanwhile_is_not_reminded(asked):
    Membership.objects.update(withdrawn_on=date(2027, 4, 20))

    assert ask(morning(5, 1)) == 0


def test_opening_the_link_confirms_nothing_the_button_does(asked, client):
    opened = client.get(page(asked))

    assert "山川町の会員登録を確かめてください。" in opened.content.decode()
    assert {"private", "no-store"} <= set(opened["Cache-Control"].split(", "))
    asked.refresh_from_db()
    assert asked.confirmed_at is None

    answered = client.post(page(asked), follow=True)

    assert "山川町の確認は、" in answered.content.decode()
    asked.refresh_from_db()
    assert asked.confirmed_at is not None


def test_a_link_used_again_says_when_it_was_confirmed(asked, client, time_machine):
    client.post(page(asked))
    time_machine.move_to(morning(6, 1))

    answered = client.post(page(asked), follow=True)

    assert "令和9年4月1日</time>に済んでいます" in answered.content.decode()
    asked.refresh_from_db()
    assert asked.confirmed_at.month == 4


def test_the_page_names_no_person(asked, client):
    html = client.get(page(asked)).content.decode()

    people = [post.user for post in asked.membership.municipality.people.all()]
    assert len(people) == 2
    assert [person for person in people if person.name in html or person.email in html] == []


@pytest.mark.parametrize("token", ["1", "1:x", "山川町", "x" * 300])
def test_a_link_that_is_not_ours_opens_nothing(asked, client, token):
    response = client.get(page(asked, token))

    assert (response.status_code, "何も変わっていません" in response.content.decode()) == (400, True)


def test_a_link_of_the_year_before_opens_nothing(asked, client, time_machine):
    time_machine.move_to(morning(4, 1, year=2028))

    assert client.post(page(asked)).status_code == 410
    asked.refresh_from_db()
    assert asked.confirmed_at is None
