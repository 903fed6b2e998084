"""Who works for a member: the list, one's own data, handing over, leaving, and ending another's post."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from municipalities.models import Membership, MemberStaff
from portal.core.models import AuditEntry, Proposal, Version
from portal.members.access import member_of
from portal.members.area.actions import end_post, hand_over_due
from tests.factories.core import ProposalFactory
from tests.factories.municipalities import MemberPostFactory, MembershipApplicationFactory, MemberStaffFactory

pytestmark = pytest.mark.django_db

PEOPLE, ME, LEAVE, HAND_OVER = (reverse(f"member_{name}") for name in ("people", "me", "leave", "handover"))
ANNOUNCED = {"ends_on": "2027-03-31"}


@pytest.fixture
def colleague(town):
    return MemberStaffFactory(municipality=town, user__name="後任の職員", department="観光課")


def post_of(member):
    return MemberStaff.objects.get(user=member.person)


def said(response):
    return [str(message) for message in response.context["messages"]]


def do(browser, address, **typed):
    return browser.post(address, {**typed, "step": "do"}, follow=True)


def draft_of(town, person):
    post = MemberPostFactory(owner=town, publication_state="draft", publish_at=None)
    return ProposalFactory(record=post, written_by=person)


def test_it_lists_the_people_with_their_last_sign_in_and_how_more_join(member, town, colleague, neighbour):
    MemberStaffFactory(municipality=town, user__name="前の職員", ends_on=date(2024, 4, 1))
    MembershipApplicationFactory(municipality=town, is_joining=True, state="awaiting_consent", name="新しい方")

    response = member.get(PEOPLE)

    html = response.content.decode()
    assert [post.user.name for post in response.context["people"]] == ["町の職員", "後任の職員"]
    assert "町の職員（あなた）" in html
    assert "まだありません" in html
    assert timezone.localdate().strftime("%Y年") in html
    assert "新しい方さんの申込み" in html
    assert reverse("member_signup") in html


def test_people_put_their_own_data_right(member, town):
    response = member.post(ME, {"name": "町野花子", "department": "広報課", "phone": "0123-45-6789"}, follow=True)

    post = post_of(member)
    assert said(response) == ["保存しました。"]
    assert (post.user.name, post.department, post.phone) == ("町野花子", "広報課", "0123-45-6789")
    assert Version.objects.of(post).first().made_by == member.person


def test_what_is_missing_is_said_and_what_was_typed_stays(member):
    html = member.post(ME, {"name": "町野花子", "department": "", "phone": "1" * 31}).content.decode()

    assert 'value="町野花子"' in html
    assert "所属：" in html
    assert post_of(member).user.name == "町の職員"


def test_handing_over_is_looked_through_before_it_is_done(member, colleague):
    response = member.post(HAND_OVER, {"successor": colleague.pk, **ANNOUNCED})

    assert response.context["form"].answers == [
        ("後任の担当者", "後任の職員（観光課）"),
        ("最後の日", "令和9年3月31日"),
    ]
    assert post_of(member).ends_on is None
    again = member.post(HAND_OVER, {"successor": colleague.pk, **ANNOUNCED, "step": "change"})
    assert 'value="2027-03-31"' in again.content.decode()


def test_a_successor_goes_on_with_what_is_under_way_at_once(member, town, colleague):
    own = draft_of(town, member.person)

    do(member, HAND_OVER, successor=colleague.pk)

    own.refresh_from_db()
    colleague.refresh_from_db()
    assert (own.holder, colleague.predecessor) == (colleague.user, member.person)
    assert post_of(member).ends_on == timezone.localdate()
    assert member.get(PEOPLE).status_code == 404
    assert "会員のページ" not in member.get("/privacy/").content.decode()


def test_until_the_last_day_people_work_and_then_their_work_goes_over(member, town, colleague, time_machine):
    own = draft_of(town, member.person)
    do(member, HAND_OVER, successor=colleague.pk, **ANNOUNCED)

    own.refresh_from_db()
    assert (own.holder, member.get(PEOPLE).status_code) == (member.person, 200)

    time_machine.move_to("2027-04-01T00:05+09:00")
    call_command("hand_over_due")
    own.refresh_from_db()
    assert (own.holder, member_of(member.person)) == (colleague.user, None)
    assert hand_over_due() == 0


def test_without_a_successor_the_one_who_was_there_the_longest_goes_on(member, town, colleague, neighbour):
    newest = MemberStaffFactory(municipality=town, starts_on=date(2025, 4, 1))
    own = draft_of(town, member.person)
    elsewhere = ProposalFactory(written_by=member.person)

    do(member, LEAVE)

    assert list(Proposal.objects.filter(pk=own.pk).values_list("holder", flat=True)) == [colleague.user_id]
    assert list(Proposal.objects.filter(pk=elsewhere.pk).values_list("holder", flat=True)) == [member.person.pk]
    assert newest.user_id != colleague.user_id


def test_there_is_nobody_to_hand_over_to(member):
    assert "まだいません" in member.get(HAND_OVER).content.decode()


def test_nobody_is_made_successor_who_does_not_work_here(member, town, colleague, neighbour):
    stranger = post_of(neighbour)

    response = member.post(HAND_OVER, {"successor": stranger.pk, "step": "do"})

    assert "successor" in response.context["form"].errors
    assert post_of(member).ends_on is None


@pytest.mark.parametrize("day", ["2020-01-01", "きのう", "9999-12-31"])
def test_a_day_that_cannot_be_changes_nothing_and_stays_typed(member, colleague, day):
    response = member.post(LEAVE, {"ends_on": day, "step": "do"})

    assert response.context["form"].errors["ends_on"]
    assert f'value="{day}"' in response.content.decode()
    assert post_of(member).ends_on is None


def test_the_last_person_of_a_member_stays_until_the_membership_ends(member, town):
    assert "最後の担当者です。" in member.get(LEAVE).content.decode()

    response = member.post(LEAVE, {"step": "do"})

    assert "最後の担当者です。" in response.context["form"].non_field_errors()[0]
    assert post_of(member).ends_on is None

    Membership.objects.update(withdrawn_on=timezone.localdate())
    do(member, LEAVE)
    assert post_of(member).ends_on == timezone.localdate()


def test_two_who_leave_after_each_other_leave_nobody_either(member, town, colleague):
    do(member, LEAVE, **ANNOUNCED)

    with pytest.raises(Exception, match="最後の担当者です"):
        end_post(post=colleague, by=colleague.user, ends_on=date(2027, 2, 1))


def test_a_colleague_ends_a_post_and_its_person_is_told(member, town, colleague):
    mail.outbox.clear()
    held = draft_of(town, colleague.user)

    response = do(member, reverse("member_end", args=[colleague.pk]))

    colleague.refresh_from_db()
    held.refresh_from_db()
    assert said(response) == ["担当の終わりを登録しました。"]
    assert (colleague.ends_on, held.holder) == (timezone.localdate(), member.person)
    (letter,) = mail.outbox
    assert letter.to == [colleague.user.email]
    yesterday = timezone.localdate() - timedelta(days=1)
    assert f"{yesterday.month}月{yesterday.day}日までになりました" in letter.body
    entry = AuditEntry.objects.filter(action="role").latest("pk")
    assert (entry.by, entry.detail) == (member.person, "会員自治体の担当の終了：山川町")


def test_one_s_own_post_is_not_ended_as_another_s(member, colleague):
    assert member.get(reverse("member_end", args=[post_of(member).pk])).status_code == 404
