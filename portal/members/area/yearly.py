"""The yearly confirmation: each member is asked once a fiscal year whether all is still right."""

from datetime import datetime, timedelta

from django.core.signing import BadSignature
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from municipalities.models import Membership, MembershipConfirmation
from portal.core.views import keeps_to_itself
from portal.core.wareki import era_fiscal_year, fiscal_year_of
from portal.members.area.mails import SIGNER, ask_to_confirm

# So long after the question those who have not answered are reminded, once. After the later of the two nobody is: by
# then the log of mails, which knows who was, begins to forget.
REMINDED_AFTER, REMINDED_UNTIL = timedelta(days=30), timedelta(days=60)


def ask(at: datetime | None = None) -> int:
    """Asks every member of the year before who was not asked this fiscal year, and reminds once; how many mails."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    year = fiscal_year_of(today)
    sent = sum(_ask_first(membership, year, at) for membership in Membership.objects.to_confirm(today, year))
    late = MembershipConfirmation.objects.of_members(today).of_year(year).unanswered()
    late = late.asked_between(at - REMINDED_UNTIL, at - REMINDED_AFTER)
    return sent + sum(ask_to_confirm(asked, is_reminder=True) for asked in late)


@transaction.atomic
def _ask_first(membership: Membership, year: int, at: datetime) -> int:
    asked, _ = MembershipConfirmation.objects.get_or_create(
        membership=membership, fiscal_year=year, defaults={"asked_at": at}
    )
    return ask_to_confirm(asked, is_reminder=False)


def confirm(confirmation: MembershipConfirmation, at: datetime | None = None) -> None:
    """Writes down that somebody of the member said that all is right; what was said already stays."""
    unanswered = MembershipConfirmation.objects.unanswered().filter(pk=confirmation.pk)
    unanswered.update(confirmed_at=at or timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
# With "no-referrer" browsers would not say where the form comes from, and the check against forgery would refuse it.
@keeps_to_itself("same-origin")
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens, without signing in. Only the button confirms: programs look through mail as well."""
    asked = _asked(token)
    if asked is None:
        return _closed(request, "アドレスが正しくありません", is_ours=False, status=400)
    if asked.fiscal_year != fiscal_year_of(timezone.localdate()):
        return _closed(request, "このアドレスの期限が過ぎています", is_ours=True, status=410)
    if request.method == "POST":
        confirm(asked)
        return redirect(request.path)
    context = {
        "page_title": f"{era_fiscal_year(asked.fiscal_year)}の登録確認",
        "confirmation": asked,
        "confirmed_on": timezone.localdate(asked.confirmed_at) if asked.confirmed_at else None,
        "municipality": asked.membership.municipality,
    }
    return render(request, "members/area/confirmation.html", context)


def _asked(token: str) -> MembershipConfirmation | None:
    """What a link is about; None where we never sent it so."""
    try:
        key = SIGNER.unsign(token)
    except BadSignature:
        return None
    asked = MembershipConfirmation.objects.select_related("membership__municipality__prefecture")
    return asked.filter(pk=key).first()


def _closed(request: HttpRequest, title: str, *, is_ours: bool, status: int) -> HttpResponse:
    context = {"page_title": title, "is_ours": is_ours}
    return render(request, "members/area/confirmation_closed.html", context, status=status)
