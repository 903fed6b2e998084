"""A form that was refused only because a session ended meanwhile: what was typed is kept, to be sent once more.

It is kept in the page that says so, in hidden fields, and nowhere else. A form with a password is never kept, nor is
one that another site sent: whoever presses the button must have filled it in here.
"""

from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105


class Kept(NamedTuple):
    """What a refused form held: its fields as they came, and whether files were chosen, which must be chosen anew."""

    fields: list[tuple[str, str]]
    has_files: bool


def kept_of(request: HttpRequest) -> Kept | None:
    """What is kept of a request that was refused; None of what is no form, holds a password or came from elsewhere."""
    if request.method != "POST" or request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return None
    if any("password" in name for name in request.POST):
        return None
    fields = [(name, value) for name, values in request.POST.lists() if name != _TOKEN for value in values]
    return Kept(fields, bool(request.FILES)) if fields else None


def leads_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer sends somebody off to sign in and to come back to this very address."""
    if response.status_code != 302:
        return False
    return parse_qs(urlsplit(response["Location"]).query).get("next") == [request.get_full_path()]


def offer_to_resend(request: HttpRequest, kept: Kept, *, sign_in: str = "") -> HttpResponse:
    """403 with what was typed and a button that sends it again, after signing in at ``sign_in`` if that is needed."""
    title = "サインインが終わっていたため、送信していません" if sign_in else "もう一度送信してください"
    return render(request, "403_resend.html", {"page_title": title, "kept": kept, "sign_in": sign_in}, status=403)
