"""The small modules: they make nicer what works without them, and keep keyboard, address and words right."""

import re
from datetime import date

import pytest

from tests.factories.events import EventFactory
from tests.factories.municipalities import CooperationAgreementFactory, MunicipalityFactory, PrefectureFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_the_menu_opens_and_closes_on_a_telephone(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/privacy/")
    button = page.get_by_role("button", name="メニュー")
    link = page.get_by_role("banner").get_by_role("link", name="数字で見る")
    assert (button.get_attribute("aria-expanded"), link.is_visible()) == ("false", False)

    button.click()
    assert (button.get_attribute("aria-expanded"), link.is_visible()) == ("true", True)

    link.focus()
    page.keyboard.press("Escape")
    assert (button.get_attribute("aria-expanded"), link.is_visible()) == ("false", False)
    assert focused(page) == "メニュー"
    assert page.faults == []


def test_a_filter_shows_its_results_without_a_new_page(page):
    MunicipalityFactory(name="甲町", prefecture=PrefectureFactory(code="14", name="神奈川県"))
    MunicipalityFactory(name="乙町", prefecture=PrefectureFactory(code="26", name="京都府"))
    page.goto("/municipalities/")
    page.evaluate("window.isTheSamePage = true")
    page.get_by_label("都道府県").focus()
    page.get_by_label("都道府県").select_option("26")
    page.wait_for_url("**/municipalities/?prefecture=26")
    assert page.get_by_role("link", name="乙町").is_visible()
    assert page.get_by_role("link", name="甲町").count() == 0
    assert page.evaluate("window.isTheSamePage")
    assert page.evaluate("document.activeElement.name") == "prefecture"
    assert "1自治体" in page.locator("form[data-live] [role=status]").text_content()

    page.go_back()
    page.get_by_role("link", name="甲町").wait_for()
    assert page.get_by_label("都道府県").input_value() == ""
    assert page.faults == []


def test_the_numbers_beside_the_choices_follow_what_is_chosen(page):
    EventFactory(title="講演会", first_day=date(2199, 4, 1), is_free=True)
    EventFactory(title="物産展", first_day=date(2199, 4, 2), kind="promotion")
    page.goto("/events/")
    page.get_by_text("時期・場所・種別でさがす").click()
    assert "魅力発信イベント（1）" in page.get_by_label("種別").inner_text()

    page.get_by_label("参加無料").check()
    page.wait_for_url("**/events/?free=on")
    page.get_by_role("link", name="物産展").wait_for(state="detached")
    assert page.get_by_role("heading", level=2).first.inner_text() == "条件に合うイベント（1件）"
    assert "魅力発信イベント（0）" in page.get_by_label("種別").inner_text()

    page.get_by_label("種別").select_option("lecture")
    page.wait_for_url("**/events/?kind=lecture&free=on")
    assert page.get_by_label("種別").input_value() == "lecture"
    assert page.faults == []


def test_a_wrong_day_is_told_by_a_whole_page_that_leads_to_it(page):
    CooperationAgreementFactory()
    page.goto("/agreements/")
    page.get_by_label("いつ現在").fill("いつか")
    page.keyboard.press("Enter")
    summary = page.locator(".error-summary")
    summary.wait_for()
    assert page.evaluate("document.activeElement.className") == "error-summary"

    summary.get_by_role("link").click()
    page.wait_for_function("document.activeElement.id === 'id_as_of'")
    assert page.get_by_label("いつ現在").input_value() == "いつか"
    assert page.faults == []


def test_an_address_is_copied_and_a_page_is_printed(page):
    event = EventFactory(first_day=date(2199, 4, 1))
    page.context.grant_permissions(["clipboard-write"])
    page.add_init_script("window.print = () => { window.isPrinted = true; }")
    page.goto(event.get_absolute_url())
    page.get_by_role("button", name="アドレスをコピー").click()
    page.get_by_text("コピーしました").wait_for()
    # No page of the site may read what was copied: a person pastes it.
    page.get_by_role("searchbox").first.focus()
    page.keyboard.press("ControlOrMeta+V")
    assert re.fullmatch(rf"http://.+{event.get_absolute_url()}", page.get_by_role("searchbox").first.input_value())

    page.get_by_role("button", name="印刷する").click()
    assert page.evaluate("window.isPrinted")
    assert page.faults == []


def test_where_a_browser_cannot_copy_there_is_no_button(page):
    event = EventFactory(first_day=date(2199, 4, 1))
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    page.goto(event.get_absolute_url())
    assert page.get_by_role("button", name="アドレスをコピー").count() == 0
    assert page.faults == []
