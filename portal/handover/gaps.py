"""What nobody is there to do, today and in the days to come."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from municipalities.choices import WardRole
from municipalities.models import Ward, WardStaff
from portal.core.models import Proposal, User
from portal.roles import access_of_many

LOOKS_AHEAD = timedelta(days=60)


class WardGap(NamedTuple):
    """A ward that has nobody in a role from a day on."""

    ward: Ward
    role: WardRole
    day: date

    @property
    def place(self) -> tuple[date, str]:
        """What the roles that a ward lacks from the same day on are told together by."""
        return self.day, self.ward.pk

    @property
    def is_now(self) -> bool:
        return self.day <= timezone.localdate()


class Gaps(NamedTuple):
    """All that somebody should see to."""

    wards: list[WardGap]
    proposals: list[Proposal]
    posts: list[WardStaff]

    @property
    def total(self) -> int:
        return len(self.wards) + len(self.proposals) + len(self.posts)


def gaps(at: datetime | None = None) -> Gaps:
    today = timezone.localdate(at)
    return Gaps(ward_gaps(today), orphaned_proposals(at), posts_without_a_person(today))


def ward_gaps(today: date) -> list[WardGap]:
    """The wards without an editor or an approver today, or once a post has ended within 60 days; the first day each."""
    posts = [post for post in WardStaff.objects.lasting(today) if post.user.is_active and post.user.is_staff]
    ends = {post.ends_on for post in posts if post.ends_on and post.ends_on <= today + LOOKS_AHEAD}
    found: dict[tuple[Any, WardRole], WardGap] = {}
    wards = list(Ward.objects.order_by("code"))
    for day in [today, *sorted(ends - {today})]:
        held = {(post.ward_id, post.role) for post in posts if _runs(post, day)}
        for ward in wards:
            for role in WardRole:
                if (ward.pk, role.value) not in held:
                    found.setdefault((ward.pk, role), WardGap(ward, role, day))
    return sorted(found.values(), key=lambda gap: (gap.day, gap.ward.pk, gap.role))


def _runs(post: WardStaff, day: date) -> bool:
    return post.starts_on <= day and (post.ends_on is None or day < post.ends_on)


def orphaned_proposals(at: datetime | None = None, holder: User | None = None) -> list[Proposal]:
    """The open proposals with which nobody goes on: their holder has left, or keeps their record no more."""
    proposals = Proposal.objects.open().with_records()
    return _orphaned(proposals.filter(holder=holder) if holder else proposals, at)


def _orphaned(proposals: Iterable[Proposal], at: datetime | None) -> list[Proposal]:
    proposals = list(proposals)
    holders = access_of_many({proposal.holder for proposal in proposals if proposal.holder}, at)

    def goes_on(proposal: Proposal, record: Any) -> bool:
        access = holders.get(proposal.holder_id)
        return access is not None and access.is_staff and access.holds(record)

    kept = ((proposal, proposal.record) for proposal in proposals)
    return [proposal for proposal, record in kept if record is not None and not goes_on(proposal, record)]


def posts_without_a_person(today: date) -> list[WardStaff]:
    """The posts, held or to come, of people who cannot enter the back office any more."""
    return [post for post in WardStaff.objects.lasting(today) if not (post.user.is_active and post.user.is_staff)]
