"""The membership: its periods, and letting it rest, go on, or end."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.models import Membership
from portal.members.access import member_page
from portal.members.area.actions import go_on, suspend, withdraw
from portal.members.area.forms import LastDay, Plain
from portal.members.area.mails import tell_of_membership


class Step(NamedTuple):
    """What can be done with a membership: in words, by which form and action, and whether it must be in force."""

    title: str
    lead: str
    submit: str
    form: Callable[..., Any]
    action: Callable[..., None]
    done: str
    needs_membership: bool


STEPS = {
    "suspend": Step(
        "会員登録の休止",
        "最後の日の翌日から、会員の数に入らなくなり、新しい投稿はできません。公開中のものはそのままです。いつでも再開できます。",
        "休止する",
        LastDay,
        suspend,
        "休止の手続きをしました。",
        True,
    ),
    "withdraw": Step(
        "退会",
        "最後の日の翌日から会員ではなくなり、担当者はみな、会員のページを開けなくなります。公開中のものはそのままです。",
        "退会する",
        LastDay,
        withdraw,
        "退会の手続きをしました。",
        True,
    ),
    "go-on": Step(
        "会員登録の再開",
        "今日から、また会員になります。休止や退会の予定があるときは、それを取り消します。",
        "再開する",
        Plain,
        go_on,
        "再開しました。",
        False,
    ),
}


@require_safe
@member_page
def member_membership(request: Any) -> HttpResponse:
    member = request.member
    context = {
        "page_title": "会員登録",
        "municipality": member.municipality,
        "membership": member.membership,
        "periods": Membership.objects.of(member.municipality).latest_first(),
        "today": timezone.localdate(),
    }
    return render(request, "members/area/membership.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def member_membership_step(request: Any, step: str) -> HttpResponse:
    """One of ``STEPS``: what it means, and the button. Raises Http404 for what cannot be done now."""
    member, wanted = request.member, STEPS.get(step)
    if wanted is None or (wanted.needs_membership and member.membership is None):
        raise Http404
    form = wanted.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            wanted.action(member=member, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            tell_of_membership(member, wanted.title)
            messages.success(request, wanted.done)
            return redirect("member_membership")
    context = {"page_title": wanted.title, "lead": wanted.lead, "form": form, "submit": wanted.submit}
    return render(request, "members/area/form.html", context)
