"""What every answer tells browsers not to do with it, whoever made it: a page, a file, an error, a refusal."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

# For what people uploaded: never a page of ours, whatever is in it.
FILE_POLICY = "default-src 'none'; sandbox"


class AddHeaders:
    """The first that an answer passes on its way out but for its id, so that no answer is made before it.

    Django sets some of these too, but not on an answer that its own middleware refuses to make. What a view says
    itself stands.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # What pages of other sites may read they may show as well.
        if response.headers.get("Access-Control-Allow-Origin") == "*":
            response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
        for name, value in settings.ANSWER_HEADERS.items():
            response.headers.setdefault(name, value)
        return response
