"""Every parameter, every field and every path, for everybody: nothing fails, and nothing comes out alive."""

import re
from contextlib import contextmanager
from urllib.parse import quote_from_bytes, urljoin

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver
from hypothesis import HealthCheck, given, settings, strategies

from portal.api.service import api
from portal.serving.public import PUBLIC
from tests.hostile.answers import faults_in, faults_of
from tests.hostile.conftest import opened_a_minute_ago
from tests.hostile.finding import encoded, find
from tests.hostile.inputs import ALL, HOW_MANY, MARK, attacks, chance

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection", "search_index"), pytest.mark.slow]

# What programs and people put into any address.
ALWAYS = ("page", "q", "next", "format", "o", "_popup", "e", "unknown", "a[]")
FORM = "application/x-www-form-urlencoded"
# As a person sends them.
GUARD = {"opened": opened_a_minute_ago, "homepage": str}


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


def test_nothing_breaks_and_nothing_comes_out_alive(visitor):
    name, client, entrances = visitor
    found = find(client, entrances)

    assert len(found.pages) > 5
    assert list(asking(name, client, found)) == []
    assert list(sending(name, client, found)) == []
    assert list(going(name, client)) == []
    try_whatever_can_be_sent(client, found)


def asking(name, client, found):
    """What goes wrong where a parameter is hostile; some are given twice."""
    for target, value in attacks(questions_of(found), of=f"questions of {name}"):
        times = chance(repr(value)).choice((1, 1, 1, 2))
        if faults := faults_of_question(client, target, value, times):
            yield f"GET {target} {value[:60]!r}", faults


def faults_of_question(client, target, value, times=1):
    path, parameter = target
    with undone():
        return faults_of(client.get(f"{path}?{encoded([(parameter, value)] * times).decode()}"))


def sending(name, client, found):
    """What goes wrong where a field is hostile, and on the pages that show what was taken in."""
    cookies = client.cookies.copy()
    for target, value in attacks(fields_of(found), of=f"forms of {name}"):
        if faults := faults_of_field(client, cookies, target, value):
            form, number = target
            yield f"POST {form.action} {form.fields[number][0]}={value[:60]!r}", faults


def fields_of(found):
    """Each form with the place of each of its fields."""
    fields = [(form, number) for form in found.forms.values() for number in range(len(form.fields))]
    assert fields
    return fields


def faults_of_field(client, cookies, target, value):
    form, number = target
    pairs = [(key, GUARD.get(key, lambda kept=kept: kept)().encode()) for key, kept in form.fields]
    pairs[number] = (pairs[number][0], value)
    client.cookies = cookies.copy()
    with undone():
        response = client.generic("POST", form.action, encoded(pairs), content_type=FORM)
        return faults_of(response) + shown(client, form, response)


def try_whatever_can_be_sent(client, found):
    """Text of all kinds and any bytes, which nobody thought of. Raises AssertionError for what goes wrong."""
    cookies = client.cookies.copy()
    marked = strategies.text().map(lambda text: f"{MARK}{text}".encode())

    @settings(max_examples=HOW_MANY // 2, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        strategies.sampled_from(questions_of(found)),
        strategies.sampled_from(fields_of(found)),
        marked | strategies.binary(max_size=200),
    )
    def try_it(question, field, value):
        assert faults_of_question(client, question, value) == []
        assert faults_of_field(client, cookies, field, value) == []

    try_it()


def shown(client, form, response):
    """What is wrong on the pages that follow, where something was taken in."""
    if response.status_code != 302:
        return []
    following = (urljoin(form.action, response["Location"]), form.page, "/", f"/search/?q={MARK}")
    return [fault for address in following for fault in faults_of(client.get(address))]


def going(name, client):
    """What goes wrong where a part of a path is hostile."""
    routes = sorted({route for route in patterns() if "<" in route and "(?P" not in route})
    assert len(routes) > 50
    for route, value in attacks(routes, of=f"paths of {name}"):
        path = "/" + re.sub("<[^>]*>", lambda match, value=value: quote_from_bytes(value), route)
        with undone():
            faults = faults_of(client.get(path))
        if faults:
            yield f"GET {path[:160]}", faults


@contextmanager
def undone():
    """Whatever is changed, the next finds everything as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def patterns(resolver=None, before=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from patterns(pattern, route)


def test_there_is_much_to_try():
    assert len(ALL) > 120
    assert len(set(ALL)) == len(ALL)


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (f"<p><{MARK}>", f"element {MARK}"),
        (f"<p on{MARK}=1>", f"attribute on{MARK} of p"),
        (f"<script>let x = '{MARK}'</script>", "within script"),
        (f"<a href=' JavaScript:{MARK}()'>x</a>", f"href of a runs  JavaScript:{MARK}()"),
        (f"<img src=x onerror={MARK}()>", "attribute onerror of img"),
        (f"<iframe src=//{MARK}.example>", f"iframe from //{MARK}.example"),
    ],
)
def test_what_is_alive_is_told_from_what_is_not(page, fault):
    assert faults_in(page) == [fault]
    assert faults_in(f"<p title='{MARK}'>&lt;{MARK}&gt; <a href='/search/?q=javascript:{MARK}'>x</a>") == []
