"""The membership: its periods, and letting it rest, go on, or end."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.models import Membership
from portal.members.access import member_of, member_page
from portal.members.area.actions import go_on, suspend, withdraw
from portal.members.area.asking import Words, asked
from portal.members.area.forms import LastDay, Plain


class Step(NamedTuple):
    """What can be done with a membership: in words, by which form and action, and when."""

    words: Words
    form: Callable[..., Any]
    action: Callable[..., None]
    done: str
    is_possible: Callable[[Membership | None], bool]


STEPS: Mapping[str, Step] = {
    "suspend": Step(
        Words(
            "会員登録の休止",
            "最後の日の翌日から会員の数に入らなくなり、書くことも公開の手続きもできません。"
            "公開中のものはそのままです。担当者は、いつでも再開できます。",
            "休止する",
        ),
        LastDay,
        suspend,
        "休止の手続きをしました。",
        lambda membership: membership is not None,
    ),
    "go-on": Step(
        Words(
            "会員登録の再開",
            "休止しているときは、今日からまた会員になります。これから休止や退会をする予定は、取り消します。",
            "再開する",
        ),
        Plain,
        go_on,
        "再開の手続きをしました。",
        lambda membership: membership is None or membership.withdrawn_on is not None,
    ),
    "withdraw": Step(
        Words(
            "退会",
            "最後の日の翌日から会員ではなくなり、担当者は全員、会員のページを開けなくなります。"
            "公開中のものはそのままです。もう一度会員になるときは、新しく申し込みます。",
            "退会する",
            warning="公開中のものを下げたいときは、退会の前に事務局へご連絡ください。",
        ),
        LastDay,
        withdraw,
        "退会の手続きをしました。",
        lambda membership: True,
    ),
}


@require_safe
@member_page
def member_membership(request: Any) -> HttpResponse:
    member = request.member
    context = {
        "page_title": "会員登録",
        "membership": member.membership,
        "periods": Membership.objects.of(member.municipality).latest_first(),
        "steps": [(name, step.words.title) for name, step in STEPS.items() if step.is_possible(member.membership)],
        "today": timezone.localdate(),
    }
    return render(request, "members/area/membership.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def member_membership_step(request: Any, step: str) -> HttpResponse:
    """One of ``STEPS``. Raises Http404 for what cannot be done now."""
    member, wanted = request.member, STEPS.get(step)
    if wanted is None or not wanted.is_possible(member.membership):
        raise Http404
    form = wanted.form(request.POST if request.method == "POST" else None)
    page = asked(request, form, wanted.words, partial(wanted.action, member=member), back="member_membership")
    if page is not None:
        return page
    messages.success(request, wanted.done)
    return redirect("member_membership" if member_of(request.user) else "home")
