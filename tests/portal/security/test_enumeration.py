"""Nobody learns who has an account: not by what is said, not by what it takes to say it.

Instead of time, what takes it is counted: passwords that are hashed, mails that leave, and queries.
"""

import re
from typing import ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.mail.models import OutgoingMail
from tests.accounts.signing_in import confirm_address
from tests.conftest import StrictClient
from tests.factories.core import UserFactory
from tests.factories.municipalities import MembershipApplicationFactory
from tests.portal.members import signing_up
from tests.reading import main_text

pytestmark = pytest.mark.django_db


class CountingHasher(MD5PasswordHasher):
    """Quick, and counts how often it hashed."""

    algorithm = "md5"
    hashed: ClassVar[list[str]] = []

    def encode(self, password, salt):
        self.hashed.append(salt)
        return super().encode(password, salt)


@pytest.fixture
def people(settings):
    """By what may be known of them: the address of each."""
    settings.PASSWORD_HASHERS = ["tests.portal.security.test_enumeration.CountingHasher"]
    known = UserFactory(email="known@example.jp")
    confirm_address(known)
    # Another of the same kind, so that each attempt is the first of its address.
    confirm_address(UserFactory(email="other@example.jp"))
    UserFactory(email="off@example.jp", is_active=False)
    invited = UserFactory(email="invited@example.jp")
    invited.set_unusable_password()
    invited.save()


def effort_of(send):
    """What a visitor reads, and what it took: hashes, mails, queries by table."""
    cache.clear()
    CountingHasher.hashed.clear()
    before = OutgoingMail.objects.count()
    with CaptureQueriesContext(connection) as queries:
        response = send(StrictClient())
    statements = [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]]
    effort = (len(CountingHasher.hashed), OutgoingMail.objects.count() - before, len(statements))
    text = re.sub(r"\S+@\S+", "…", main_text(response)) if response.content else ""
    return (response.status_code, response.headers.get("Location"), text), effort


def signing_in(email):
    return effort_of(lambda browser: browser.post("/accounts/login/", {"login": email, "password": "wrong password"}))


@pytest.mark.parametrize("address", ["known@example.jp", "off@example.jp", "invited@example.jp"])
def test_signing_in_says_and_does_the_same_for_an_address_without_an_account(people, address):
    told, (hashes, mails, queries) = signing_in(address)
    told_nobody, (hashes_nobody, mails_nobody, queries_nobody) = signing_in("nobody@example.jp")

    assert told == told_nobody
    assert (hashes, mails) == (hashes_nobody, mails_nobody) == (1, 0)
    # One question more or less is under a millisecond; a hash of Argon2 takes a hundred.
    assert abs(queries - queries_nobody) <= 3


def test_a_forgotten_password_says_and_does_the_same(people):
    def forgotten(email):
        return effort_of(lambda browser: browser.post("/accounts/password/reset/", {"email": email}))

    told, (hashes, mails, _) = forgotten("known@example.jp")
    told_nobody, (hashes_nobody, mails_nobody, _) = forgotten("nobody@example.jp")

    assert told == told_nobody
    assert told[:2] == (302, "/accounts/password/reset/done/")
    assert (hashes, mails) == (hashes_nobody, mails_nobody) == (0, 1)


def test_an_application_says_and_does_the_same(people):
    town = signing_up.town()

    def applied(email):
        return effort_of(lambda browser: signing_up.send(browser, town, email=email))

    told, effort = applied("known@example.jp")
    told_nobody, effort_nobody = applied("nobody@example.jp")

    assert (told, effort) == (told_nobody, effort_nobody)
    assert effort[:2] == (0, 1)


@pytest.mark.parametrize("token", ["x", "MQ:1abcde:" + "x" * 43, "999999:1abcde:" + "x" * 43])
def test_an_invitation_that_is_none_says_the_same_whoever_it_names(people, token):
    said = {
        (response.status_code, main_text(response))
        for response in (StrictClient().get(f"/accounts/invitation/{one}/", follow=True) for one in (token, "nothing"))
    }

    assert len(said) == 1


def test_the_number_of_an_application_says_nothing_without_its_address():
    there = MembershipApplicationFactory(reference="7KX-M2P-QRA", email="known@example.jp")

    def asked(reference, email):
        sent = {"reference": reference, "email": email}
        return effort_of(lambda browser: browser.post("/members/status/", sent))

    told, effort = asked(there.reference, "wrong@example.jp")
    assert (told, effort) == asked("999-999-999", "wrong@example.jp")


def test_the_closed_door_of_registration_knows_nobody(people):
    def registered(email):
        sent = {"email": email, "password1": "correct horse battery", "password2": "correct horse battery"}
        return effort_of(lambda browser: browser.post("/accounts/signup/", sent))

    assert registered("known@example.jp") == registered("nobody@example.jp")
