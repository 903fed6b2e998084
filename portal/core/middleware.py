"""What stands between every request and the views."""

from collections.abc import Callable
from typing import ClassVar
from urllib.parse import unquote_to_bytes

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.core.accounts import page_to_prove_second_factor, used_second_factor
from portal.core.publishing import Withdrawn
from portal.core.resending import kept_of, leads_to_sign_in, offer_to_resend
from portal.core.sessions import OVER, is_over, record_seen

GetResponse = Callable[[HttpRequest], HttpResponse]


class RefuseMalformedInput:
    """Answers 400 to an address with a NUL byte or broken UTF-8, and to a form with a NUL byte.

    No page could answer them rightly: PostgreSQL takes no such text, wherever it is asked.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = unquote_to_bytes(request.META.get("QUERY_STRING", "").replace("+", " "))
        if _is_malformed(query) or _is_malformed(request.path_info.encode("utf-8", "surrogateescape")):
            return _refused(request, "アドレスに使えない文字があります")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if any("\x00" in text for name, values in _form(request).lists() for text in (name, *values)):
            return _refused(request, "送信した内容に使えない文字があります")
        return None


def _form(request: HttpRequest) -> QueryDict:
    """What was sent in a form; nothing where whoever sent it is gone before the end."""
    try:
        return request.POST
    except UnreadablePostError:
        return QueryDict()


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "400.html", {"page_title": why}, status=400)


def _is_malformed(raw: bytes) -> bool:
    try:
        return "\x00" in raw.decode("utf-8")
    except UnicodeDecodeError:
        return True


class RequireSecondFactor:
    """Lets staff go nowhere but to the second factor until this session has used one."""

    open_views: ClassVar[frozenset[str]] = frozenset(
        {
            "account_logout",
            "account_reauthenticate",
            "account_invitation",
            "account_invitation_link",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "media",
            "healthz",
            "readyz",
            "metrics",
        }
    )

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.is_staff or name in self.open_views:
            return None
        if used_second_factor(request):
            return None
        prove = page_to_prove_second_factor(request.user)
        if prove:
            return redirect_to_login(request.get_full_path(), reverse(prove))
        return redirect("mfa_index")


class EndOrRecordSession:
    """Signs out a session that is over, and keeps 「サインイン中の端末」 true: when each other was last used."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and is_over(request):
            logout(request)
            messages.info(request, OVER)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        if request.user.is_authenticated and not getattr(view, "asked_by_itself", False):
            record_seen(request)


class KeepWhatWasTyped:
    """Answers a form that needs a sign-in, sent after the session ended, with what was typed and how to send it."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kept = kept_of(request) if leads_to_sign_in(request, response) else None
        return offer_to_resend(request, kept, sign_in=reverse("account_login")) if kept else response


class ExplainWithdrawal:
    """Answers 410 with an explanation where a view met something that was withdrawn."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Withdrawn):
            return None
        return render(
            request, "410.html", {"page_title": "このページは取り下げられました", "row": exception.row}, status=410
        )
