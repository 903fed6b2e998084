"""Whom a member needs. Nothing here writes."""

from datetime import date

from municipalities.models import Membership, MemberStaff


def leaves_nobody(post: MemberStaff, day: date) -> bool:
    """Whether nobody would work for a member in force one day, if a post were over from a day on."""
    ends = [other.ends_on for other in MemberStaff.objects.at(post.municipality_id, day).without(post)]
    if None in ends:
        return False
    last = max([day, *filter(None, ends)])
    return Membership.objects.in_force(last).of(post.municipality_id).exists()
