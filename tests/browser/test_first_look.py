"""What a visitor meets in a real browser: nothing is refused, nothing is missing, nothing runs off a small screen."""

from datetime import date

import pytest

from tests.factories.events import EventFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = ["/", "/municipalities/", "/events/", "/agreements/", "/disaster-support/", "/statistics/", "/about/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_opens_without_a_fault_and_fits_a_small_telephone(page, address):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    assert page.faults == []
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_visitor_walks_from_home_to_an_event(page):
    event = EventFactory(title="全国連携講演会", first_day=date(2199, 4, 1))
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="イベント・展示").click()
    page.get_by_role("link", name="全国連携講演会").first.click()
    assert page.url.endswith(event.get_absolute_url())
    assert page.locator("h1").inner_text() == "全国連携講演会"
    assert page.faults == []
