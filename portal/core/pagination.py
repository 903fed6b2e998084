"""Long lists in pages."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PER_PAGE = 50


class KeysFirst(Paginator):
    """Sorts keys only, and reads the rows of one page: whole rows and what they are related to are slow to sort."""

    object_list: Any

    def page(self, number: int | str) -> Page:
        page = super().page(number)
        rows: Any = page.object_list
        page.object_list = self.object_list.filter(pk__in=list(rows.values_list("pk", flat=True)))
        return page


def slice_of(page: Page) -> slice:
    """Which of all rows a page holds, where it was made of their number alone: ``page_of(request, range(number))``."""
    first = (page.number - 1) * page.paginator.per_page
    return slice(first, first + page.paginator.per_page)


def page_of(
    request: HttpRequest, rows: QuerySet | Sequence[Any], per_page: int = PER_PAGE, count: int | None = None
) -> Page:
    """The page that the address asks for (``?page=``); ``count``: how many rows there are, where that is known.

    Raises Http404 where there is no such page.
    """
    paginator = Paginator(rows, per_page)
    if count is not None:
        # A cached property: what is set is not counted again.
        paginator.count = count
    try:
        return paginator.page(request.GET.get("page", 1))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404("このページ番号はありません。") from error
