"""Answers that are asked for again and again by programs, and sent only where they have changed."""

from collections.abc import Callable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

MINUTES_KEPT = 5


def sent_if_changed(
    request: HttpRequest, response: HttpResponse, *, state: str, content: Callable[[], bytes | str]
) -> HttpResponse:
    """The response with its content; 304 where the client already has what this state makes.

    ``state`` must tell all that the content is made of; the content is made only where it is sent. Last-Modified is
    never compared: an entry that was withdrawn, or published by the clock, changes the content and not the latest day.
    """
    etag = f'"{sha256(state.encode()).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={MINUTES_KEPT * 60}"
    answer = get_conditional_response(request, etag=etag, response=response) or response
    if answer is response:
        response.content = content()
    return answer
