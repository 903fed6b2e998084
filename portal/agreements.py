"""An agreement with the events in which those who signed it have a part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.models import Event
from events.querysets import EventQuerySet
from municipalities.models import CompanyAgreement, CooperationAgreement


def agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = CooperationAgreement.objects.for_list().get_public(pk=pk)
    members, former_members = agreement.members.for_list().current_and_ended()
    return render(
        request,
        "agreements/agreement_detail.html",
        {
            "page_title": f"{agreement.title}との広域連携協定",
            "agreement": agreement,
            "members": members,
            "former_members": former_members,
            "events": _events(body__in=[body.pk for body in agreement.bodies.all()]),
            "source_notes": agreement.source_notes.all(),
            "today": timezone.localdate(),
        },
    )


def company_agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = CompanyAgreement.objects.for_list().get_public(pk=pk)
    context = {
        "page_title": agreement.title,
        "agreement": agreement,
        "events": _events(company=agreement.company_id),
        "source_notes": agreement.source_notes.all(),
    }
    return render(request, "agreements/company_agreement_detail.html", context)


def _events(**holder: object) -> EventQuerySet:
    """The public events in which somebody has a role."""
    return Event.objects.published().with_role_of(**holder).without_parts_of_these().latest_first()
