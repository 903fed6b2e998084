"""Where an application stands, for whoever applied; and for the colleagues who are asked to take somebody in."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from municipalities.choices import ApplicationState
from municipalities.models import MembershipApplication
from portal.core.addresses import site_address
from portal.core.guard import within_rate
from portal.members.access import member_page
from portal.members.applications.actions import cancel
from portal.members.applications.forms import ConsentForm, StatusForm

# What a button of the page asks for.
ASK_TO_CANCEL, CANCEL = "ask", "cancel"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """What becomes of an application. It is sent as a form: neither number nor address may stand in any log."""
    if request.method == "POST":
        may_look = within_rate(request, what="sign_up_status", limit=20, per=timedelta(hours=1))
        form = StatusForm(request.POST, may_look=may_look)
    else:
        form = StatusForm()
    if not form.is_valid() or form.application is None:
        context = {"page_title": "申込みの状況", "form": form}
        return render(request, "members/applications/find.html", context, status=429 if form.is_too_many else 200)
    application, step, error = form.application, request.POST.get("step", ""), ""
    if step == CANCEL:
        try:
            application = cancel(application=application)
        except ValidationError as refused:
            error = refused.messages[0]
    context = {
        "page_title": "会員登録の申込みの状況",
        "application": application,
        "form": form,
        "error": error,
        "asks": step == ASK_TO_CANCEL and application.is_open,
    }
    return render(request, "members/applications/status.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def member_application(request: Any, reference: str) -> HttpResponse:
    """Somebody wants to join: any of those who are there takes them in, or does not."""
    application = MembershipApplication.objects.for_detail().to_join(request.member.municipality, reference)
    if application is None:
        raise Http404
    is_waiting = application.state == ApplicationState.AWAITING_CONSENT
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            told = form.decide(application=application, by=request.user, site=site_address(request))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, told)
        return redirect(request.path)
    context = {"page_title": "担当者の追加の申込み", "application": application, "form": form, "is_waiting": is_waiting}
    return render(request, "members/applications/consent.html", context)
