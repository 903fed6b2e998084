"""The first page of a member: what comes first, what waits, and who works here."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Event
from municipalities.models import MemberPost, MembershipApplication, MembershipConfirmation, MunicipalityProfile
from portal.core.models import Proposal
from portal.core.wareki import fiscal_year_of
from portal.members.access import Member, member_page
from portal.members.area.steps import first_steps
from portal.members.posting.records import page_of
from portal.members.posting.way import Stage, Way, ways_of

# What waits for the member itself comes first.
_ORDER = (Stage.REMANDED, Stage.DRAFT, Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED)
MOST_SHOWN = 10


@require_safe
@member_page
def member_dashboard(request: Any) -> HttpResponse:
    member, now = request.member, timezone.now()
    municipality = member.municipality
    steps = first_steps(municipality)
    today = timezone.localdate(now)
    context = {
        "page_title": f"{municipality.name}のページ",
        "municipality": municipality,
        "membership": member.membership,
        "steps": steps,
        "has_begun": all(step.is_done for step in steps),
        "ways": [(way, page_of(way.record)) for way in under_way(member, now)[:MOST_SHOWN]],
        "applications": MembershipApplication.objects.open().to_consent(municipality),
        "confirmation": MembershipConfirmation.objects.open_for(member.membership, fiscal_year_of(today)),
        "people": member.colleagues(),
    }
    return render(request, "members/area/dashboard.html", context)


def under_way(member: Member, at: datetime) -> list[Way]:
    """What the municipality has on its way to the public: what was sent back first, then by how far it has come."""
    municipality, ways = member.municipality, []
    own: tuple[Any, ...] = (
        MunicipalityProfile.objects.of(municipality),
        MemberPost.objects.of(municipality),
        Event.objects.owned_by(municipality),
    )
    for rows in own:
        ways += ways_of(rows.with_keys(Proposal.objects.open().keys_of(rows.model)), at)
    return sorted(ways, key=lambda way: _ORDER.index(way.stage))
