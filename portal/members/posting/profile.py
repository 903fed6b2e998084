"""The page on which a member writes how its municipality presents itself."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from municipalities.models import MunicipalityProfile
from portal.core.approval.actions import TOO_LATE
from portal.members.access import Member, writing_page
from portal.members.posting.forms import MunicipalityProfileForm
from portal.members.posting.previews import preview_of
from portal.members.posting.way import steps_of, take_step, way_of
from portal.members.posting.writing import Files, Sheet


def _profile_of(member: Member) -> MunicipalityProfile:
    """The profile of the person's municipality, new where there is none yet."""
    found = MunicipalityProfile.objects.of(member.municipality).first()
    return found or MunicipalityProfile(municipality=member.municipality)


def _written_profile_of(member: Member) -> MunicipalityProfile:
    profile = _profile_of(member)
    if profile.pk is None:
        raise Http404
    return profile


@writing_page
def member_profile(request: Any) -> HttpResponse:
    profile = _profile_of(request.member)
    way = way_of(profile) if profile.pk else None
    if way is not None and not way.is_writable:
        return _under_review(request, way)

    def make_form(record: MunicipalityProfile, data: Any) -> MunicipalityProfileForm:
        return MunicipalityProfileForm(data, instance=record, municipality=request.member.municipality)

    sheet = Sheet(request, profile, make_form, Files("images"))
    if request.method == "POST" and sheet.save():
        return redirect("member_profile")
    return _page(request, way, sheet=sheet)


def _under_review(request: Any, way: Any) -> HttpResponse:
    """What others look at is read only; what was sent meanwhile is told to be too late."""
    return _page(request, way, refused=TOO_LATE if request.method == "POST" else "")


def _page(request: Any, way: Any, **context: Any) -> HttpResponse:
    told = {
        "page_title": f"{request.member.municipality.name}の紹介",
        "municipality": request.member.municipality,
        "way": way,
        "steps": steps_of(way.record, request.member) if way else [],
        "step_url": reverse("member_profile_step"),
        "preview_url": reverse("member_profile_preview") if way else "",
    }
    return render(request, "members/posting/profile.html", told | context)


@require_POST
@writing_page
def member_profile_step(request: Any) -> HttpResponse:
    return take_step(request, _written_profile_of(request.member), done=reverse("member_profile"))


@writing_page
def member_profile_preview(request: Any) -> HttpResponse:
    return preview_of(request, _written_profile_of(request.member), back=reverse("member_profile"))
