"""The whole of a list that the first page shows the beginning of."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from portal.desk.legs import Legs
from portal.desk.reading import JOINED, JoinedList, sign_in_row, sign_ins_of
from portal.roles import Access

ROWS_ON_A_PAGE = 100
_SIGN_INS = JoinedList("最近のサインイン", (), "30日以内のサインインはありません。", "30日以内")


def desk_list(request: HttpRequest, slug: str, access: Access, context: dict[str, Any]) -> HttpResponse:
    """All rows of a list, page by page. Raises Http404 where there is no such list."""
    shown = {**JOINED, "sign-ins": _SIGN_INS}.get(slug)
    if shown is None:
        raise Http404
    page = Paginator(_rows_of(slug, access, timezone.now()), ROWS_ON_A_PAGE).get_page(request.GET.get("p"))
    rows = [sign_in_row(entry) for entry in page] if slug == "sign-ins" else page.object_list
    told = {"title": shown.title, "shown": shown, "page": page, "rows": rows}
    return TemplateResponse(request, "admin/desk_list.html", context | told)


def _rows_of(slug: str, access: Access, at: datetime) -> Any:
    return sign_ins_of(access, at) if slug == "sign-ins" else Legs(JOINED[slug].legs, access, at)
