"""Who works for a member: the list, one's own data, handing over, leaving, and ending another's post."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.models import MembershipApplication
from portal.members.access import member_page
from portal.members.area.actions import describe, end_post
from portal.members.area.forms import HandOverForm, LastDay, MeForm
from portal.members.area.mails import tell_ended

_either = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@member_page
def member_people(request: Any) -> HttpResponse:
    member = request.member
    context = {
        "page_title": "担当者",
        "municipality": member.municipality,
        "people": member.colleagues(),
        "own": member.post,
        "applications": MembershipApplication.objects.to_consent(member.municipality),
    }
    return render(request, "members/area/people.html", context)


@_either
@member_page
def member_me(request: Any) -> HttpResponse:
    """One's own name, department and telephone."""
    member = request.member
    known = {"name": member.user.name, "department": member.post.department, "phone": member.post.phone}
    form = MeForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        describe(member=member, **form.cleaned_data)
        messages.success(request, "保存しました。")
        return redirect("member_people")
    return _page(request, "あなたの情報", form, "保存する")


@_either
@member_page
def member_handover(request: Any) -> HttpResponse:
    """Somebody leaves, and a colleague goes on."""
    member = request.member
    form = HandOverForm(request.POST if request.method == "POST" else None, member=member)
    if form.is_valid():
        given = form.cleaned_data
        if _ended(request, form, post=member.post, ends_on=given["ends_on"], successor=given["successor"]):
            return redirect("member_dashboard" if given["ends_on"] else "home")
    lead = "後任の担当者に、手続き中のものを引き継ぎます。最後の日の翌日から、会員のページは開けなくなります。"
    nobody = "" if member.colleagues().without(member.post).exists() else "後任になれる担当者が、まだいません。"
    return _page(request, "担当の引き継ぎ", form, "引き継ぐ", lead=lead, warning=nobody)


@_either
@member_page
def member_leave(request: Any) -> HttpResponse:
    member = request.member
    form = LastDay(request.POST if request.method == "POST" else None)
    if form.is_valid() and _ended(request, form, post=member.post, ends_on=form.cleaned_data["ends_on"]):
        return redirect("member_dashboard" if form.cleaned_data["ends_on"] else "home")
    lead = "担当をやめます。空欄のまま進むと、すぐに会員のページを開けなくなります。"
    return _page(request, "担当をやめる", form, "担当をやめる", lead=lead)


@_either
@member_page
def member_end(request: Any, pk: int) -> HttpResponse:
    """Ends the post of a colleague who has moved on."""
    member = request.member
    post = get_object_or_404(member.colleagues().without(member.post), pk=pk)
    form = LastDay(request.POST if request.method == "POST" else None)
    if form.is_valid() and _ended(
        request, form, post=post, ends_on=form.cleaned_data["ends_on"], successor=member.post
    ):
        tell_ended(post)
        return redirect("member_people")
    lead = f"{post.user.name}さんの担当を終わりにします。手続き中のものは、あなたに引き継がれます。ご本人にメールでお知らせします。"
    return _page(request, "担当の終了", form, "担当を終わりにする", lead=lead)


def _ended(request: Any, form: Any, **what: Any) -> bool:
    """Ends a post and says so; whether it could be ended. Where not, the form says why."""
    try:
        moved = end_post(by=request.member.user, **what)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, f"担当の終了を登録しました。{f'手続き中の{moved}件を引き継ぎました。' if moved else ''}")
    return True


def _page(request: HttpRequest, title: str, form: Any, submit: str, **more: Any) -> HttpResponse:
    context = {"page_title": title, "form": form, "submit": submit, **more}
    return render(request, "members/area/form.html", context)
