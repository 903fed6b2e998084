"""Two people of a member in the same moment: never is nobody left, and never is a membership begun twice."""

from datetime import date

import pytest

from municipalities.models import Membership, MemberStaff
from portal.members.access import member_of
from portal.members.area.actions import LAST_ONE, end_post, go_on
from tests.factories.municipalities import MembershipFactory, MemberStaffFactory, MunicipalityFactory
from tests.side_by_side import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_worker")]


@pytest.fixture
def town():
    return MunicipalityFactory()


def test_of_the_last_two_who_leave_at_once_one_stays(town):
    MembershipFactory(municipality=town)
    posts = MemberStaffFactory.create_batch(2, municipality=town)

    came_to = at_once([lambda post=post: end_post(post=post, by=post.user) for post in posts])

    assert came_to == sorted(["done", LAST_ONE])
    assert MemberStaff.objects.at(town).count() == 1


def test_what_two_let_go_on_at_once_goes_on_once(town):
    MembershipFactory(municipality=town, withdrawn_on=date(2020, 4, 1), ended_by_suspension=True)
    people = [post.user for post in MemberStaffFactory.create_batch(2, municipality=town)]

    came_to = at_once([lambda person=person: go_on(member=member_of(person)) for person in people])

    assert came_to == sorted(["done", "会員登録は続いています。"])
    assert Membership.objects.in_force().of(town).count() == 1
