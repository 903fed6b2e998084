"""What a page weighs when it is really loaded, against the budgets of the design."""

import gzip

import pytest

from tests.browser.pages import addresses_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo_site")]

KILOBYTE = 1024
HTML_LIMIT, CSS_LIMIT, JAVASCRIPT_LIMIT, REQUEST_LIMIT = 14 * KILOBYTE, 16 * KILOBYTE, 20 * KILOBYTE, 8


def loaded_by(page, address):
    """The responses that opening an address brings, photos left out."""
    responses = []

    def keep(response):
        responses.append(response)

    page.on("response", keep)
    page.goto(address, wait_until="load")
    page.remove_listener("response", keep)
    return [response for response in responses if "/media/" not in response.url]


def weight(responses, kind):
    return sum(len(gzip.compress(response.body())) for response in responses if response.request.resource_type == kind)


def test_every_page_keeps_its_budget(visit, demo_site):
    page = visit("/healthz")
    over = {}
    for address in addresses_of(demo_site):
        responses = loaded_by(page, address)
        weights = {
            "html": (weight(responses, "document"), HTML_LIMIT),
            "css": (weight(responses, "stylesheet"), CSS_LIMIT),
            "javascript": (weight(responses, "script"), JAVASCRIPT_LIMIT),
            "requests": (len(responses), REQUEST_LIMIT),
        }
        if heavy := {name: (found, limit) for name, (found, limit) in weights.items() if found > limit}:
            over[address] = heavy
    assert over == {}


def test_static_files_come_compressed_and_may_be_kept(visit):
    page = visit("/healthz")
    static = [response for response in loaded_by(page, "/") if "/static/css/" in response.url]
    assert {response.headers["content-encoding"] for response in static} == {"br"}
    assert {response.headers["cache-control"] for response in static} == {"max-age=315360000, public, immutable"}


def test_nothing_comes_from_elsewhere(visit, demo_site):
    page = visit("/healthz")
    foreign = [
        response.url
        for address in addresses_of(demo_site)
        for response in loaded_by(page, address)
        if not response.url.startswith((demo_site, "data:"))
    ]
    assert foreign == []
