"""The back office in a browser, under the strict CSP: nothing is blocked, and what needs scripts works."""

import pytest
from django.urls import reverse

from tests.accounts.signing_in import PASSWORD, code_now, confirm_address, set_up_app
from tests.factories.core import UserFactory
from tests.factories.events import EventFactory, VenueFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.quality import FindingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(page):
    """An administrator who has signed in with both factors, by hand."""
    user = UserFactory(name="管理者", is_staff=True, is_superuser=True)
    confirm_address(user)
    secret = set_up_app(user)
    page.goto(reverse("admin:index"))
    page.get_by_label("メールアドレス").fill(user.email)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインインする").click()
    page.get_by_label("コード").fill(code_now(secret))
    page.get_by_role("button", name="サインインする").click()
    page.wait_for_url("**/admin/")
    return page


def test_its_pages_open_without_a_complaint(office):
    event = EventFactory(venue=VenueFactory(municipality=MunicipalityFactory()))
    for address in (
        reverse("admin:events_event_changelist"),
        reverse("admin:events_event_change", args=[event.pk]),
        reverse("admin:events_event_add"),
        reverse("admin:auth_group_add"),
        reverse("admin:core_user_changelist"),
        reverse("admin:core_image_add"),
    ):
        office.goto(address)
    assert office.faults == []


def test_a_finding_is_decided_on_with_a_button(office):
    finding = FindingFactory(subject="会費のお知らせ")
    office.goto(reverse("admin:portal_finding_changelist"))
    office.locator("#result_list tbody th a").click()
    office.get_by_label("注記・理由").fill("商品名です。")
    office.get_by_role("button", name="見送る").click()
    office.wait_for_url("**/admin/portal/finding/")
    finding.refresh_from_db()
    assert (finding.state, finding.reason) == ("dismissed", "商品名です。")
    assert office.faults == []


def test_a_record_is_found_by_typing(office):
    EventFactory(title="春の講演会")
    VenueFactory(name="中央会館")
    office.goto(reverse("admin:events_event_add"))
    office.locator(".field-venue .select2-selection").click()
    office.locator(".select2-search__field").last.fill("中央")
    office.locator(".select2-results__option", has_text="中央会館").click()
    assert office.locator(".field-venue .select2-selection__rendered").inner_text().endswith("中央会館")
    assert office.faults == []


def test_a_row_is_added_and_a_day_is_picked(office):
    event = EventFactory()
    office.goto(reverse("admin:events_event_change", args=[event.pk]))
    office.locator("#roles-group .add-row a").click()
    assert office.locator("#id_roles-0-role").is_visible()
    office.locator(".field-first_day .datetimeshortcuts a", has_text="今日").first.click()
    assert len(office.locator("#id_first_day").input_value()) == len("2026-10-10")
    assert office.faults == []


def test_a_record_is_saved_with_the_keys_alone(office):
    event = EventFactory(publication_state="draft", publish_at=None, title="前の名")
    office.goto(reverse("admin:events_event_change", args=[event.pk]))
    office.locator("#id_title").fill("今の名")
    office.keyboard.press("Control+Enter")
    office.wait_for_url("**/admin/events/event/")
    event.refresh_from_db()
    assert event.title == "今の名"
    assert office.faults == []


def test_a_list_is_reached_and_kept_with_the_keys_alone(office):
    EventFactory(title="春の講演会")
    office.goto(f"{reverse('admin:events_event_changelist')}?q=春")
    office.keyboard.press("Tab")
    assert office.evaluate("document.activeElement.className") == "skip-to-content-link"
    office.keyboard.press("Enter")
    assert office.evaluate("document.activeElement.id") == "content-start"
    office.get_by_text("いまの条件を保存する").focus()
    office.keyboard.press("Enter")
    office.keyboard.press("Tab")
    office.keyboard.type("春の催し")
    office.keyboard.press("Enter")
    office.get_by_role("link", name="春の催し", exact=True).wait_for()
    office.locator(".results").focus()
    assert office.evaluate("document.activeElement.getAttribute('aria-label')") == "一覧の表"
    assert office.faults == []
