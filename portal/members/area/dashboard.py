"""The first page of a member: what comes first, what waits, and who works here."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Event
from municipalities.models import MemberPost, MembershipApplication, MembershipConfirmation, MunicipalityProfile
from portal.core.models import Proposal
from portal.core.wareki import fiscal_year_of
from portal.members.access import Member, member_page
from portal.members.area.mails import token_of
from portal.members.area.steps import first_steps
from portal.members.posting.records import page_of
from portal.members.posting.way import Stage, Way

# What waits for the member itself comes first.
_ORDER = (Stage.REMANDED, Stage.DRAFT, Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED)
MOST_SHOWN = 10


@require_safe
@member_page
def member_dashboard(request: Any) -> HttpResponse:
    member, now = request.member, timezone.now()
    municipality = member.municipality
    steps = first_steps(municipality)
    ways = under_way(member, now)
    asked = MembershipConfirmation.objects.open_for(member.membership, fiscal_year_of(timezone.localdate(now)))
    context = {
        "page_title": f"{municipality.name}の会員のページ",
        "member": member,
        "steps": steps,
        "has_begun": all(step.is_done for step in steps),
        "ways": [(way, page_of(way.record)) for way in ways[:MOST_SHOWN]],
        "more": len(ways[MOST_SHOWN:]),
        "applications": MembershipApplication.objects.to_consent(municipality),
        "asked": asked,
        "confirmation_url": reverse("member_confirmation", args=[token_of(asked)]) if asked else "",
        "people": member.colleagues(),
    }
    return render(request, "members/area/dashboard.html", context)


def under_way(member: Member, at: datetime) -> list[Way]:
    """What the municipality has on its way to the public: what was sent back first, then by how far it has come."""
    own: tuple[Any, ...] = (
        MunicipalityProfile.objects.of(member.municipality).select_related("municipality"),
        MemberPost.objects.of(member.municipality),
        Event.objects.owned_by(member.municipality),
    )
    proposals: Any = Proposal.objects.open().about(*own).with_answer().with_records()
    proposed = {(type(proposal.record), proposal.record.pk): proposal for proposal in proposals}
    scheduled = {(type(row), row.pk): row for rows in own for row in rows.scheduled(at)}
    ways = [Way(proposal.record, proposal, at) for proposal in proposed.values()]
    ways += [Way(row, None, at) for key, row in scheduled.items() if key not in proposed]
    return sorted(ways, key=lambda way: _ORDER.index(way.stage))
