"""The way back from a copy: its addresses lead to the pages they were made of."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from portal.mirror.addresses import mirrored, original


@require_safe
def leave_mirror(request: HttpRequest, path: str) -> HttpResponse:
    """To the page that a copy was made of. Raises Http404 where there is no such page."""
    address = mirrored(original(f"/{path}"))
    if address is None:
        raise Http404
    return redirect(str(address))


@require_safe
def not_in_mirror(request: HttpRequest) -> HttpResponse:
    """What the mirror does not hold begins at the top page."""
    return redirect("home")
