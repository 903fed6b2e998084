"""Changes of who works for a member, and of the membership itself: kept as versions, written down, and told."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.models import Membership, MemberStaff, Municipality
from portal.core.approval.actions import hand_over
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.history.actions import save_and_keep
from portal.core.models import Proposal, User
from portal.members.access import Member
from portal.members.area.mails import tell_ended, tell_of_membership
from portal.members.area.rules import leaves_nobody
from portal.members.posting.records import municipality_of

LAST_ONE = (
    "最後の担当者です。担当者のいない会員にはできません。"
    "先に、ほかの方に担当者の追加を申し込んでもらうか、「会員登録」で休止か退会をしてください。"
)


@transaction.atomic
def describe(*, member: Member, name: str, department: str, phone: str, at: datetime | None = None) -> None:
    """Writes down what a person says of themselves."""
    save_and_keep(record=member.post, by=member.user, at=at, department=department, phone=phone)
    if member.user.name != name:
        save_and_keep(record=member.user, by=member.user, at=at, name=name)


@transaction.atomic
def end_post(
    *,
    post: MemberStaff,
    by: User,
    ends_on: date | None = None,
    successor: MemberStaff | None = None,
    at: datetime | None = None,
) -> int:
    """A post is over from a day on (today unless given); a person whose post another ends is told by mail.

    Where it is over at once, what the person held goes to the successor, else to the colleague who has been there the
    longest; where it is to end, ``hand_over_due`` sees to that. Returns how many proposals went over. Raises
    ValidationError where a member in force would be left without anybody.
    """
    today = timezone.localdate(at)
    municipality = Municipality.objects.select_for_update(no_key=True).get(pk=post.municipality_id)
    day = ends_on or today
    if leaves_nobody(post, day):
        raise ValidationError(LAST_ONE)
    _end(post, day, by, at)
    if by != post.user:
        tell_ended(post)
    if successor is not None and successor.predecessor_id is None:
        save_and_keep(record=successor, by=by, at=at, predecessor=post.user)
    heir = successor or MemberStaff.objects.at(municipality, today).without(post).first()
    if day > today or heir is None:
        return 0
    held = Proposal.objects.open().filter(holder=post.user).with_records()
    return sum(_pass_on(proposal, municipality, heir.user, by, at) for proposal in held)


@transaction.atomic
def hand_over_due(*, at: datetime | None = None) -> int:
    """Gives what people held whose posts are over to who followed them there, else to who has been there the longest.

    Returns how many proposals went over.
    """
    today, moved = timezone.localdate(at), 0
    holders = Proposal.objects.open().values("holder")
    for post in MemberStaff.objects.over_by(today).filter(user__in=holders):
        people = MemberStaff.objects.at(post.municipality, today)
        heir = people.filter(predecessor=post.user).first() or people.first()
        if heir is not None and not people.filter(user=post.user).exists():
            held = Proposal.objects.open().filter(holder=post.user).with_records()
            moved += sum(_pass_on(proposal, post.municipality, heir.user, None, at) for proposal in held)
    return moved


@transaction.atomic
def suspend(*, member: Member, ends_on: date | None = None, at: datetime | None = None) -> None:
    """The membership rests from a day on; its people stay, and may let it go on again.

    ``ends_on`` is the first day that is none of the membership: tomorrow where none is given. Raises ValidationError
    where the membership is not in force.
    """
    membership, today = _latest(member), timezone.localdate(at)
    if not Membership.objects.in_force(today).of(member.municipality).exists():
        raise ValidationError("会員登録は、すでに休止しています。")
    _take_back_end(membership, member, at)
    day = ends_on or today + timedelta(days=1)
    save_and_keep(record=membership, by=member.user, at=at, withdrawn_on=day, ended_by_suspension=True)
    _tell(membership, member, "会員登録の休止", at)


@transaction.atomic
def withdraw(*, member: Member, ends_on: date | None = None, at: datetime | None = None) -> None:
    """The membership is over from a day on (see ``suspend``), and with it the posts of all its people.

    Of one that rests the period stays as it is: it is not to go on any more.
    """
    membership, today = _latest(member), timezone.localdate(at)
    day = ends_on or today + timedelta(days=1)
    is_resting = membership.withdrawn_on is not None and membership.withdrawn_on <= today
    _take_back_end(membership, member, at)
    over = membership.withdrawn_on if is_resting else day
    save_and_keep(record=membership, by=member.user, at=at, withdrawn_on=over, ended_by_suspension=False)
    for post in MemberStaff.objects.lasting(member.municipality, day):
        _end(post, day, member.user, at)
    _tell(membership, member, "退会", at)


@transaction.atomic
def go_on(*, member: Member, at: datetime | None = None) -> None:
    """A membership that rests begins anew today; one that was only to end goes on as if nothing had been said.

    Raises ValidationError where it goes on anyway.
    """
    membership, today = _latest(member), timezone.localdate(at)
    if membership.withdrawn_on is None:
        raise ValidationError("会員登録は続いています。")
    if membership.withdrawn_on > today:
        _take_back_end(membership, member, at)
        save_and_keep(record=membership, by=member.user, at=at, withdrawn_on=None, ended_by_suspension=False)
    else:
        membership = Membership(municipality=member.municipality, registered_on=today, is_demo=membership.is_demo)
        save_and_keep(record=membership, by=member.user, at=at)
    _tell(membership, member, "会員登録の再開", at)


def _latest(member: Member) -> Membership:
    """The membership that is in force or was last, held with its municipality until the end of the transaction.

    Raises ValidationError where there is none.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=member.municipality.pk)
    membership = Membership.objects.of(member.municipality).latest_first().select_for_update().first()
    if membership is None:
        raise ValidationError("会員登録の記録がありません。事務局へご連絡ください。")
    return membership


def _take_back_end(membership: Membership, member: Member, at: datetime | None) -> None:
    """Where the membership was to end, the posts that were to end with it go on."""
    day = membership.withdrawn_on
    if day is None or membership.ended_by_suspension or day <= timezone.localdate(at):
        return
    for post in MemberStaff.objects.ending_on(member.municipality, day):
        save_and_keep(record=post, by=member.user, at=at, ends_on=None)


def _end(post: MemberStaff, day: date, by: User, at: datetime | None) -> None:
    save_and_keep(record=post, by=by, at=at, ends_on=max(day, post.starts_on))
    note(AuditAction.ROLE, by=by, record=post.user, detail=f"会員自治体の担当の終了：{post.municipality}", at=at)


def _pass_on(proposal: Proposal, municipality: Municipality, to: User, by: Any, at: datetime | None) -> bool:
    """Whether a proposal was the municipality's, and so went to another."""
    if municipality_of(proposal.record) != municipality:
        return False
    hand_over(proposal=proposal, to=to, by=by, at=at)
    return True


def _tell(membership: Membership, member: Member, what: str, at: datetime | None) -> None:
    note(AuditAction.SETTING, by=member.user, record=membership, detail=what, at=at)
    tell_of_membership(membership, what)
