"""人事異動: a successor takes over posts and what is under way, on the day and not before."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from municipalities.models import WardStaff
from portal.core.models import AuditEntry, Proposal
from portal.handover.actions import hand_over_due, hand_over_posts
from portal.roles import Access
from tests.accounts.signing_in import sign_in
from tests.english import english_on
from tests.factories.core import ProposalFactory, UserFactory
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import WardFactory, WardStaffFactory

pytestmark = pytest.mark.django_db

MARCH, APRIL = datetime(2027, 3, 20, 3, tzinfo=UTC), datetime(2027, 4, 1, 3, tzinfo=UTC)
DAY = date(2027, 4, 1)


@pytest.fixture
def people(db):
    ward = WardFactory()
    leaving, successor = UserFactory(is_staff=True, name="前任"), UserFactory(is_staff=True, name="後任")
    post = WardStaffFactory(user=leaving, ward=ward)
    project = WardProjectFactory(ward=ward, publication_state="draft", publish_at=None)
    return {
        "ward": ward,
        "leaving": leaving,
        "successor": successor,
        "post": post,
        "project": project,
        "proposal": ProposalFactory(record=project, written_by=leaving),
        "by": UserFactory(is_staff=True, is_superuser=True, name="管理者"),
    }


def move(people, at=MARCH, day=DAY, **changes):
    given = {"posts": [people["post"]], "successor": people["successor"], "day": day, "by": people["by"]} | changes
    return hand_over_posts(**given, at=at)


def holder(people):
    return Proposal.objects.get(pk=people["proposal"].pk).holder


def test_until_the_day_nothing_moves_but_the_posts_are_written(people):
    assert move(people) == 0

    assert holder(people) == people["leaving"]
    posts = WardStaff.objects.order_by("starts_on").values_list("user", "starts_on", "ends_on", "predecessor")
    assert list(posts) == [
        (people["leaving"].pk, date(2020, 4, 1), DAY, None),
        (people["successor"].pk, DAY, None, people["leaving"].pk),
    ]
    assert [Access(people[who], MARCH).holds(people["project"]) for who in ("leaving", "successor")] == [True, False]


def test_staff_keep_their_rights_until_the_day_and_have_them_from_it(people):
    move(people)

    rights = {
        (who, at): bool(Access(people[who], at).posts) for who in ("leaving", "successor") for at in (MARCH, APRIL)
    }
    assert rights == {
        ("leaving", MARCH): True,
        ("leaving", APRIL): False,
        ("successor", MARCH): False,
        ("successor", APRIL): True,
    }


def test_on_the_day_the_successor_goes_on_with_what_is_under_way(people):
    move(people)
    foreign = ProposalFactory(record=WardProjectFactory(), written_by=people["leaving"])

    assert (hand_over_due(at=MARCH), hand_over_due(at=APRIL), hand_over_due(at=APRIL)) == (0, 1, 0)

    assert holder(people) == people["successor"]
    step = people["proposal"].steps.get()
    assert (step.kind, step.comment, step.by) == ("handed_over", "前任から後任へ", None)
    assert Proposal.objects.get(pk=foreign.pk).holder == people["leaving"]


def test_what_is_handed_over_today_moves_at_once(people):
    assert move(people, at=APRIL) == 1
    assert holder(people) == people["successor"]
    assert people["proposal"].steps.get().by == people["by"]


def test_the_command_of_the_night_moves_it(people, capsys):
    hand_over_posts(
        posts=[people["post"]],
        successor=people["successor"],
        day=date(2026, 1, 1),
        by=None,
        at=datetime(2025, 12, 1, tzinfo=UTC),
    )
    call_command("hand_over_due")
    assert capsys.readouterr().out == "1件の起案を引き継ぎました。\n"


def test_who_has_another_post_at_the_ward_keeps_what_is_theirs(people):
    WardStaffFactory(user=people["leaving"], ward=people["ward"], role="approver")
    assert move(people, at=APRIL) == 0
    assert holder(people) == people["leaving"]


def test_a_substitute_is_followed_by_a_substitute(people):
    post = WardStaffFactory(user=people["leaving"], ward=people["ward"], role="approver", is_substitute=True)
    move(people, posts=[post])
    new = WardStaff.objects.get(user=people["successor"])
    assert (new.role, new.is_substitute) == ("approver", True)


def test_who_is_at_the_ward_already_is_only_noted_as_the_successor(people):
    there = WardStaffFactory(user=people["successor"], ward=people["ward"])
    move(people, at=APRIL)
    there.refresh_from_db()
    assert (WardStaff.objects.count(), there.predecessor) == (2, people["leaving"])
    assert holder(people) == people["successor"]


def test_a_post_that_has_not_begun_goes_over_whole(people):
    people["post"].starts_on = date(2027, 5, 1)
    people["post"].save()
    move(people)
    new = WardStaff.objects.get()
    assert (new.user, new.starts_on) == (people["successor"], date(2027, 5, 1))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (lambda people: {"successor": people["leaving"]}, "後任者は、異動する職員とは別の人です。"),
        (lambda people: {"successor": UserFactory()}, "後任者は、管理画面に入れる有効な職員から選んでください。"),
        (lambda people: {"posts": [WardStaffFactory(ends_on=DAY)]}, "2027-04-01より前に終わっています。"),
    ],
)
def test_what_cannot_be_changes_nothing(people, changes, message):
    given = changes(people)
    before = list(WardStaff.objects.order_by("pk").values())
    with pytest.raises(ValidationError, match=message):
        move(people, **given)
    assert list(WardStaff.objects.order_by("pk").values()) == before


def test_every_change_of_a_post_is_written_down(people):
    move(people)
    told = set(AuditEntry.objects.filter(action="role").values_list("detail", "by__name"))
    ward = people["ward"]
    assert told == {
        (f"前任：{ward} 区担当者、2020-04-01から2027-03-31まで", "管理者"),
        (f"後任：{ward} 区担当者、2027-04-01から", "管理者"),
    }


def test_the_page_shows_all_that_moves_before_anything_does(office, people):
    page = f"{reverse('admin:handover')}?leaving={people['leaving'].pk}"
    assert "引き継ぐ担当" in office.get(page).content.decode()
    data = {"posts": [people["post"].pk], "successor": people["successor"].pk, "day": "2027-04-01"}

    shown = office.post(page, data).content.decode()
    assert "前任の担当は令和9年3月31日に終わり、後任の担当が令和9年4月1日に始まります。" in shown
    assert people["project"].title in shown
    assert WardStaff.objects.count() == 1

    office.post(page, data | {"confirmed": "1"})
    assert WardStaff.objects.count() == 2


def test_a_page_without_a_choice_asks_for_it(office, people):
    page = f"{reverse('admin:handover')}?leaving={people['leaving'].pk}"
    response = office.post(page, {"day": "2027-02-30"})
    assert set(response.context["form"].errors) == {"posts", "successor", "day"}
    assert office.get(f"{reverse('admin:handover')}?leaving=x").status_code == 200


def test_switching_somebody_off_says_what_they_leave(office, people):
    address = reverse("admin:core_user_change", args=[people["leaving"].pk])
    data = {"email": people["leaving"].email, "name": "前任", "is_staff": "on", "_save": "保存"}
    state = office.get(address).context["record_state"]
    shown = office.post(address, data | {"_state_when_opened": state}, follow=True).content.decode()
    assert "この利用者には、区の担当1件と手続き中の起案1件が残っています。" in shown


@pytest.mark.parametrize("name", ["handover", "handover_gaps", "handover_table"])
def test_its_pages_are_in_japanese_and_beside_the_list_of_posts(office, people, name):
    response = office.get(reverse(f"admin:{name}"))
    assert (response.status_code, english_on(response)) == (200, [])
    assert reverse(f"admin:{name}") in office.get(reverse("admin:municipalities_wardstaff_changelist")).content.decode()


def test_an_editor_of_the_ward_hands_nothing_over(client, people):
    sign_in(client, people["leaving"])
    assert client.post(reverse("admin:handover"), {"confirmed": "1"}).status_code == 403
