"""One's own account, and the way into it by invitation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.invitations import Invitation, LinkClosed, accept, invited_by_link, read_token
from portal.core.models import User
from portal.core.sessions import end_sessions, open_sessions

_INVITED = "invitation"

View = Callable[..., HttpResponse]
# A request of somebody who has signed in.
Request = Any


@require_safe
@never_cache
@login_required
def account_home(request: Request) -> HttpResponse:
    back_office: Any = admin.site
    kept: dict[str, list[Authenticator]] = {}
    for authenticator in request.user.authenticator_set.order_by("created_at"):
        kept.setdefault(authenticator.type, []).append(authenticator)
    codes = kept.get(Authenticator.Type.RECOVERY_CODES)
    context = {
        "page_title": "アカウント",
        "roles": back_office.access(request).roles,
        "has_app": Authenticator.Type.TOTP in kept,
        "passkeys": kept.get(Authenticator.Type.WEBAUTHN, []),
        "has_codes": codes is not None,
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
        "session_count": len(open_sessions(request.user)),
    }
    return render(request, "account/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def session_list(request: Request) -> HttpResponse:
    """The browsers somebody is signed in with; POST ends one (``session``), or all but this one."""
    key = request.session.session_key
    if request.method == "POST":
        only = request.POST.get("session", "")
        known = {str(session.pk): session for session in open_sessions(request.user)}
        if only and only not in known:
            messages.info(request, "選んだ端末は、すでにサインアウトしています。")
        else:
            ended = end_sessions(request.user, only=known[only].pk if only else None, but=key)
            messages.success(request, f"{ended}件の端末をサインアウトしました。")
        return redirect("account_sessions")
    sessions = open_sessions(request.user)
    context = {"page_title": "サインイン中の端末", "sessions": sessions, "current_key": key}
    return render(request, "account/session_list.html", context)


def keeps_to_itself(referrer_policy: str) -> Callable[[View], View]:
    """For the pages that a mailed link opens: no cache keeps them, and no other site learns their address."""

    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response["Referrer-Policy"] = referrer_policy
            return response

        return careful

    return decorate


@require_safe
@keeps_to_itself("no-referrer")
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Remembers which invitation a link opens, and goes on to an address that gives nothing away."""
    request.session[_INVITED] = read_token(token)
    return redirect("account_invitation")


@require_http_methods(["GET", "HEAD", "POST"])
# With "no-referrer" browsers would not say where its form comes from, and the check against forgery would refuse it.
@keeps_to_itself("same-origin")
def invitation(request: HttpRequest) -> HttpResponse:
    """Somebody invited chooses their password and goes on to the second factor; what no longer opens says why."""
    parts = request.session.get(_INVITED)
    try:
        if not parts:
            raise Invitation.DoesNotExist
        opened = invited_by_link(tuple(parts))
        form = SetPasswordForm(opened.user, request.POST if request.method == "POST" else None)
        if form.is_valid():
            user = accept(invitation=opened, password=form.cleaned_data["new_password1"])
            return _sign_in(request, user)
    except Invitation.DoesNotExist:
        context = {"page_title": "招待のアドレスが正しくありません"}
        return render(request, "account/invitation_closed.html", context, status=400)
    except LinkClosed as closed:
        context = {"page_title": "この招待は使えません", "state": closed.state or "superseded"}
        return render(request, "account/invitation_closed.html", context, status=410)
    page = {"page_title": "利用者の登録", "invitation": opened, "form": form}
    return render(request, "account/invitation.html", page)


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """Signs in whoever has just chosen their password, instead of anybody who was signed in here before."""
    logout(request)
    record_authentication(request, user, "password", reauthenticated=True)
    return perform_login(request, user, redirect_url=reverse("mfa_index"))
