"""The back office and the pages of signing in, as staff of the demo site meet them: axe finds nothing there either."""

import pytest

from tests.accounts.signing_in import code_now
from tests.browser.axe import judged
from tests.browser.demo_site import PASSWORD, TOTP_SECRET

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo_site")]

ADDRESSES = [
    "/admin/",
    "/admin/desk/stale/",
    "/admin/desk/sign-ins/",
    "/admin/events/event/",
    "/admin/events/event/?q=講演会",
    "/admin/events/event/add/",
    "/admin/events/event/1/change/",
    "/admin/events/event/1/history/",
    "/admin/events/event/1/review/",
    "/admin/events/event/1/copy/",
    "/admin/events/event/filters/",
    "/admin/portal/linkuse/",
    "/admin/portal/searchmiss/",
    "/admin/events/wardproject/",
    "/admin/events/wardproject/import/",
    "/admin/municipalities/ward/131091/workbook/import/",
    "/admin/municipalities/municipality/",
    "/admin/municipalities/memberstaff/",
    "/admin/municipalities/membershipconfirmation/",
    "/admin/municipalities/membershipapplication/",
    "/admin/municipalities/membershipapplication/1/change/",
    "/admin/connections/",
    "/admin/connections/?places=岩手県",
    "/admin/core/user/",
    "/admin/core/image/",
    "/admin/core/image/1/change/",
    "/admin/core/image/1/delete/",
    "/admin/core/attachment/1/change/",
    "/admin/portal/finding/",
    "/admin/core/outgoingmail/",
    "/admin/portal/inquiry/",
    "/admin/portal/inquiry/1/change/",
    "/admin/portal/pagefeedback/",
    "/admin/core/user/add/",
    "/admin/core/user/2/change/",
    "/accounts/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/password/change/",
    "/components/",
]


def violations_of(page):
    """What axe finds on a page, wide and light, then narrow and dark."""
    return [
        (width, rule["id"], [node["target"] for node in rule["nodes"]][:4])
        for width, response in judged(page)
        for rule in response["violations"]
    ]


def violations_while_editing(page):
    """What axe finds in a record with rows: as it opens, with one row more, and with a list and a calendar open."""
    page.goto("/admin/events/event/?q=ふるさと味めぐり")
    page.locator("#result_list").get_by_role("link", name="ふるさと味めぐり").first.click()
    page.wait_for_url("**/change/**")
    found = {"rows": violations_of(page)}
    page.locator("#roles-group .add-row a").click()
    added = page.locator("#roles-group tr.dynamic-roles").last
    assert added.get_by_role("combobox", name="役割").is_visible()
    found["a row more"] = violations_of(page)
    added.get_by_role("combobox", name="企業").click()
    page.get_by_role("searchbox", name="企業").fill("デモ")
    page.get_by_role("listbox", name="企業").get_by_role("option", name="【デモ】").first.wait_for()
    found["list"] = violations_of(page)
    page.keyboard.press("Escape")
    page.locator(".field-first_day .date-icon").first.click()
    found["calendar"] = violations_of(page)
    return found


def test_nothing_is_wider_than_a_small_screen(visit):
    page = visit("/admin/", width=320)
    page.get_by_label("メールアドレス").fill("auditor@demo.example")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインインする").click()
    page.get_by_label("コード").fill(code_now(TOTP_SECRET))
    page.get_by_role("button", name="サインインする").click()
    page.wait_for_url("**/admin/")
    wider = []
    for address in ADDRESSES:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wider.append(address)
    assert wider == []


def test_axe_finds_nothing_from_the_sign_in_to_the_back_office(visit):
    page = visit("/admin/")
    found = {"sign-in": violations_of(page)}
    page.get_by_label("メールアドレス").fill("secretariat@demo.example")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインインする").click()
    page.wait_for_url("**/2fa/authenticate/**")
    found["second factor"] = violations_of(page)
    page.get_by_label("コード").fill(code_now(TOTP_SECRET))
    page.get_by_role("button", name="サインインする").click()
    page.wait_for_url("**/admin/")
    for address in ADDRESSES:
        page.goto(address)
        found[address] = violations_of(page)
    found |= violations_while_editing(page)
    assert {where: what for where, what in found.items() if what} == {}
