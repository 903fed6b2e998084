"""The search page, and the names it suggests while somebody types."""

from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.core.known import known
from portal.core.pagination import page_of
from portal.search.choices import Kind
from portal.search.extracts import Part, extract, marked
from portal.search.finding import PER_PAGE, Found, alike, each_alone, find, read_entries, suggestions
from portal.search.forms import SearchForm
from portal.search.misses import FEW, note_miss
from portal.search.models import SearchEntry
from portal.search.pages import pages_named
from portal.search.queries import Query
from portal.serving.front import MAY_BE_KEPT


class Result(NamedTuple):
    """What is shown of an entry, in plain values, with what was searched marked in it; ``kind`` as it is called."""

    url: str
    title: tuple[Part, ...]
    extract: tuple[Part, ...]
    kind: str
    day: date | None
    note: str
    is_demo: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found for ``?q=``, of one ``kind`` or of all, a ``page`` at a time."""
    form = SearchForm.of(request)
    query = form.query
    context: dict[str, Any] = {"page_title": "サイト内検索", "form": form}
    if query is not None:
        context |= _found(request, query, form.value("kind", ""))
        context["page_title"] = f"「{query.text}」の検索結果"
    response = render(request, "portal/search/search.html", context)
    if request.GET:
        # Search engines are led to the pages themselves, not to every search that somebody links to.
        response["X-Robots-Tag"] = "noindex"
    return response


def _found(request: HttpRequest, query: Query, kind: str) -> dict[str, Any]:
    found = known(lambda: find(query, kind), "search", query, kind)
    page = page_of(request, found.keys, PER_PAGE)
    results = known(lambda: _results(query, list(page.object_list)), "results", query, kind, page.number)
    if page.number == 1 and not kind and len(found.keys) <= FEW and not found.is_named:
        note_miss(words=query.text, found=len(found.keys))
        # Each time it is searched counts: the page is made each time.
        request.META.pop(MAY_BE_KEPT, None)
    context = {
        "query": query,
        "kind": Kind(kind) if kind else None,
        "found": found,
        "page": page,
        "results": results,
        "choices": _choices(query, kind, found),
        "pages": pages_named(query) if page.number == 1 and not kind else [],
    }
    return context if found.keys else context | _help(query)


def _results(query: Query, keys: list[int]) -> list[Result]:
    return [_result(entry, query) for entry in read_entries(keys)]


def _result(entry: SearchEntry, query: Query) -> Result:
    title, told = tuple(marked(entry.title, query)), tuple(extract(entry.text, query))
    return Result(entry.url, title, told, str(entry.get_kind_display()), entry.day, entry.note, entry.is_demo)


def _help(query: Query) -> dict[str, Any]:
    """What may help whoever found nothing."""
    alone = [(word, count, _address(word)) for word, count in each_alone(query)]
    return {"alone": alone, "alike": [] if alone else alike(query)}


def _choices(query: Query, kind: str, found: Found) -> list[tuple[str, int | None, str, bool]]:
    """The kinds to choose from, with as many as choosing each shows; the numbers of too many are not counted."""
    kinds = [one for one in Kind if found.is_uncounted or one in found.counts or one == kind]
    total = None if found.is_uncounted else sum(found.counts.values())
    whole = [("すべて", total, _address(query.text), not kind)]
    return whole + [
        (one.label, None if found.is_uncounted else found.counts.get(one, 0), _address(query.text, one), kind == one)
        for one in kinds
    ]


def _address(words: str, kind: str = "") -> str:
    return reverse("search", query={"q": words} | ({"kind": kind} if kind else {}))


@require_safe
def search_suggestions(request: HttpRequest) -> JsonResponse:
    """The names that begin with ``?q=`` or hold it, as JSON: what each is called, how it is read, what it is."""
    form = SearchForm.of(request)
    named = suggestions(form.query.text) if form.query else []
    told = [{"title": entry.title, "reading": entry.reading, "kind": entry.get_kind_display()} for entry in named]
    return JsonResponse({"suggestions": told}, json_dumps_params={"ensure_ascii": False})
