"""Who works for a member: the list, one's own data, handing over, leaving, and ending another's post."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.models import MembershipApplication
from portal.members.access import Member, member_of, member_page
from portal.members.area.actions import LAST_ONE, describe, end_post
from portal.members.area.asking import Words, asked
from portal.members.area.forms import HandOverForm, LastDayAtPost, MeForm
from portal.members.area.rules import leaves_nobody

_either = require_http_methods(["GET", "HEAD", "POST"])

HAND_OVER = Words(
    "担当の引き継ぎ",
    "あなたの担当を終わりにし、手続き中のものを後任の担当者に引き継ぎます。終わると、会員のページを開けなくなります。",
    "引き継ぐ",
)
LEAVE = Words(
    "担当をやめる",
    "あなたの担当を終わりにします。終わると、会員のページを開けなくなります。手続き中のものは、ほかの担当者が続けます。",
    "担当をやめる",
)


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
    return render(request, "members/area/me.html", {"page_title": "あなたの情報", "form": form})


@_either
@member_page
def member_handover(request: Any) -> HttpResponse:
    """Somebody leaves, and a colleague goes on."""
    member = request.member
    colleagues = member.colleagues().without(member.post)
    if not colleagues.exists():
        return render(request, "members/area/no_successor.html", {"page_title": HAND_OVER.title})
    form = HandOverForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    return _ended(request, form, HAND_OVER, member)


@_either
@member_page
def member_leave(request: Any) -> HttpResponse:
    member = request.member
    is_last = leaves_nobody(member.post, timezone.localdate())
    words = LEAVE._replace(warning=LAST_ONE if is_last else "")
    return _ended(request, LastDayAtPost(request.POST if request.method == "POST" else None), words, member)


@_either
@member_page
def member_end(request: Any, pk: int) -> HttpResponse:
    """Ends the post of a colleague who has moved on."""
    member = request.member
    post = get_object_or_404(member.colleagues().without(member.post), pk=pk)
    words = Words(
        "担当の終了",
        f"{post.user.name}さん（{post.department}）の担当を終わりにします。手続き中のものはあなたが引き継ぎます。"
        "ご本人には、メールでお知らせします。",
        "担当を終わりにする",
    )
    form = LastDayAtPost(request.POST if request.method == "POST" else None)
    return _ended(request, form, words, member, post=post, successor=member.post)


def _ended(request: Any, form: Any, words: Words, member: Member, **what: Any) -> HttpResponse:
    """Asks, and ends a post: one's own unless another is given."""
    end = partial(end_post, by=member.user, **{"post": member.post, **what})
    page = asked(request, form, words, end, back="member_people")
    if page is not None:
        return page
    messages.success(request, "担当の終わりを登録しました。")
    return redirect("member_people" if member_of(request.user) else "home")
