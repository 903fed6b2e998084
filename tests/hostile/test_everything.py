"""Every parameter, every field and every path, for everybody: nothing fails, and nothing comes out alive."""

import re
from urllib.parse import quote_from_bytes, urljoin

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver

from portal.api.service import api
from portal.serving.public import PUBLIC
from tests.hostile.answers import faults_of
from tests.hostile.conftest import opened_a_minute_ago
from tests.hostile.finding import encoded, find
from tests.hostile.inputs import ALL, HOW_MANY, attacks, chance

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection"), pytest.mark.slow]

# What programs and people put into any address.
ALWAYS = ("page", "q", "next", "format", "o", "_popup", "e", "unknown", "a[]")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def found(visitor):
    _, client, entrances = visitor
    return find(client, entrances)


def questions_of(found) -> list[tuple[str, str]]:
    """Each address with each of its parameters: those seen in links and forms, and those that are written down."""
    asked = set(found.questions)
    for kind, paths in found.pages.items():
        for path in paths:
            asked |= {(path, name) for name in (*PUBLIC.get(kind, ()), *ALWAYS)}
    for path, operations in api.get_openapi_schema()["paths"].items():
        if "{" not in path:
            asked |= {(path, told["name"]) for told in operations["get"].get("parameters", ())}
    return sorted(asked)


def is_told(faults, what, told):
    if faults:
        told.append(f"{what}: {faults}")


def test_no_question_breaks_a_page(visitor, found):
    name, client, _ = visitor
    told: list[str] = []
    for (path, parameter), value in attacks(questions_of(found), of=f"questions of {name}"):
        pairs = [(parameter, value)] * chance(repr(value)).choice((1, 1, 1, 2))
        query = encoded(pairs).decode()
        with transaction.atomic():
            response = client.get(f"{path}?{query}")
            transaction.set_rollback(True)
        is_told(faults_of(response), f"GET {path}?{query[:120]}", told)

    assert found.pages
    assert told == []


def test_no_form_breaks_a_page_and_what_it_keeps_is_shown_harmless(visitor, found):
    name, client, _ = visitor
    cookies, told, taken = client.cookies.copy(), [], 0
    fields = [(form, number) for form in found.forms.values() for number in range(len(form.fields))]
    for (form, number), value in attacks(fields, of=f"forms of {name}"):
        pairs = [(key, kept.encode()) for key, kept in form.fields]
        pairs = [(key, opened_a_minute_ago().encode() if key == "opened" else kept) for key, kept in pairs]
        pairs = [(key, b"" if key == "homepage" else kept) for key, kept in pairs]
        pairs[number] = (pairs[number][0], value)
        client.cookies = cookies.copy()
        what = f"POST {form.action} {pairs[number][0]}={value[:60]!r}"
        with transaction.atomic():
            response = client.generic("POST", form.action, encoded(pairs), content_type=FORM)
            is_told(faults_of(response), what, told)
            if response.status_code == 302:
                taken += 1
                for shown in (urljoin(form.action, response["Location"]), form.page, "/", "/search/?q=zq7x"):
                    is_told(faults_of(client.get(shown)), f"{what} at {shown}", told)
            transaction.set_rollback(True)

    assert fields
    assert told == []
    assert taken or HOW_MANY < 50


def patterns(resolver=None, before=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from patterns(pattern, route)


def test_no_path_breaks_a_page(visitor):
    name, client, _ = visitor
    routes = sorted({route for route in patterns() if "<" in route and "(?P" not in route})
    told: list[str] = []
    for route, value in attacks(routes, of=f"paths of {name}"):
        path = "/" + re.sub("<[^>]*>", lambda match, value=value: quote_from_bytes(value), route)
        with transaction.atomic():
            response = client.get(path)
            transaction.set_rollback(True)
        is_told(faults_of(response), f"GET {path[:160]}", told)

    assert len(routes) > 50
    assert told == []


def test_every_input_is_tried_by_the_whole_run():
    assert len(ALL) > 120
    assert len(set(ALL)) == len(ALL)
