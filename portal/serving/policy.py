"""What a public answer says of how long it may be kept, and an answer for one person that nobody may keep it."""

from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

# Whoever stands in front of us keeps a page for seconds only. With the second between two looks at the database, and
# the one a page takes to be made anew, that makes less than five until everybody sees a publication or a withdrawal.
SECONDS_IN_FRONT = 1
SECONDS_WHILE_RENEWING = 1
# In a disaster a crowd matters more: half a minute, so that a notice still stands everywhere within one.
SECONDS_IN_A_DISASTER = 25
SECONDS_WITHOUT_US = 24 * 60 * 60


def is_anonymous(cookies: str, authorization: str) -> bool:
    """Whether a request, by its two headers, comes from nobody in particular: it brings no session and no message."""
    return not authorization and settings.SESSION_COOKIE_NAME not in cookies and "messages" not in cookies


def say_public(request: HttpRequest, response: HttpResponse, *, in_disaster: bool) -> HttpResponse:
    """Marks an answer that is the same for everybody; 304 where who asks has it already."""
    if "immutable" in response.headers.get("Cache-Control", ""):
        return response
    seconds = SECONDS_IN_A_DISASTER if in_disaster else SECONDS_IN_FRONT
    if "max-age" not in response.headers.get("Cache-Control", ""):
        patch_cache_control(response, public=True, max_age=0)
    patch_cache_control(
        response,
        s_maxage=seconds,
        stale_while_revalidate=seconds if in_disaster else SECONDS_WHILE_RENEWING,
        stale_if_error=SECONDS_WITHOUT_US,
    )
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    if response.status_code != 200 or response.streaming:
        return response
    if "ETag" not in response.headers:
        # Weak: the same page goes out compressed and not.
        response.headers["ETag"] = f'W/"{sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def say_private(response: HttpResponse) -> HttpResponse:
    """Marks an answer that is for who asked and nobody else, unless it says itself how it may be kept."""
    if "Cache-Control" not in response.headers:
        patch_cache_control(response, private=True, no_cache=True, no_store=True)
    return response
