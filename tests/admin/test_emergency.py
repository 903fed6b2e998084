"""The back office in an emergency: a notice published by one, and the switch of the disaster mode."""

import pytest
from django.urls import reverse

from disaster_support.models import DisasterMode, EmergencyNotice
from tests.admin.filling_in import fields_of
from tests.factories.disaster_support import EmergencyNoticeFactory, NoticeTemplateFactory

pytestmark = pytest.mark.django_db

ADD = reverse("admin:disaster_support_emergencynotice_add")
SWITCH = reverse("admin:disaster_support_disastermode_switch")


def change(notice):
    return reverse("admin:disaster_support_emergencynotice_change", args=[notice.pk])


def test_a_notice_is_begun_from_prepared_wording(office):
    NoticeTemplateFactory(name="地震", title="【地名】の地震について", body="被害を確認しています。")
    page = office.get(ADD)
    ((name, wording),) = page.context["templates"]
    assert name == "地震"
    assert fields_of(office.get(f"{ADD}?{wording}"))["title"] == "【地名】の地震について"


def test_it_is_saved_then_published_then_ended(office, administrator):
    data = fields_of(office.get(ADD)) | {"level": "emergency", "title": "避難について"}
    office.post(ADD, data)
    notice = EmergencyNotice.objects.get()
    assert notice.published_at is None
    office.post(change(notice), fields_of(office.get(change(notice))) | {"_publish": "1"})
    notice.refresh_from_db()
    assert (notice.published_by, notice.is_active()) == (administrator, True)
    assert "避難について" in office.get("/").content.decode()
    assert office.post(reverse("admin:disaster_support_emergencynotice_delete", args=[notice.pk])).status_code == 403
    office.post(change(notice), fields_of(office.get(change(notice))) | {"_end": "1"})
    notice.refresh_from_db()
    assert not notice.is_active()
    assert "避難について" not in office.get("/").content.decode()


def test_a_correction_of_what_is_shown_is_seen_at_once(office):
    notice = EmergencyNoticeFactory(title="前の見出し")
    office.post(change(notice), fields_of(office.get(change(notice))) | {"title": "直した見出し"})
    assert "直した見出し" in office.get("/").content.decode()


def test_the_switch_turns_on_and_off_and_says_so(office, administrator):
    assert "いまの表示：<strong>通常" in office.get(SWITCH).content.decode()
    page = office.post(SWITCH, {"state": "drill", "reason": "9月の訓練"}, follow=True).content.decode()
    assert "「訓練」の表示を始めました。" in page
    office.post(SWITCH, {"state": "on"})
    assert "すでに始まっています" in office.post(SWITCH, {"state": "on"}, follow=True).content.decode()
    office.post(SWITCH, {"state": "off"})
    assert DisasterMode.objects.in_force().count() == 0
    assert set(DisasterMode.objects.values_list("kind", "started_by", "ended_by")) == {
        ("drill", administrator.pk, administrator.pk),
        ("on", administrator.pk, administrator.pk),
    }


def test_a_wrong_switch_changes_nothing(office):
    assert office.post(SWITCH, {"state": "maybe"}).status_code == 200
    assert not DisasterMode.objects.exists()
