"""What members write: whose each record is, and where its people work on it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Model
from django.urls import reverse

from events.models import Event
from municipalities.models import MemberPost, Municipality, MunicipalityProfile


class Kept(NamedTuple):
    """Records of one kind: the field that says whose they are, the name of the members' page, and what it takes."""

    owner: str
    page: str
    has_many: bool = True


KEPT_BY_MEMBERS: Mapping[type[Model], Kept] = {
    MunicipalityProfile: Kept("municipality", "member_profile", has_many=False),
    MemberPost: Kept("owner", "member_post_change"),
    Event: Kept("owner", "member_event_change"),
}


def municipality_of(record: Any) -> Municipality | None:
    """The municipality that writes a record itself; None for what members do not write."""
    kept = KEPT_BY_MEMBERS.get(type(record))
    return getattr(record, kept.owner) if kept else None


def page_of(record: Any) -> str:
    """The path of the page on which its people write a record."""
    kept = KEPT_BY_MEMBERS[type(record)]
    return reverse(kept.page, args=[record.pk] if kept.has_many else [])
