"""axe-core finds nothing on any page, with no rule switched off: light and dark, on a telephone and a wide screen.

With WRITE_ACCESSIBILITY_RESULTS=1 (`make accessibility`) each page is judged in every combination, and what axe says
is written down for /accessibility/results/.
"""

import json
import os
from datetime import date
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from tests.browser.accessibility_results import Results
from tests.browser.axe import EVERY_SCREEN, SCREENS, judged
from tests.browser.criteria import CRITERIA
from tests.browser.pages import addresses_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo_site")]

WRITES_RESULTS = os.environ.get("WRITE_ACCESSIBILITY_RESULTS") == "1"


class Seen(NamedTuple):
    """What was seen of a page on one screen."""

    address: str
    title: str
    width: int
    needed_width: int
    response: dict


@pytest.fixture(scope="module")
def seen(chromium, demo_site):
    """Every page, opened once and judged on each screen."""
    context = chromium.new_context(base_url=demo_site, locale="ja-JP", timezone_id="Asia/Tokyo")
    page, found = context.new_page(), []
    for address in addresses_of(demo_site):
        page.goto(address)
        for width, response in judged(page, EVERY_SCREEN if WRITES_RESULTS else SCREENS):
            needed = page.evaluate("document.documentElement.scrollWidth")
            found.append(Seen(address, page.title(), width, needed, response))
    context.close()
    return found


def test_axe_finds_nothing(seen, demo_site):
    results, found = Results(), {}
    for address, title, width, _, response in seen:
        results.add(address, title, response)
        if response["violations"]:
            rules = response["violations"]
            found[address, width] = [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in rules]
    if WRITES_RESULTS:
        results.write(timezone.localdate())
    assert found == {}
    assert {address for address, *_ in seen} == set(addresses_of(demo_site))


def test_the_results_of_a_run_are_whole(visit, tmp_path):
    page, results = visit("/"), Results()
    results.add("/", page.title(), Axe().run(page).response)

    results.write(date(2026, 10, 1), tmp_path / "results.json")

    written = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    results = {criterion["number"]: criterion["result"] for criterion in written["criteria"]}
    assert len(results) == len(CRITERIA) == 55
    assert results["1.4.3"] == "違反なし"
    assert results["1.2.2"] == "自動検査の対象外"
    assert written["pages"][0] == {"address": "/", "title": "特別区全国連携プロジェクト", "violations": 0}


def test_no_page_is_wider_than_the_screen(seen):
    assert [(page.address, page.width) for page in seen if page.needed_width > page.width] == []


def test_titles_are_unique(seen):
    titles = {}
    for page in seen:
        titles.setdefault(page.title, set()).add(page.address.split("?")[0])
    # The same list, asked otherwise, keeps its title.
    assert {title: where for title, where in titles.items() if len(where) > 1} == {}
