"""axe-core finds nothing on any page, with no rule switched off: light and dark, on a telephone and a wide screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import addresses_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo_site")]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(visit, demo_site, width, color_scheme):
    page = visit("/", width=width, color_scheme=color_scheme)
    found = {}
    for address in addresses_of(demo_site):
        page.goto(address)
        violations = Axe().run(page).response["violations"]
        if violations:
            found[address] = [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in violations]
    assert found == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_screen(visit, demo_site, width):
    page = visit("/", width=width)
    wider = []
    for address in addresses_of(demo_site):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wider.append(address)
    assert wider == []


def test_titles_are_unique(visit, demo_site):
    page = visit("/")
    titles = {}
    for address in addresses_of(demo_site):
        page.goto(address)
        titles.setdefault(page.title(), []).append(address)
    assert {title: where for title, where in titles.items() if len(where) > 1} == {
        "広域連携協定｜特別区全国連携プロジェクト": ["/agreements/", "/agreements/?as_of=2021-02-30"],
        "自治体をさがす｜特別区全国連携プロジェクト": ["/municipalities/", "/municipalities/?q=あいうえお"],
    }
