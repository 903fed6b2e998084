"""Somebody writes while their session ends: signs in in another tab, comes back, sends, and all of it arrives."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from municipalities.models import MemberPost
from tests.accounts.signing_in import PASSWORD, code_now, confirm_address, set_up_app
from tests.browser.axe import judged
from tests.factories.municipalities import MembershipFactory, MemberStaffFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WORDS = "一行目\n「二行目」と<b>三行目</b>\n最後の行"


@pytest.fixture
def person():
    person = MemberStaffFactory(municipality=MembershipFactory().municipality).user
    confirm_address(person)
    person.secret = set_up_app(person)
    return person


def sign_in(page, person, steps):
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="サインイン").first.click()
    page.get_by_label("コード").fill(code_now(person.secret, steps))
    page.locator("main").get_by_role("button").first.click()


def test_what_was_written_while_the_session_ended_arrives(page, person):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/members/posts/add/")
    sign_in(page, person, 0)
    page.locator("[name=kind]").first.check()
    page.locator("[name=title]").fill("棚田のオーナーを募ります")
    page.locator("[name=body]").fill(WORDS)
    Session.objects.all().delete()
    page.get_by_role("button", name="下書きとして保存").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("サインインが終わっていたため、送信していません")
    assert MemberPost.objects.count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert [found["violations"] for _, found in judged(page)] == [[], []]

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="サインインする（新しいタブで開きます）").click()
    # The same code is taken once; the one of the next half minute is taken too.
    sign_in(opened.value, person, 1)
    opened.value.wait_for_load_state()
    opened.value.close()
    page.get_by_role("button", name="もう一度送信する").click()
    # Signing in has changed the token of every form.
    expect(page.get_by_role("heading", level=1)).to_have_text("もう一度送信してください")
    page.get_by_role("button", name="もう一度送信する").click()

    expect(page.get_by_text("下書きを保存しました。")).to_be_visible()
    assert MemberPost.objects.get().body == "<p>一行目<br>「二行目」と&lt;b&gt;三行目&lt;/b&gt;<br>最後の行</p>"
