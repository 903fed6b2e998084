"""The API as a whole: how it answers, what every answer carries, how a list is paged."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import Field, NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from disaster_support.situation import situation
from portal.api.words import LARGEST_OFFSET, Page, Problem, fault
from portal.core.publishing import Withdrawn
from portal.serving.policy import say_public

Row = TypeVar("Row")
DESCRIPTION = (
    "特別区全国連携プロジェクトの公開中の記録を、JSONで返します。読み取り専用で、利用者登録は要りません。"
    "データはCC BY 4.0で利用できます。日付はYYYY-MM-DD、時刻は日本時間、日時は時差付きのISO 8601です。"
    "架空のデモデータはis_demoがtrueです。ETagを使った条件付きの要求に304を返します。"
)
EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Expose-Headers": "ETag",
    "Allow": "GET, HEAD, OPTIONS",
}


class ReadableJSON(JSONRenderer):
    """JSON in which Japanese stays readable."""

    json_dumps_params = {"ensure_ascii": False}


class PublicAPI(NinjaAPI):
    """Read-only answers that anybody may fetch from anywhere; how long they may be kept is said as for pages."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(request, data, **kwargs)
        if response.status_code != 200:
            return response
        return say_public(request, response, in_disaster=situation.mode() is not None)


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the API that pages of other sites may ask; only reading is answered, HEAD as GET is."""

    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Access-Control-Allow-Headers": "If-None-Match"})
        elif request.method in ("GET", "HEAD"):
            # The server leaves the body out where HEAD was asked.
            request.method = "GET"
            response = view(request, **kwargs)
        else:
            response = problem(request, 405, "読み取り（GET）だけができます。")
        for name, value in EVERYWHERE.items():
            response.headers[name] = value
        return response

    return csrf_exempt(answer)


api = PublicAPI(
    title="特別区全国連携プロジェクト API",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    renderer=ReadableJSON(),
    openapi_extra={"info": {"license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}}},
)


class Paging(Schema):
    limit: int = Field(50, ge=1, le=100, description="返す件数（100まで）")
    offset: int = Field(0, ge=0, le=LARGEST_OFFSET, description="飛ばす件数")


def answers(schema: Any, *problems: int) -> dict[int, Any]:
    """What an operation answers: its result, 422 for a wrong question, and other problems."""
    return {200: schema} | dict.fromkeys((*problems, 422), Problem)


def page_of(request: HttpRequest, rows: QuerySet, paging: Paging, told: Callable[[Any], Row]) -> Page[Row]:
    """A part of a list and the addresses of the parts beside it. The rows need an order that is the same each time."""
    count, limit, offset = rows.count(), paging.limit, paging.offset
    after, before = offset + limit, max(offset - limit, 0)
    return Page(
        count=count,
        next=_address(request, limit, after) if after < count else None,
        previous=_address(request, limit, before) if offset else None,
        results=[told(row) for row in rows[offset : offset + limit]],
    )


def _address(request: HttpRequest, limit: int, offset: int) -> str:
    parameters = request.GET.copy()
    parameters["limit"], parameters["offset"] = str(limit), str(offset)
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")


def problem(request: HttpRequest, status: int, detail: str, **told: Any) -> HttpResponse:
    return api.create_response(request, Problem(detail=detail, **told).dict(), status=status)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, 404, "見つかりません。")


@api.exception_handler(Withdrawn)
def withdrawn(request: HttpRequest, error: Withdrawn) -> HttpResponse:
    return problem(request, 410, "取り下げられました。" + error.row.withdrawal_note)


@api.exception_handler(ValidationError)
def wrong_question(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422; but where the address itself names what cannot be, there is nothing there."""
    if any(found["loc"][0] == "path" for found in error.errors):
        return problem(request, 404, "見つかりません。")
    return problem(request, 422, "指定が正しくありません。", errors=[fault(found) for found in error.errors])
