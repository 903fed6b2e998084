"""Every address of the members' area, tried by everybody it is not for: sign-in or nothing, never data."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from events.models import Event
from municipalities.models import MemberPost, Membership, MembershipApplication, MemberStaff
from portal.core.models import Proposal, User
from tests.accounts.signing_in import confirm_address, give_password, sign_in
from tests.factories import core, municipalities
from tests.portal.members.who_sees_what import CANARY, PAGES, PUBLIC, Page

pytestmark = pytest.mark.django_db

KEPT = (Event, MemberPost, Membership, MembershipApplication, MemberStaff, Proposal, User)
SIGN_IN, SECOND_FACTOR = reverse("account_login"), reverse("mfa_index")


def member_town(**fields):
    town = municipalities.MunicipalityFactory(**fields)
    municipalities.MembershipFactory(municipality=town)
    return town


def a_visitor(town):
    return None


def somebody_without_a_post(town):
    return core.UserFactory()


def somebody_of_another_town(town):
    return municipalities.MemberStaffFactory(municipality=member_town(name="隣の町")).user


def somebody_who_left(town):
    yesterday = timezone.localdate() - timedelta(days=1)
    return municipalities.MemberStaffFactory(municipality=town, ends_on=yesterday).user


def somebody_who_left_today(town):
    return municipalities.MemberStaffFactory(municipality=town, ends_on=timezone.localdate()).user


def somebody_who_has_only_applied(town):
    person = core.UserFactory()
    municipalities.MembershipApplicationFactory(municipality=town, email=person.email, is_joining=True)
    return person


def somebody_of_a_ward(town):
    return municipalities.WardStaffFactory(role="approver").user


def somebody_of_the_secretariat(town):
    return core.UserFactory(is_staff=True, is_superuser=True)


# Who is tried, and what they get: at pages about a record of the town, and at all others, which know no town.
OUTSIDERS = {
    a_visitor: (302, 302),
    somebody_without_a_post: (404, 404),
    somebody_of_another_town: (404, None),
    somebody_who_left: (404, 404),
    somebody_who_left_today: (404, 404),
    somebody_who_has_only_applied: (404, 404),
    somebody_of_a_ward: (404, 404),
    somebody_of_the_secretariat: (404, 404),
}


@pytest.fixture
def town():
    """A member with a secret of every kind."""
    town = member_town(name="山川町")
    municipalities.MunicipalityProfileFactory(
        municipality=town, introduction=CANARY, publication_state="draft", publish_at=None
    )
    return town


def addresses(town) -> list[tuple[str, Page, str]]:
    found = []
    for name, page in PAGES.items():
        args = [*page.words, *([page.record(town)] if page.record else [])]
        found.append((name, page, reverse(name, args=args)))
    return found


def answer(browser, page: Page, address: str):
    return browser.post(address) if page.only_sent else browser.get(address)


def rows():
    return {model: list(model.objects.order_by("pk").values()) for model in KEPT}


def member_names() -> set[str]:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    return {name for name in names if name.startswith("member_")}


def test_every_address_has_a_row():
    assert member_names() == PAGES.keys() | PUBLIC


@pytest.mark.parametrize("who", OUTSIDERS, ids=lambda who: who.__name__)
def test_nobody_else_gets_anything_or_changes_anything(town, who):
    of_record, of_all = OUTSIDERS[who]
    person, browser = who(town), Client()
    if person is not None:
        sign_in(browser, person)
    pages = addresses(town)
    before = rows()
    for name, page, address in pages:
        expected = of_record if page.record else of_all or page.own
        response = answer(browser, page, address)
        assert (name, response.status_code) == (name, expected)
        assert expected != 302 or person is not None or response.url.startswith(SIGN_IN)
        sent = browser.post(address)
        # Where nothing is ever sent, that is said before anybody is asked for.
        assert of_all is None or sent.status_code in (expected, 405), name
        for said in (response, sent):
            assert CANARY not in said.content.decode(), name
    assert rows() == before


def test_its_own_people_get_it_and_nobody_on_the_way_keeps_it(town):
    browser = Client()
    sign_in(browser, municipalities.MemberStaffFactory(municipality=town).user)
    told = set()
    for name, page, address in addresses(town):
        response = answer(browser, page, address)
        assert (name, response.status_code) == (name, page.own)
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", ")), name
        if CANARY in response.content.decode():
            told.add(name)
    assert told >= {"member_people", "member_posts", "member_post_change", "member_event_change", "member_profile"}


def test_without_a_second_factor_its_own_people_are_led_to_it(town):
    browser, person = Client(), municipalities.MemberStaffFactory(municipality=town).user
    confirm_address(person)
    give_password(browser, person)
    for name, page, address in addresses(town):
        response = answer(browser, page, address)
        assert (name, response.status_code, response.url) == (name, 302, SECOND_FACTOR)


def test_while_it_rests_its_people_read_what_is_theirs_and_write_nothing(town):
    Membership.objects.filter(municipality=town).update(withdrawn_on=date(2020, 4, 1), ended_by_suspension=True)
    browser = Client()
    sign_in(browser, municipalities.MemberStaffFactory(municipality=town).user)
    for name, page, address in addresses(town):
        response = answer(browser, page, address)
        assert (name, response.status_code) == (name, page.resting)
