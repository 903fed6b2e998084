"""A municipality, a prefecture, a ward: with the records of every app about it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from events.models import Event
from municipalities.models import CooperationAgreement, MemberPost, Municipality, MunicipalityProfile, Prefecture, Ward
from municipalities.querysets import MunicipalityQuerySet
from municipalities.rules import is_municipality_code
from portal.core.known import known

LATEST_POSTS = 5


def municipality_detail(request: HttpRequest, code: str) -> HttpResponse:
    municipality = known(lambda: _place_or_404(Municipality.objects.all(), code), "municipality", code)
    if municipality.is_ward:
        return redirect(municipality, permanent=True)
    page = known(lambda: _page(municipality), "page of a municipality", code)
    return render(request, "places/municipality_detail.html", page)


def _page(municipality: Municipality) -> dict[str, Any]:
    """What is told of a municipality."""
    ties, ended_ties = municipality.ward_ties.for_list().current_and_ended()
    memberships, ended_memberships = municipality.memberships.current_and_ended()
    events = Event.objects.published().in_municipality(municipality.pk)
    successions = municipality.successions.select_related("successor__prefecture")
    return {
        "page_title": f"{municipality.name}（{municipality.prefecture.name}）",
        "municipality": municipality,
        "ties": ties,
        "ended_ties": ended_ties,
        "agreement_memberships": municipality.agreement_memberships.of_public_agreements().with_agreement(),
        "successors": [row.successor for row in successions] if municipality.dissolved_on else [],
        "memberships": memberships,
        "ended_memberships": ended_memberships,
        "events": events.without_parts_of_these().latest_first(),
        "exhibitions": municipality.prefecture.exhibitions.published().latest_first(),
        "projects": municipality.ward_projects.published().select_related("ward"),
        "profile": MunicipalityProfile.objects.shown_of(municipality),
        "posts": MemberPost.objects.published().of(municipality).latest_first()[:LATEST_POSTS],
        "today": timezone.localdate(),
    }


def prefecture_detail(request: HttpRequest, code: str) -> HttpResponse:
    prefecture = get_object_or_404(Prefecture.objects.with_municipality_count().with_linked_count(), pk=code)
    return render(
        request,
        "places/prefecture_detail.html",
        {
            "page_title": prefecture.name,
            "prefecture": prefecture,
            "municipalities": prefecture.municipalities.existing().with_links(),
            "agreements": CooperationAgreement.objects.published().in_force().in_prefecture(prefecture.pk).for_list(),
            "exhibitions": prefecture.exhibitions.published().latest_first(),
            "events": Event.objects.published().in_prefecture(prefecture.pk).without_parts_of_these().latest_first(),
            "today": timezone.localdate(),
        },
    )


def ward_detail(request: HttpRequest, code: str) -> HttpResponse:
    ward = _place_or_404(Ward.objects.with_tie_counts(), code)
    ties, ended_ties = ward.ties.for_list().current_and_ended()
    return render(
        request,
        "places/ward_detail.html",
        {
            "page_title": ward.name,
            "ward": ward,
            "ties": ties,
            "ended_ties": ended_ties,
            "stops": ward.tour_stops.of_public_exhibitions().for_ward_page(),
            "events": Event.objects.published().in_municipality(ward.pk).without_parts_of_these().latest_first(),
            "projects": ward.projects.published().for_list(),
            "posts": MemberPost.objects.published().received_by(ward.pk).latest_first()[:LATEST_POSTS],
            "today": timezone.localdate(),
        },
    )


def _place_or_404(rows: MunicipalityQuerySet, code: str) -> Municipality:
    """One of the rows by its code. What can be no code is answered without asking the database."""
    if not is_municipality_code(code):
        raise Http404
    return get_object_or_404(rows.for_detail(), pk=code)
