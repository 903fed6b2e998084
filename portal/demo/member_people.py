"""Who works for fictional members: their posts, somebody who wants to join them, and the yearly confirmation."""

from datetime import datetime, time
from typing import NamedTuple

from django.utils import timezone

from municipalities.choices import AddressKind, ApplicationState
from municipalities.models import Membership, MembershipApplication, MembershipConfirmation, MemberStaff, Municipality
from portal.core.models import User
from portal.core.wareki import fiscal_year_start
from portal.demo.partners import RESTING, member
from portal.demo.writing import DemoWriter


class Post(NamedTuple):
    """Where a demo account works: which of the demo members, in which department, with which telephone."""

    member: int
    department: str
    phone: str


POSTS = {
    "member@demo.example": Post(1, "CANARY-member-20 企画課", "CANARY-member-21"),
    "colleague@demo.example": Post(1, "CANARY-member-22 観光課", "CANARY-member-23"),
    "other-member@demo.example": Post(2, "CANARY-other-1 広報課", "CANARY-other-2"),
    "resting-member@demo.example": Post(RESTING, "CANARY-resting-1 総務課", "CANARY-resting-2"),
}
IN_POST_SINCE = -600


def write(writer: DemoWriter) -> None:
    """Once for each: what became of it since is the people's own doing."""
    for email, post in POSTS.items():
        user = User.objects.get(email=email)
        if not user.member_posts.exists():
            MemberStaff.objects.create(
                user=user,
                municipality=member(writer, post.member),
                department=post.department,
                phone=post.phone,
                starts_on=writer.days.day(IN_POST_SINCE),
            )
    _applicant(writer, member(writer, 1))
    _confirmation(writer, 1, is_confirmed=False)
    _confirmation(writer, 2, is_confirmed=True)


def _applicant(writer: DemoWriter, municipality: Municipality) -> None:
    """Somebody asks the people of a member to take them in."""
    MembershipApplication.objects.get_or_create(
        reference="DEM-7JN-KMR",
        defaults={
            "municipality": municipality,
            "is_joining": True,
            "department": "CANARY-member-24 商工課",
            "name": "CANARY-member-25 【デモ】新しい担当者",
            "phone": "CANARY-member-26",
            "email": "joining@demo.example",
            "address_kind": AddressKind.OTHER,
            "state": ApplicationState.AWAITING_CONSENT,
            "requested_at": writer.days.moment(-3),
            "confirmed_at": writer.days.moment(-3, hour=12),
        },
    )


def _confirmation(writer: DemoWriter, number: int, *, is_confirmed: bool) -> None:
    """Asked on the first morning of the fiscal year, unless its people have since let the membership rest or end."""
    asked_at = timezone.make_aware(datetime.combine(fiscal_year_start(writer.days.fiscal_year), time(10)))
    membership = Membership.objects.in_force(writer.days.today).of(member(writer, number)).first()
    if membership is not None:
        MembershipConfirmation.objects.get_or_create(
            membership=membership,
            fiscal_year=writer.days.fiscal_year,
            defaults={"asked_at": asked_at, "confirmed_at": asked_at if is_confirmed else None},
        )
