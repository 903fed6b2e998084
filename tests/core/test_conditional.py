"""Answers that are sent only where they have changed."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.core.conditional import sent_if_changed


def answer(state: str = "一", made: list[str] | None = None, method: str = "get", **headers: str) -> HttpResponse:
    """``made`` takes down each time the content is made."""
    request = getattr(RequestFactory(), method)("/", headers=headers)
    response = HttpResponse(content_type="text/calendar", headers={"Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"})

    def content() -> str:
        (made if made is not None else []).append(state)
        return f"内容{state}"

    return sent_if_changed(request, response, state=state, content=content)


def test_what_is_not_known_is_sent():
    response = answer()

    assert (response.status_code, response.content.decode()) == (200, "内容一")
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["ETag"].startswith('"')


def test_the_mark_is_that_of_the_state():
    assert answer("一").headers["ETag"] == answer("一").headers["ETag"] != answer("二").headers["ETag"]


@pytest.mark.parametrize("known", ["{etag}", 'W/{etag}, "x"', '"x", {etag}', "*"])
def test_what_is_known_is_neither_made_nor_sent(known):
    made: list[str] = []
    response = answer(made=made, **{"If-None-Match": known.format(etag=answer().headers["ETag"])})

    assert (response.status_code, response.content, made) == (304, b"", [])
    assert response.headers["ETag"] == answer().headers["ETag"]
    assert response.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"x"'},
        {"If-None-Match": "nonsense"},
        {"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"},
        {"If-Modified-Since": "nonsense"},
    ],
)
def test_what_may_have_changed_is_sent(headers):
    assert answer(**headers).status_code == 200


def test_the_head_alone_is_answered_likewise():
    known = answer().headers["ETag"]

    assert answer(method="head").headers["ETag"] == known
    assert answer(method="head", **{"If-None-Match": known}).status_code == 304
