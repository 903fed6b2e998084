"""What fictional members tell of themselves: profiles, posts of all kinds, and what of it is under way."""

from typing import Any

from municipalities.models import MemberPost, MunicipalityProfile
from portal.core.approval import actions
from portal.core.models import Proposal, User
from portal.core.publishing import PublicationState
from portal.demo.partners import member
from portal.demo.plans import MARK, Plan, publication_dates, read, text_of
from portal.demo.props import Props
from portal.demo.under_way import is_new, record_of
from portal.demo.writing import DemoWriter

WRITER = "member@demo.example"


def write(writer: DemoWriter, props: Props) -> None:
    plans = read("members")
    for plan in plans["profiles"]:
        _profile(writer, props, plan)
    for plan in plans["posts"]:
        _post(writer, props, plan)


def write_under_way(writer: DemoWriter) -> None:
    """Once for each record, by the person who signs in for the member."""
    person = User.objects.get(email=WRITER)
    approver = User.objects.get(email="secretariat@demo.example")
    _send_to_review(writer, "post-review", person)
    remanded = _send_to_review(writer, "post-remanded", person)
    if remanded is not None:
        words = "CANARY-member-7 宿泊の費用を書いてください。"
        actions.remand(proposal=remanded, by=approver, comment=words, at=writer.days.moment(-1))
    profile = record_of("profile-public")
    if is_new(profile):
        changes = {"fields": {"wishes": "CANARY-member-8 まだ相談中の連携です（架空）。"}, "sets": {}, "rows": {}}
        actions.draft(record=profile, by=person, changes=changes, at=writer.days.moment(-1))


def _profile(writer: DemoWriter, props: Props, plan: Plan) -> None:
    writer.sourced(
        f"profile-{plan['key']}",
        MunicipalityProfile,
        municipality=member(writer, plan["member"]),
        dates=_dates(writer, plan),
        links={"images": props.files_of(plan)["images"]},
        **text_of(plan, "introduction", "strengths", "wishes", "furusato_url", "antenna_shop_url"),
    )


def _post(writer: DemoWriter, props: Props, plan: Plan) -> None:
    writer.sourced(
        f"post-{plan['key']}",
        MemberPost,
        owner=member(writer, plan["member"]),
        addressed_to=writer.ward(plan["ward"]) if "ward" in plan else None,
        title=MARK + plan["title"],
        dates=_dates(writer, plan),
        links=props.files_of(plan),
        **text_of(plan, "kind", "summary", "body", "url", "contact"),
    )


def _dates(writer: DemoWriter, plan: Plan) -> dict[str, Any]:
    """A draft has no moment yet."""
    return {} if plan.get("publication_state") == PublicationState.DRAFT else publication_dates(writer.days, plan)


def _send_to_review(writer: DemoWriter, key: str, person: User) -> Proposal | None:
    record = record_of(key)
    if not is_new(record):
        return None
    proposal = actions.draft(record=record, by=person, at=writer.days.moment(-3))
    actions.submit(proposal=proposal, by=person, at=writer.days.moment(-2))
    return proposal
