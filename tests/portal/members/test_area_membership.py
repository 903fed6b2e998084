"""The membership: it rests, goes on and ends, and every number of the past stays what it was."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from municipalities.choices import Relation
from municipalities.models import Membership, MemberStaff, Municipality
from portal.core.models import AuditEntry, Version
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in_again
from tests.factories.core import UserFactory
from tests.factories.municipalities import MembershipFactory, MemberStaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_kinds")]

MEMBERSHIP = reverse("member_membership")
LAST_DAY, NEXT_DAY = date(2027, 3, 31), date(2027, 4, 1)


@pytest.fixture(autouse=True)
def _a_day(time_machine):
    time_machine.move_to("2027-03-01T10:00+09:00")


def step(name):
    return reverse("member_membership_step", args=[name])


def do(browser, name, **typed):
    return browser.post(step(name), {**typed, "step": "do"}, follow=True)


def members_on(day):
    return Municipality.objects.linked(Relation.MEMBER, day, official=True).count()


def test_it_shows_the_periods_and_what_can_be_done(member, town):
    Membership.objects.update(withdrawn_on=date(2018, 4, 1))
    MembershipFactory(municipality=town, registered_on=date(2019, 4, 1))

    response = member.get(MEMBERSHIP)

    assert [period.registered_on.year for period in response.context["periods"]] == [2019, 2015]
    assert [name for name, _ in response.context["steps"]] == ["suspend", "withdraw"]


def test_it_rests_from_the_day_after_the_last(member, town):
    checked = member.post(step("suspend"), {"ends_on": "令和9年3月31日"})
    assert checked.context["form"].answers == [("最後の日", "令和9年3月31日")]
    assert Membership.objects.get().withdrawn_on is None

    do(member, "suspend", ends_on="令和9年3月31日")

    membership = Membership.objects.get()
    assert (membership.withdrawn_on, membership.ended_by_suspension) == (NEXT_DAY, True)
    assert (members_on(LAST_DAY), members_on(NEXT_DAY)) == (1, 0)
    assert Version.objects.of(membership).first().made_by == member.person
    assert AuditEntry.objects.filter(detail="会員登録の休止").count() == 1


def test_without_a_day_today_is_the_last(member):
    do(member, "suspend")

    today = timezone.localdate()
    assert (members_on(today), members_on(today + timedelta(days=1))) == (1, 0)


def test_what_rests_goes_on_from_today_and_the_time_between_stays_empty(member, town, time_machine):
    do(member, "suspend", ends_on="2027-03-02")
    time_machine.move_to("2027-03-05T10:00+09:00")
    sign_in_again(member, member.person)

    response = do(member, "go-on")

    assert response.context["membership"].registered_on == date(2027, 3, 5)
    days = [date(2027, 3, day) for day in (2, 3, 4, 5)]
    assert [members_on(day) for day in days] == [1, 0, 0, 1]


def test_what_rests_on_a_demo_site_goes_on_as_fiction(member, town, time_machine):
    Membership.objects.update(is_demo=True, withdrawn_on=date(2020, 4, 1), ended_by_suspension=True)

    do(member, "go-on")

    assert members_on(timezone.localdate()) == 0
    assert Membership.objects.in_force().get().is_demo


def test_it_ends_and_with_it_the_posts_of_all(member, town, time_machine):
    colleague = MemberStaffFactory(municipality=town)
    leaving = MemberStaffFactory(municipality=town, ends_on=date(2027, 3, 2))

    do(member, "withdraw", ends_on="2027-03-03")

    membership, day = Membership.objects.get(), date(2027, 3, 4)
    assert (membership.withdrawn_on, membership.ended_by_suspension) == (day, False)
    ends = dict(MemberStaff.objects.values_list("user", "ends_on"))
    assert ends == {member.person.pk: day, colleague.user_id: day, leaving.user_id: date(2027, 3, 2)}
    assert member.get(MEMBERSHIP).status_code == 200
    time_machine.move_to("2027-03-04T00:00+09:00")
    sign_in_again(member, member.person)
    assert member.get(MEMBERSHIP).status_code == 404
    assert (members_on(date(2027, 3, 3)), members_on(day)) == (1, 0)


@pytest.mark.parametrize("change", ["go-on", "suspend"])
def test_until_then_an_end_is_taken_back(member, town, change):
    do(member, "withdraw", ends_on="2027-03-31")

    do(member, change)

    assert MemberStaff.objects.get().ends_on is None
    assert Membership.objects.get().ended_by_suspension == (change == "suspend")
    assert members_on(date(2027, 3, 2)) == (0 if change == "suspend" else 1)


def test_what_rests_may_end_without_a_change_of_its_days(member, town):
    Membership.objects.update(withdrawn_on=date(2020, 4, 1), ended_by_suspension=True)

    do(member, "withdraw")

    membership = Membership.objects.get()
    assert (membership.withdrawn_on, membership.ended_by_suspension) == (date(2020, 4, 1), False)
    assert MemberStaff.objects.get().ends_on == date(2027, 3, 2)


@pytest.mark.parametrize(("name", "rests"), [("go-on", False), ("suspend", True), ("burn", False)])
def test_what_cannot_be_done_now_is_not_there(member, name, rests):
    if rests:
        Membership.objects.update(withdrawn_on=date(2020, 4, 1), ended_by_suspension=True)

    assert member.get(step(name)).status_code == 404


def test_the_day_before_today_is_refused_and_nothing_changes(member):
    response = member.post(step("suspend"), {"ends_on": "2027-02-28", "step": "do"})

    assert response.context["form"].errors == {"ends_on": ["今日以降の日を入れてください。"]}
    assert Membership.objects.get().withdrawn_on is None


def test_the_secretariat_is_told(member):
    secretary = UserFactory(is_staff=True)
    secretary.groups.add(ensure_groups()[Role.SECRETARIAT])
    mail.outbox.clear()

    do(member, "suspend", ends_on="2027-03-31")

    (letter,) = mail.outbox
    assert letter.to == [secretary.email]
    assert "会員登録の休止の手続きがありました" in letter.body
    assert "最後の日：令和9年3月31日" in letter.body
