"""What membership is, and where people go once they have signed in."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from municipalities.models.application import CONFIRMATION_LIFETIME, DECISION_LIFETIME, PERSONAL_DATA_KEPT
from portal.contacts import secretariat
from portal.members.access import member_of

# How long things last, in words for pages.
LIFETIMES = {
    "confirmation_hours": CONFIRMATION_LIFETIME // timedelta(hours=1),
    "decision_days": DECISION_LIFETIME.days,
    "kept_days": PERSONAL_DATA_KEPT.days,
}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {"page_title": "会員登録について", "contact": secretariat(), **LIFETIMES}
    return render(request, "members/sign_up/about.html", context)


@require_safe
@never_cache
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Staff go to the back office, members to their own pages, everybody else to the first page."""
    if request.user.is_authenticated and request.user.is_staff:
        return redirect("admin:index")
    return redirect("member_dashboard" if member_of(request.user) else "home")
