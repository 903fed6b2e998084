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
from portal.core.wareki import fiscal_year_of
from portal.members.area.mails import SIGNER, ask_to_confirm

# So long after the question those who have not answered are reminded, once.
REMINDED_AFTER = timedelta(days=30)


def ask(at: datetime | None = None) -> int:
    """Asks every member of the year before who was not asked this fiscal year, and reminds once; how many mails."""
    at = at or timezone.now()
    year = fiscal_year_of(timezone.localdate(at))
    sent = 0
    for membership in Membership.objects.official().to_confirm(timezone.localdate(at), year):
        with transaction.atomic():
            asked = MembershipConfirmation.objects.get_or_create(
                membership=membership, fiscal_year=year, defaults={"asked_at": at}
            )[0]
            sent += ask_to_confirm(asked, is_reminder=False)
    late = MembershipConfirmation.objects.unanswered().of_year(year).asked_by(at - REMINDED_AFTER)
    return sent + sum(
        ask_to_confirm(asked, is_reminder=True) for asked in late.select_related("membership__municipality")
    )


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
        context = {"page_title": "アドレスが正しくありません"}
        return render(request, "members/area/confirmation_closed.html", context, status=400)
    if asked.fiscal_year != fiscal_year_of(timezone.localdate()):
        context = {"page_title": "このアドレスの期限が過ぎています"}
        return render(request, "members/area/confirmation_closed.html", context, status=410)
    if request.method == "POST":
        confirm(asked)
        return redirect(request.path)
    context = {
        "page_title": f"{asked.fiscal_year}年度の登録確認",
        "confirmation": asked,
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
