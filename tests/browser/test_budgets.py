"""What a page weighs when it is really loaded, against the budgets of the design."""

import gzip
from typing import NamedTuple

import pytest

from tests.browser.pages import addresses_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo_site")]

KILOBYTE = 1024
LIMITS = {"document": 14 * KILOBYTE, "stylesheet": 16 * KILOBYTE, "script": 20 * KILOBYTE}
REQUEST_LIMIT = 8


class Load(NamedTuple):
    """What opening an address brings: bytes by kind, compressed, the number of requests, and from where."""

    weights: dict[str, int]
    addresses: list[str]


@pytest.fixture(scope="module")
def loads(chromium, demo_site):
    """Every page, opened once in the window of somebody who came for the first time."""
    context = chromium.new_context(base_url=demo_site, locale="ja-JP", timezone_id="Asia/Tokyo")
    page, found = context.new_page(), {}
    for address in addresses_of(demo_site):
        responses = loaded_by(page, address)
        weights = {kind: weight(responses, kind) for kind in ("document", "stylesheet", "script")}
        found[address] = Load(weights, [response.url for response in responses])
    context.close()
    return found


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


def test_every_page_keeps_its_budget(loads):
    over = {
        address: (load.weights, len(load.addresses))
        for address, load in loads.items()
        if any(load.weights[kind] > limit for kind, limit in LIMITS.items()) or len(load.addresses) > REQUEST_LIMIT
    }
    assert over == {}


def test_static_files_come_compressed_and_may_be_kept(visit):
    page = visit("/healthz")
    static = [response for response in loaded_by(page, "/") if "/static/css/" in response.url]
    assert {response.headers["content-encoding"] for response in static} == {"br"}
    assert {response.headers["cache-control"] for response in static} == {"max-age=315360000, public, immutable"}


def test_nothing_comes_from_elsewhere(loads, demo_site):
    ours = (demo_site, "data:")
    assert [url for load in loads.values() for url in load.addresses if not url.startswith(ours)] == []
