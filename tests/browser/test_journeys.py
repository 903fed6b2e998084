"""The portal by keyboard alone, without JavaScript, enlarged, and on paper."""

import pytest

from tests.browser.pages import addresses_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo_site")]


def focused(page):
    """What the keyboard stands on: its text or the name of its field."""
    return page.evaluate("(e => e.name || e.textContent.trim())(document.activeElement)")


def tab_to(page, wanted, limit=60):
    for _ in range(limit):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def test_the_first_key_leads_past_the_menu(visit):
    page = visit("/events/")
    page.keyboard.press("Tab")
    assert focused(page) == "本文へ移動"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_is_walked_by_keyboard(visit):
    page = visit("/")
    tab_to(page, "協定")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agreements/")
    assert page.locator("nav [aria-current=page]").first.inner_text() == "協定"


def test_what_has_the_focus_is_seen(visit):
    page = visit("/municipalities/")
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        if width < 2 or style == "none":
            unseen.append(focused(page))
    assert unseen == []


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_a_filter_is_filled_and_sent_by_keyboard(visit, java_script_enabled):
    page = visit("/municipalities/", java_script_enabled=java_script_enabled)
    page.locator("main input[name=q]").focus()
    page.keyboard.type("ハコダテ")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    assert page.locator("main table tbody tr").count() == 1
    assert page.locator("main table tbody tr").first.inner_text().startswith("函館市")


def test_a_wrong_day_is_explained_beside_its_field(visit):
    page = visit("/agreements/?as_of=2021-02-30", java_script_enabled=False)
    field = page.locator("main input[name=as_of]")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.input_value() == "2021-02-30"
    described = [page.locator(f"#{name}").inner_text() for name in field.get_attribute("aria-describedby").split()]
    assert any("日付として読めません" in text for text in described)
    page.locator(".error-summary a").click()
    assert focused(page) == "as_of"


def test_every_page_works_without_javascript(visit, demo_site):
    page = visit("/", java_script_enabled=False)
    for address in addresses_of(demo_site):
        page.goto(address)
        assert page.locator("main h1").count() == 1, address
        assert page.get_by_role("navigation", name="メインメニュー").get_by_role("link").first.is_visible(), address


def test_enlarged_four_times_nothing_runs_off_the_screen(visit, demo_site):
    """400 % of a 1280 pixel window is a window of 320 by 256."""
    page = visit("/", width=320, height=256)
    wider = []
    for address in addresses_of(demo_site):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wider.append(address)
    assert wider == []


def test_on_paper_there_is_no_menu_and_links_tell_their_address(visit):
    page = visit("/exhibitions/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="メインメニュー").is_visible()
    link = page.locator("main a[href^='/']").first
    shown = link.evaluate("e => getComputedStyle(e, '::after').content")
    assert link.get_attribute("href") in shown
