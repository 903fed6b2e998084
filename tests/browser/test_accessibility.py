"""axe-core finds nothing on any page, with no rule switched off: light and dark, on a telephone and a wide screen.

With WRITE_ACCESSIBILITY_RESULTS=1 (`make accessibility`) what it says is written down for /accessibility/results/.
"""

import json
import os
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from tests.browser.accessibility_results import Results
from tests.browser.criteria import CRITERIA
from tests.browser.pages import addresses_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo_site")]


@pytest.fixture(scope="module")
def results():
    found = Results()
    yield found
    if os.environ.get("WRITE_ACCESSIBILITY_RESULTS") == "1":
        found.write(timezone.localdate())


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(visit, demo_site, results, width, color_scheme):
    page = visit("/", width=width, color_scheme=color_scheme)
    found = {}
    for address in addresses_of(demo_site):
        page.goto(address)
        response = Axe().run(page).response
        results.add(address, page.title(), response)
        if response["violations"]:
            found[address] = [
                (rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in response["violations"]
            ]
    assert found == {}


def test_the_results_of_a_run_are_whole(visit, results, tmp_path):
    page = visit("/")
    results.add("/", page.title(), Axe().run(page).response)

    results.write(date(2026, 10, 1), tmp_path / "results.json")

    written = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    judged = {criterion["number"]: criterion["result"] for criterion in written["criteria"]}
    assert len(judged) == len(CRITERIA) == 55
    assert judged["1.4.3"] == "違反なし"
    assert judged["1.2.2"] == "自動検査の対象外"
    assert written["pages"][0] == {"address": "/", "title": "特別区全国連携プロジェクト", "violations": 0}


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
    # The same list, asked otherwise, keeps its title.
    twice = [where for where in titles.values() if len({address.split("?")[0] for address in where}) > 1]
    assert twice == []
