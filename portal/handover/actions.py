"""Handing posts over, and with them what is under way."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.models import WardStaff
from portal.core.approval.actions import hand_over
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.history.actions import keep_version, save_and_keep
from portal.core.history.models import VersionKind
from portal.core.models import Proposal, User
from portal.core.periods import overlaps
from portal.roles import Access

NOT_STAFF = "後任者は、管理画面に入れる有効な職員から選んでください。"
SAME_PERSON = "後任者は、異動する職員とは別の人です。"
OVER_BEFORE = "「{post}」は、{day:%Y-%m-%d}より前に終わっています。"


@transaction.atomic
def hand_over_posts(
    *, posts: Iterable[WardStaff], successor: User, day: date, by: Any, at: datetime | None = None
) -> int:
    """Ends posts on the day before ``day`` and lets ``successor`` begin them that day.

    What is under way goes along on the day itself: whoever leaves works until then, and the successor may not before.
    Returns how many proposals moved at once. Raises ValidationError, changing nothing.
    """
    for post in posts:
        if post.user_id == successor.pk:
            raise ValidationError(SAME_PERSON)
        if not (successor.is_active and successor.is_staff):
            raise ValidationError(NOT_STAFF)
        if post.ends_on is not None and post.ends_on <= day:
            raise ValidationError(OVER_BEFORE.format(post=post, day=day))
        _begin(post, successor, day, by, at)
    return hand_over_due(by=by, at=at)


def _begin(post: WardStaff, successor: User, day: date, by: Any, at: datetime | None) -> None:
    """The successor's post, or, where the successor has it already, a note of who was there before."""
    starts_on, ends_on, predecessor = max(day, post.starts_on), post.ends_on, post.user
    end_post(post=post, day=day, by=by, at=at)
    held = WardStaff.objects.filter(
        overlaps(starts_on, ends_on, "starts_on", "ends_on"), user=successor, ward=post.ward_id, role=post.role
    ).first()
    if held is not None:
        keep_post(post=held, by=by, at=at, predecessor=predecessor)
        return
    new = WardStaff(
        user=successor,
        ward=post.ward,
        role=post.role,
        is_substitute=post.is_substitute,
        starts_on=starts_on,
        ends_on=ends_on,
        predecessor=predecessor,
    )
    keep_post(post=new, by=by, at=at)


def end_post(*, post: WardStaff, day: date, by: Any, at: datetime | None = None) -> None:
    """A post is over from a day on; one that would have begun only then never was."""
    if post.starts_on >= day:
        note(AuditAction.ROLE, by=by, record=post, detail=f"削除：{post.in_words}", at=at)
        keep_version(record=post, by=by, kind=VersionKind.DELETED, at=at)
        post.delete()
        return
    keep_post(post=post, by=by, at=at, ends_on=day)


def keep_post(*, post: WardStaff, by: Any, at: datetime | None = None, **values: Any) -> None:
    """Saves a post as any save in the back office does: held to the rules, kept as a version, written down."""
    save_and_keep(record=post, by=by, at=at, **values)
    note(AuditAction.ROLE, by=by, record=post, detail=post.in_words, at=at)


@transaction.atomic
def hand_over_due(*, by: Any = None, at: datetime | None = None) -> int:
    """Gives what people held who are gone from a ward to those who followed them there; how many proposals moved."""
    moved = 0
    for post in WardStaff.objects.with_predecessor(timezone.localdate(at)):
        predecessor: Any = post.predecessor
        before = Access(predecessor, at)
        for proposal in Proposal.objects.open().filter(holder=predecessor).with_records():
            record: Any = proposal.record
            if record is None or not before.is_of_ward(record, post.ward_id):
                continue
            if not (before.is_staff and before.holds(record)):
                hand_over(proposal=proposal, to=post.user, by=by, at=at)
                moved += 1
    return moved
