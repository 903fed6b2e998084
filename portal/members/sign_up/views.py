"""Signing up: which municipality, who, is it right, and the link that came by mail."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.addresses import kind_of_address
from municipalities.choices import AddressKind
from municipalities.models import MembershipApplication, Municipality
from portal.core.addresses import site_address
from portal.core.guard import within_rate
from portal.core.pagination import page_of
from portal.core.views import keeps_to_itself
from portal.members.sign_up.actions import ask, confirm
from portal.members.sign_up.forms import ApplicantForm, PlaceForm
from portal.members.sign_up.links import read_token
from portal.members.sign_up.rules import why_not

# What a button of the form asks for.
SEND, CHANGE = "send", "change"


@require_safe
def sign_up(request: HttpRequest) -> HttpResponse:
    form = PlaceForm.of(request)
    page = page_of(request, form.found().for_list()) if form.is_asked else None
    today = timezone.localdate()
    context = {
        "page_title": "会員登録の申込み：自治体を選ぶ",
        "form": form,
        "page": page,
        "places": [(place, why_not(place, today)) for place in page or ()],
    }
    return render(request, "members/sign_up/place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def details(request: HttpRequest, code: str) -> HttpResponse:
    """Who applies; then, once that can be read, all of it to look through; then, when it is right, it is sent."""
    municipality: Any = get_object_or_404(Municipality.objects.for_detail(), pk=code)
    context: dict[str, Any] = {"municipality": municipality, "page_title": "会員登録の申込み：申し込む方"}
    if reason := why_not(municipality, timezone.localdate()):
        return render(request, "members/sign_up/closed_place.html", context | {"reason": reason}, status=400)
    form = ApplicantForm(request.POST if request.method == "POST" else None)
    step = request.POST.get("step", "")
    if not form.is_valid() or step == CHANGE:
        return render(request, "members/sign_up/applicant.html", context | {"form": form})
    if step == SEND and not within_rate(request, what="sign_up", limit=10, per=timedelta(hours=1)):
        form.refuse_too_many()
        return render(request, "members/sign_up/applicant.html", context | {"form": form}, status=429)
    if step == SEND:
        ask(municipality=municipality, given=form.cleaned_data, site=site_address(request))
        return redirect("member_signup_sent")
    kind = kind_of_address(form.cleaned_data["email"], municipality.official_site)
    context |= {"page_title": "会員登録の申込み：内容の確認", "form": form}
    context |= {"kind": kind, "is_known": kind != AddressKind.OTHER}
    return render(request, "members/sign_up/check.html", context)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same for everybody, whatever was sent to whom."""
    return render(request, "members/sign_up/sent.html", {"page_title": "確認のメールをお送りしました"})


@require_http_methods(["GET", "HEAD", "POST"])
# With "no-referrer" browsers would not say where its form comes from, and the check against forgery would refuse it.
@keeps_to_itself("same-origin")
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens. Only the button confirms: programs that look through mail open links as well."""
    reference = read_token(token)
    if reference is None:
        return _closed(request, "アドレスが正しくありません", is_ours=False, status=400)
    application = MembershipApplication.objects.for_detail().with_reference(reference)
    if application is not None and request.method == "POST":
        try:
            confirm(application=application, site=site_address(request))
        except ValidationError:
            application = None
        else:
            return redirect(request.path)
    if application is None or not (application.has_been_confirmed or application.is_confirmable()):
        return _closed(request, "このアドレスの期限が過ぎています", is_ours=True, status=410)
    if application.has_been_confirmed:
        context = {"page_title": "申込みを受け付けました", "application": application}
        return render(request, "members/sign_up/confirmed.html", context)
    context = {"page_title": "会員登録の申込み：最後の確認", "application": application}
    return render(request, "members/sign_up/confirm.html", context)


def _closed(request: HttpRequest, title: str, *, is_ours: bool, status: int) -> HttpResponse:
    context = {"page_title": title, "is_ours": is_ours}
    return render(request, "members/sign_up/closed_link.html", context, status=status)
