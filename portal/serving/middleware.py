"""What stands between a request and a public page."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, QueryDict

from disaster_support.situation import situation
from portal.core.known import known_by, nothing_known
from portal.mirror.addresses import view_name
from portal.serving.front import MAY_BE_KEPT
from portal.serving.kept import known_query
from portal.serving.policy import is_anonymous, say_private, say_public
from portal.serving.public import PUBLIC
from portal.serving.replica import one_request, read_public_page
from portal.serving.silent import answer_without_database
from portal.serving.states import state_of_records
from portal.serving.watch import watch

GetResponse = Callable[[HttpRequest], HttpResponse]


class MarkPublicPages:
    """Takes from the query of a public page what it does not know, and tells every answer whether it may be kept."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_request(), nothing_known():
            response = self.get_response(request)
        match = request.resolver_match
        is_public = match is not None and match.view_name in PUBLIC
        if not is_public or not _is_anonymous(request) or response.cookies or _has_nonce(request):
            return say_private(response)
        if request.method not in ("GET", "HEAD"):
            return response
        return say_public(request, response, in_disaster=situation.mode() is not None)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]) -> None:
        match = request.resolver_match
        parameters = PUBLIC.get(match.view_name) if match else None
        if parameters is None:
            return
        known = known_query(request.META.get("QUERY_STRING", ""), parameters)
        request.META["QUERY_STRING"] = known
        request.GET = QueryDict(known)
        if _is_anonymous(request):
            request.META[MAY_BE_KEPT] = parameters
            if request.method in ("GET", "HEAD"):
                read_public_page()
                known_by(state_of_records)


class AnswerWithoutDatabase:
    """While the database is silent nobody waits for it: what can be answered without it is, at once."""

    needing_none: ClassVar[frozenset[str]] = frozenset({"healthz", "readyz", "metrics", "media"})

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if watch.silent_since is None or view_name(request.path_info) in self.needing_none:
            return self.get_response(request)
        return answer_without_database(request)


def _is_anonymous(request: HttpRequest) -> bool:
    return is_anonymous(request.META.get("HTTP_COOKIE", ""), request.META.get("HTTP_AUTHORIZATION", ""))


def _has_nonce(request: HttpRequest) -> bool:
    """Whether the page used the nonce of its answer: that is for one answer, and kept it would be known to all."""
    return bool(getattr(request, "csp_nonce", None))
