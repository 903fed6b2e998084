"""Who gets which answer in the members' area, written down once; ``test_isolation`` holds the portal to it.

``PAGES`` has a row for each address that needs somebody of a member. A page about a record says in ``record`` how one
is made for a town; it holds ``CANARY``, which nobody but the town's own people may read. ``PUBLIC`` names the addresses
that are for everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories import events, municipalities

CANARY = "CANARY-own-town"
DRAFT = {"title": CANARY, "publication_state": "draft", "publish_at": None}


def post_of(town: Any) -> Any:
    return municipalities.MemberPostFactory(owner=town, **DRAFT).pk


def event_of(town: Any) -> Any:
    return events.EventFactory(owner=town, kind="member", **DRAFT).pk


def _public_event(town: Any, days: int) -> Any:
    """One that the public sees, so many days from today; its note is nobody else's business."""
    day = timezone.localdate() + timedelta(days=days)
    return events.EventFactory(owner=town, kind="member", first_day=day, last_day=day, internal_note=CANARY).pk


def event_to_come(town: Any) -> Any:
    return _public_event(town, 30)


def event_that_is_over(town: Any) -> Any:
    return _public_event(town, -10)


def colleague_of(town: Any) -> Any:
    return municipalities.MemberStaffFactory(municipality=town, user__name=CANARY).pk


def application_to(town: Any) -> Any:
    joining = {"is_joining": True, "state": "awaiting_consent", "name": CANARY}
    return municipalities.MembershipApplicationFactory(municipality=town, **joining).reference


@dataclass(frozen=True)
class Page:
    """An address: the words or the record in it, and what its town's own people get.

    ``resting``: what people get whose membership rests. ``only_sent``: nothing is to be read there, a form is sent.
    """

    words: tuple[str, ...] = ()
    record: Callable[[Any], Any] | None = None
    own: int = 200
    resting: int = 404
    only_sent: bool = False


READ, WRITTEN = Page(resting=200), Page()
SENT = Page(own=302, only_sent=True)
PAGES: Mapping[str, Page] = {
    "member_dashboard": READ,
    "member_people": READ,
    "member_me": READ,
    "member_leave": READ,
    "member_handover": READ,
    "member_end": replace(READ, record=colleague_of),
    "member_application": replace(READ, record=application_to),
    "member_membership": READ,
    "member_membership_step": replace(READ, words=("withdraw",)),
    "member_profile": WRITTEN,
    "member_profile_step": SENT,
    "member_profile_preview": WRITTEN,
    "member_posts": WRITTEN,
    "member_post_add": WRITTEN,
    "member_post_change": replace(WRITTEN, record=post_of),
    "member_post_step": replace(SENT, record=post_of),
    "member_post_preview": replace(WRITTEN, record=post_of),
    "member_post_delete": replace(WRITTEN, record=post_of),
    "member_events": WRITTEN,
    "member_event_add": WRITTEN,
    "member_event_import": WRITTEN,
    "member_events_submit": SENT,
    "member_event_change": replace(WRITTEN, record=event_of),
    "member_event_step": replace(SENT, record=event_of),
    "member_event_preview": replace(WRITTEN, record=event_of),
    "member_event_delete": replace(WRITTEN, record=event_of),
    "member_event_announce": replace(WRITTEN, record=event_to_come),
    "member_event_report": replace(WRITTEN, record=event_that_is_over),
}
# For everybody: signing up, following an application, the mailed link of the year, and what members show in public.
PUBLIC = {
    *("member_signup", "member_signup_sent", "member_signup_confirm", "member_signup_details", "member_status"),
    *("member_confirmation", "member_post_list", "member_post_detail", "member_post_feed"),
}
