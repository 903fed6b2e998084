"""The members' area: what waits, who works there, and letting the membership rest, go on or end."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from municipalities.models import Membership, MemberStaff, Municipality
from portal.core.models import AuditEntry, Proposal, User, Version
from portal.members.access import member_of
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.factories.core import ImageFactory, ProposalFactory, UserFactory
from tests.factories.events import EventFactory
from tests.factories.municipalities import (
    MemberPostFactory,
    MembershipApplicationFactory,
    MembershipFactory,
    MemberStaffFactory,
    MunicipalityFactory,
    MunicipalityProfileFactory,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 11, 26), date(2026, 11, 27)
DASHBOARD, PEOPLE = reverse("member_dashboard"), reverse("member_people")


@pytest.fixture(autouse=True)
def _noon():
    # Known to every process that has run for a while.
    ContentType.objects.get_for_models(User, MemberStaff, Membership)
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def town():
    town = MunicipalityFactory(name="川辺町")
    MembershipFactory(municipality=town)
    return town


@pytest.fixture
def post(town):
    return MemberStaffFactory(municipality=town, user=UserFactory(name="川辺花子"))


@pytest.fixture
def member(client, post):
    """The browser of a person of the town who has signed in with both factors."""
    sign_in(client, post.user)
    return client


def step(name):
    return reverse("member_membership_step", args=[name])


def is_member(town, on):
    return Membership.objects.in_force(on).of(town).exists()


def test_the_first_steps_are_marked_as_they_are_done(member, town):
    def done():
        return [step.is_done for step in member.get(DASHBOARD).context["steps"]]

    assert done() == [False, False, False]
    profile = MunicipalityProfileFactory(municipality=town, publication_state="draft", publish_at=None)
    assert done() == [True, False, False]
    profile.images.add(ImageFactory())
    assert done() == [True, True, False]
    EventFactory(owner=town)
    assert "はじめの三つ" not in member.get(DASHBOARD).content.decode()


def test_what_is_under_way_stands_there_and_what_is_others_does_not(member, town, post):
    draft = {"publication_state": "draft", "publish_at": None}
    ours = [
        MemberPostFactory(owner=town, title="下書きの投稿", **draft),
        EventFactory(owner=town, title="催し", **draft),
    ]
    theirs = MemberPostFactory(title="よその投稿", **draft)
    for record in (*ours, theirs):
        ProposalFactory(record=record, written_by=post.user)
    page = member.get(DASHBOARD)
    assert {str(way.record) for way, _ in page.context["ways"]} == {"下書きの投稿", "催し"}
    assert "よその投稿" not in page.content.decode()


def test_the_dashboard_takes_as_many_queries_for_one_as_for_fifty(member, town, post):
    def make(count):
        for _ in range(count):
            record = MemberPostFactory(owner=town, publication_state="draft", publish_at=None)
            ProposalFactory(record=record, written_by=post.user)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert member.get(DASHBOARD).status_code == 200
        return len(asked)

    make(1)
    queries()
    few = queries()
    make(50)
    assert queries() == few <= 20


def test_an_application_to_join_is_told(member, town):
    application = MembershipApplicationFactory(municipality=town, state="awaiting_consent", is_joining=True)
    MembershipApplicationFactory(state="awaiting_consent", is_joining=True, name="よその人")
    for address in (DASHBOARD, PEOPLE):
        html = member.get(address).content.decode()
        assert reverse("member_application", args=[application.reference]) in html
        assert "よその人" not in html


def test_people_describe_themselves(member, post):
    member.post(reverse("member_me"), {"name": "川辺はな", "department": "観光課", "phone": "0123"})
    post.refresh_from_db()
    assert (post.user.name, post.department, post.phone) == ("川辺はな", "観光課", "0123")
    assert Version.objects.of(post).first().made_by == post.user
    wrong = member.post(reverse("member_me"), {"name": "", "department": "観光課"})
    assert wrong.context["form"].errors["name"]
    assert 'value="観光課"' in wrong.content.decode()


def test_who_hands_over_gives_what_is_under_way_to_the_successor(member, town, post):
    successor = MemberStaffFactory(municipality=town)
    record = MemberPostFactory(owner=town, publication_state="draft", publish_at=None)
    proposal = ProposalFactory(record=record, written_by=post.user)
    other = ProposalFactory(record=MemberPostFactory(publication_state="draft", publish_at=None), written_by=post.user)
    answer = member.post(
        reverse("member_handover"), {"successor": successor.pk, "ends_on": "令和8年11月30日", "step": "do"}
    )
    assert answer.headers["Location"] == PEOPLE
    post.refresh_from_db()
    successor.refresh_from_db()
    assert (post.ends_on, successor.predecessor) == (date(2026, 12, 1), post.user)
    assert Proposal.objects.get(pk=proposal.pk).holder == successor.user
    assert Proposal.objects.get(pk=other.pk).holder == post.user
    assert member_of(post.user, datetime(2026, 11, 30, 3, tzinfo=UTC)) is not None
    assert member_of(post.user, datetime(2026, 11, 30, 15, tzinfo=UTC)) is None


def test_a_successor_is_of_the_same_municipality(member, town):
    MemberStaffFactory(municipality=town)
    stranger = MemberStaffFactory()
    wrong = member.post(reverse("member_handover"), {"successor": stranger.pk, "step": "do"})
    assert wrong.context["form"].errors["successor"]


def test_who_leaves_at_once_opens_nothing_any_more(member, town, post):
    MemberStaffFactory(municipality=town)
    assert member.post(reverse("member_leave"), {"step": "do"}).status_code == 302
    assert member.get(DASHBOARD).status_code == 404
    post.refresh_from_db()
    assert post.ends_on == TODAY


def test_the_last_one_does_not_leave_a_member_alone(member, post):
    html = member.post(reverse("member_leave"), {"step": "do"}).content.decode()
    assert "最後の担当者です。" in html
    post.refresh_from_db()
    assert post.ends_on is None


def test_a_colleague_who_moved_on_is_ended_and_told(member, town, mailoutbox):
    colleague = MemberStaffFactory(municipality=town)
    member.post(reverse("member_end", args=[colleague.pk]), {"step": "do"})
    colleague.refresh_from_db()
    assert colleague.ends_on == TODAY
    assert [mail.to for mail in mailoutbox] == [[colleague.user.email]]
    assert AuditEntry.objects.filter(action="role").count() == 1


def test_nobody_ends_the_post_of_others_or_their_own(member, post):
    for pk in (MemberStaffFactory().pk, post.pk):
        assert member.post(reverse("member_end", args=[pk]), {"step": "do"}).status_code == 404


def test_a_day_gone_by_is_no_last_day(member, town, post):
    MemberStaffFactory(municipality=town)
    wrong = member.post(reverse("member_leave"), {"ends_on": "2026-11-25", "step": "do"})
    assert wrong.context["form"].errors["ends_on"] == ["今日以降の日を入れてください。"]
    post.refresh_from_db()
    assert post.ends_on is None


def test_a_rest_keeps_its_days_and_going_on_begins_another_period(member, town):
    assert member.post(step("suspend"), {"ends_on": "", "step": "do"}).status_code == 302
    membership = Membership.objects.get()
    assert (membership.withdrawn_on, membership.ended_by_suspension) == (TOMORROW, True)
    assert (is_member(town, TODAY), is_member(town, TOMORROW)) == (True, False)
    with time_machine.travel(datetime(2026, 12, 5, 3, tzinfo=UTC), tick=False):
        assert "休止" in member.get(DASHBOARD).content.decode()
        assert member.get(reverse("member_event_add")).status_code == 404
        assert member.post(step("suspend"), {"step": "do"}).status_code == 404
        assert member.post(step("go-on"), {"step": "do"}).status_code == 302
    assert [(row.registered_on, row.withdrawn_on) for row in Membership.objects.of(town).latest_first()] == [
        (date(2026, 12, 5), None),
        (date(2015, 4, 1), TOMORROW),
    ]
    assert not is_member(town, date(2026, 12, 4))
    assert is_member(town, date(2026, 12, 5))


def test_what_was_only_to_rest_goes_on_as_if_nothing_had_been_said(member):
    member.post(step("suspend"), {"ends_on": "2027-03-31", "step": "do"})
    member.post(step("go-on"), {"step": "do"})
    membership = Membership.objects.get()
    assert (membership.withdrawn_on, membership.ended_by_suspension) == (None, False)


def test_leaving_ends_the_posts_of_all_on_the_last_day(member, town, mailoutbox):
    other = MemberStaffFactory(municipality=town)
    secretary = UserFactory(is_staff=True)
    secretary.groups.add(ensure_groups()[Role.SECRETARIAT])
    member.post(step("withdraw"), {"ends_on": "2027-03-31", "step": "do"})
    assert set(MemberStaff.objects.values_list("ends_on", flat=True)) == {date(2027, 4, 1)}
    membership = Membership.objects.get()
    assert (membership.withdrawn_on, membership.ended_by_suspension) == (date(2027, 4, 1), False)
    assert [mail.to for mail in mailoutbox] == [[secretary.email]]
    assert member_of(other.user, datetime(2027, 3, 31, 16, tzinfo=UTC)) is None
    assert AuditEntry.objects.filter(action="setting").count() == 1


@pytest.mark.parametrize("name", ["other", "../admin", "suspend%00"])
def test_another_step_is_not_there(member, name):
    assert member.get(f"/members/membership/{name}/").status_code in (400, 404)


def test_a_person_without_a_second_factor_is_led_to_it(client, post):
    client.force_login(post.user)
    assert client.get(DASHBOARD).headers["Location"] == reverse("mfa_index")


def test_the_place_of_a_member_is_found_from_every_page(member, town):
    assert DASHBOARD in member.get("/").content.decode()
    assert member.get(reverse("after_sign_in")).headers["Location"] == DASHBOARD
    assert Municipality.objects.get(pk=town.pk) == town
    assert Client().get(DASHBOARD).headers["Location"].startswith(reverse("account_login"))
