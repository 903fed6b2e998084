"""A town signs up, is approved, and brings its first event to the public: on a telephone, by the keyboard alone."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from events.models import Event
from municipalities.models import Membership, MembershipApplication, Municipality
from portal.core.models import Proposal
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import code_now, sign_in
from tests.factories.core import UserFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 375, "height": 800}
NEW_PASSWORD = "another quiet river"
# More presses of the Tab key than any page has things to reach.
MOST_TABS = 120


def go_to(page, locator):
    """Reaches something by the Tab key alone, from wherever the page is."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if locator.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"not reached by keyboard: {locator}")


def press(page, locator):
    go_to(page, locator)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def type_into(page, locator, text):
    go_to(page, locator)
    page.keyboard.type(text)


def link_in_mail(page, pattern):
    """The last mailed link of a kind, as the reader of the mail opens it."""
    links = [found for sent in mail.outbox for found in re.findall(pattern, sent.body)]
    page.goto(urlsplit(links[-1]).path)


def is_wider_than_the_phone(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.fixture
def secretary():
    person = UserFactory(name="事務局の人", is_staff=True)
    person.groups.add(ensure_groups()[Role.SECRETARIAT])
    browser = Client()
    sign_in(browser, person)
    return browser


def sign_up(page, town):
    page.goto(reverse("members_about"))
    press(page, page.get_by_role("main").get_by_role("link", name="申し込む").first)
    type_into(page, page.get_by_label("ことば"), "かわべ")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    press(page, page.get_by_role("link", name=f"{town.name}を選ぶ"))
    type_into(page, page.get_by_label("所属"), "企画課")
    type_into(page, page.get_by_label("氏名"), "川辺花子")
    type_into(page, page.get_by_label("電話番号"), "0123-45-6789")
    type_into(page, page.get_by_label("メールアドレス"), "hanako@town.kawabe.lg.jp")
    # Nobody reads, types and sends within three seconds; a test does.
    page.wait_for_timeout(3500)
    press(page, button(page, "内容の確認へ進む"))
    press(page, button(page, "確認のメールを送る"))
    link_in_mail(page, r"http\S+/members/signup/confirm/\S+")
    press(page, button(page, "申し込む"))
    expect(page.get_by_role("heading", name="申込みを受け付けました")).to_be_visible()


def approve(secretary):
    application = MembershipApplication.objects.get()
    address = reverse("admin:municipalities_membershipapplication_change", args=[application.pk])
    secretary.post(address, {"has_checked_address": "on", "decision": "approve"})
    assert Membership.objects.count() == 1


def accept(page):
    link_in_mail(page, r"http\S+/accounts/invitation/\S+")
    type_into(page, page.locator("[name=new_password1]"), NEW_PASSWORD)
    type_into(page, page.locator("[name=new_password2]"), NEW_PASSWORD)
    press(page, button(page, "登録する"))
    page.goto(reverse("mfa_activate_totp"))
    secret = page.locator("dd code").first.inner_text()
    type_into(page, page.get_by_label("コード"), code_now(secret))
    press(page, button(page, "設定する"))
    page.goto(reverse("member_dashboard"))
    expect(page.get_by_role("heading", name="はじめの三つ")).to_be_visible()


def write_event(page):
    press(page, page.get_by_role("link", name=re.compile("催し")).last)
    page.goto(reverse("member_event_add"))
    type_into(page, page.locator("[name=title]"), "川辺の秋まつり")
    type_into(page, page.locator("[name=summary]"), "新米と川魚の秋まつりです。")
    for part, number in (("first_day_year", "9"), ("first_day_month", "10"), ("first_day_day", "10")):
        type_into(page, page.locator(f"[name={part}]"), number)
    press(page, button(page, "保存して確認に出す"))


def test_a_town_brings_its_first_event_to_the_public_by_keyboard_on_a_telephone(page, secretary):
    town = MunicipalityFactory(name="川辺町", name_kana="かわべちょう")
    page.set_viewport_size(PHONE)
    page.set_default_timeout(20_000)
    sign_up(page, town)
    assert not is_wider_than_the_phone(page)
    approve(secretary)
    accept(page)
    assert not is_wider_than_the_phone(page)
    write_event(page)
    expect(page.get_by_text("確認に出しました。")).to_be_visible()
    event = Event.objects.get()
    assert not is_wider_than_the_phone(page)
    assert Client().get(event.get_absolute_url()).status_code == 404
    review = reverse("admin:events_event_review", args=[event.pk])
    secretary.post(review, {"step": "approved"})
    secretary.post(review, {"step": "published"})
    assert Proposal.objects.get().state == "done"
    page.goto(event.get_absolute_url())
    expect(page.get_by_role("heading", name="川辺の秋まつり")).to_be_visible()
    page.goto(Municipality.objects.get().get_absolute_url())
    expect(page.get_by_role("link", name="川辺の秋まつり")).to_be_visible()
    assert page.faults == []
