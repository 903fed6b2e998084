"""Changes of who works for a member, and of the membership itself; each is kept as a version and noted."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.models import Membership, MemberStaff, Municipality
from portal.core.approval.actions import hand_over
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.history.actions import keep_former, keep_version
from portal.core.history.models import VersionKind
from portal.core.history.snapshots import take
from portal.core.models import Proposal, User
from portal.members.access import Member
from portal.members.posting.records import municipality_of

LAST_ONE = (
    "あなたが最後の担当者です。担当者がいなくなると、会員のページを直せません。"
    "先に、後任の方に申し込んでもらうか、「会員登録」で休止か退会をしてください。"
)


@transaction.atomic
def describe(*, member: Member, name: str, department: str, phone: str, at: datetime | None = None) -> None:
    """Writes down what a person says of themselves."""
    _save(member.post, member.user, at, department=department, phone=phone)
    if member.user.name != name:
        _save(member.user, member.user, at, name=name)


@transaction.atomic
def end_post(
    *,
    post: MemberStaff,
    by: User,
    ends_on: date | None = None,
    successor: MemberStaff | None = None,
    at: datetime | None = None,
) -> int:
    """A post is over from a day on (today unless given), and a successor goes on with what is under way.

    ``ends_on`` is the first day on which it is not held any more. Returns how many proposals went over. Raises
    ValidationError where a member in force would be left without anybody.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    municipality = Municipality.objects.select_for_update(no_key=True).get(pk=post.municipality_id)
    ends_on = ends_on or today
    if not _is_anybody_left(municipality, post, ends_on):
        raise ValidationError(LAST_ONE)
    _save(post, by, at, ends_on=max(ends_on, post.starts_on))
    note(AuditAction.ROLE, by=by, record=post.user, detail=f"会員自治体の担当の終了：{municipality}", at=at)
    if successor is None:
        return 0
    if successor.predecessor_id is None and successor.user_id != post.user_id:
        _save(successor, by, at, predecessor=post.user)
    return hand_over_work(of=post.user, to=successor.user, municipality=municipality, by=by, at=at)


def hand_over_work(*, of: User, to: User, municipality: Municipality, by: User, at: datetime | None = None) -> int:
    """What somebody holds of a municipality's proposals goes to a colleague; how many did."""
    moved = 0
    for proposal in Proposal.objects.open().filter(holder=of).with_records():
        if municipality_of(proposal.record) == municipality:
            hand_over(proposal=proposal, to=to, by=by, at=at)
            moved += 1
    return moved


@transaction.atomic
def suspend(*, member: Member, ends_on: date | None = None, at: datetime | None = None) -> None:
    """The membership rests from a day on; its people stay, and may let it go on again."""
    membership = _locked(member)
    _save(membership, member.user, at, withdrawn_on=_day(ends_on, membership, at), ended_by_suspension=True)
    _note(membership, member, "休止", at)


@transaction.atomic
def withdraw(*, member: Member, ends_on: date | None = None, at: datetime | None = None) -> None:
    """The membership is over from a day on, and with it the posts of all its people."""
    membership = _locked(member)
    day = _day(ends_on, membership, at)
    _save(membership, member.user, at, withdrawn_on=day, ended_by_suspension=False)
    for post in member.colleagues(timezone.localdate(at)):
        if post.ends_on is None or post.ends_on > day:
            _save(post, member.user, at, ends_on=max(day, post.starts_on))
    _note(membership, member, "退会", at)


@transaction.atomic
def go_on(*, member: Member, at: datetime | None = None) -> None:
    """A membership that rests goes on from today; one that was only to rest goes on as if nothing had been said."""
    today = timezone.localdate(at)
    membership = Membership.objects.in_force(today).of(member.municipality).select_for_update().first()
    if membership is None:
        membership = Membership(municipality=member.municipality, registered_on=today)
        membership.full_clean()
        membership.save()
        keep_version(record=membership, by=member.user, kind=VersionKind.ADDED, at=at)
    elif membership.withdrawn_on is None:
        raise ValidationError("会員登録は続いています。")
    else:
        _save(membership, member.user, at, withdrawn_on=None, ended_by_suspension=False)
    _note(membership, member, "再開", at)


def _locked(member: Member) -> Membership:
    if member.membership is None:
        raise ValidationError("いま会員登録はありません。")
    return Membership.objects.select_for_update().get(pk=member.membership.pk)


def _day(ends_on: date | None, membership: Membership, at: datetime | None) -> date:
    """The first day that is no day of the membership: tomorrow where none is given, since today still was one."""
    return ends_on or max(timezone.localdate(at), membership.registered_on) + timedelta(days=1)


def _is_anybody_left(municipality: Municipality, leaving: MemberStaff, day: date) -> bool:
    """Whether somebody else works for a municipality on a day, as a member in force on it needs."""
    if not Membership.objects.in_force(day).of(municipality).exists():
        return True
    return MemberStaff.objects.at(municipality, day).without(leaving).exists()


def _note(membership: Membership, member: Member, what: str, at: datetime | None) -> None:
    note(AuditAction.SETTING, by=member.user, record=membership, detail=f"会員登録の{what}：{membership}", at=at)


def _save(record: Any, by: Any, at: datetime | None, **values: Any) -> None:
    """Saves a record as any save in the back office does: held to the rules, kept as a version."""
    keep_former(record=record, before=lambda: take(type(record)._default_manager.get(pk=record.pk)))
    for name, value in values.items():
        setattr(record, name, value)
    record.full_clean()
    record.save()
    keep_version(record=record, by=by, kind=VersionKind.CHANGED, at=at)
