"""The back office in a browser, under the strict CSP: nothing is blocked, and what needs scripts works."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.models import NewsItem
from tests.accounts.signing_in import PASSWORD, code_now, confirm_address, set_up_app
from tests.factories.core import MadeImageFactory, UserFactory, small_picture
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
        reverse("admin:core_image_changelist"),
        reverse("admin:core_image_change", args=[MadeImageFactory().pk]),
        reverse("admin:portal_newsitem_add"),
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


def numbers(office):
    names = ("crop_left", "crop_top", "crop_width", "crop_height", "focus_x", "focus_y")
    return [int(office.locator(f"#id_{name}").input_value()) for name in names]


def corner_of(office, name):
    box = office.locator(f"[data-handle={name}]").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(office, start, end):
    office.mouse.move(*start)
    office.mouse.down()
    office.mouse.move(*end, steps=4)
    office.mouse.up()


def test_a_picture_is_cropped_in_the_picture_by_pointer_and_by_keys(office):
    image = MadeImageFactory(pixels=(600, 400))
    office.goto(reverse("admin:core_image_change", args=[image.pk]))
    stage = office.locator(".crop-editor__stage")
    stage.scroll_into_view_if_needed()
    area = stage.bounding_box()

    def at(x, y):
        return area["x"] + area["width"] * x / 100, area["y"] + area["height"] * y / 100

    drag(office, at(20, 10), at(70, 60))
    assert numbers(office) == [20, 10, 50, 50, 50, 50]
    office.mouse.click(*at(30, 40))
    assert numbers(office) == [20, 10, 50, 50, 30, 40]
    drag(office, corner_of(office, "end"), at(90, 80))
    assert numbers(office) == [20, 10, 70, 70, 30, 40]

    office.locator("[data-handle=start]").focus()
    office.keyboard.press("ArrowRight")
    office.keyboard.press("Shift+ArrowDown")
    assert numbers(office) == [21, 20, 69, 60, 30, 40]
    office.locator("[data-handle=focus]").focus()
    for _ in range(5):
        office.keyboard.press("Shift+ArrowLeft")
    assert numbers(office) == [21, 20, 69, 60, 0, 40]
    said = office.locator(".crop-editor [role=status]").inner_text()
    assert said == "切り抜き：左端21％、上端20％、幅69％、高さ60％。注目点：横0％、縦40％。"

    office.locator("#id_crop_left").fill("10")
    assert office.locator(".crop-editor__crop").evaluate("element => element.style.left") == "10%"
    office.get_by_role("button", name="保存", exact=True).click()
    office.wait_for_url("**/admin/core/image/")
    image.refresh_from_db()
    assert (image.crop, image.focus) == ((10, 20, 69, 60), (0, 40))
    assert office.faults == []


def test_a_new_picture_is_seen_and_cropped_before_it_is_sent(office):
    office.goto(reverse("admin:core_image_add"))
    assert office.locator(".crop-editor").is_hidden()
    picture = {"name": "a.png", "mimeType": "image/png", "buffer": small_picture(600, 400)}
    office.locator("#id_file").set_input_files(picture)
    office.locator(".crop-editor__stage").wait_for()
    office.locator("[data-handle=end]").focus()
    office.keyboard.press("Shift+ArrowLeft")
    assert numbers(office) == [0, 0, 90, 100, 50, 50]
    office.get_by_role("button", name="切り抜きを元に戻す").click()
    assert numbers(office) == [0, 0, 100, 100, 50, 50]
    assert office.faults == []


def test_what_is_typed_is_said_back_and_a_picked_day_too(office):
    event = EventFactory()
    office.goto(reverse("admin:events_event_change", args=[event.pk]))
    office.locator("#id_first_day").fill("Ｒ３．２．１０")
    expect(office.locator("#id_first_day ~ .read-back")).to_have_text("令和3年2月10日（水）")
    office.locator("#id_last_day ~ .datetimeshortcuts a", has_text="今日").click()
    expect(office.locator("#id_last_day ~ .read-back")).to_have_text(re.compile(r"令和\d+年\d+月\d+日（.）"))
    assert office.faults == []


def test_a_notice_is_written_with_a_table_and_put_right(office):
    office.goto(reverse("admin:portal_newsitem_add"))
    office.locator("#id_title").fill("お知らせ")
    box = office.get_by_role("textbox", name="本文")
    box.click()
    office.get_by_role("button", name="見出し（大）").click()
    office.keyboard.type("第１部")
    office.keyboard.press("Enter")
    office.get_by_role("button", name="表を入れる").click()
    assert english_words(office.locator("dialog").inner_text()) == []
    office.locator("dialog").get_by_role("button", name="表を入れる").click()
    office.keyboard.type("区")
    office.get_by_role("button", name="表の題名").click()
    office.locator("dialog input").fill("参加した区")
    office.locator("dialog").get_by_role("button", name="決定").click()
    expect(office.locator("dialog")).to_have_count(0)
    office.get_by_role("button", name="保存", exact=True).click()
    office.get_by_role("link", name="直す").click()
    office.get_by_role("button", name="選んだものを直す").click()
    office.wait_for_url("**/change/")

    body = NewsItem.objects.get().body
    assert body.startswith("<h2>第1部</h2><table><caption>参加した区</caption><thead><tr>")
    assert '<th scope="col">区</th>' in body
    assert office.faults == []


def english_words(text):
    return re.findall(r"[A-Za-z]{2,}", text)


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
