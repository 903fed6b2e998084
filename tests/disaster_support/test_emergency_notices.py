"""Emergency notices: on every page they are meant for, from their minute to their end, and nowhere else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.urls import reverse

from disaster_support.actions import end_notice, publish_notice
from disaster_support.models import EmergencyNotice
from disaster_support.situation import KEPT_SECONDS, Situation, situation
from portal.core.models import AuditEntry
from tests.factories.core import UserFactory
from tests.factories.disaster_support import EmergencyNoticeFactory
from tests.feeds import read

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)
SHOWN = "地震についてのお知らせ"


def shown_on(client, address="/"):
    situation.forget()
    return [notice.heading for notice in client.get(address).context["emergency_notices"]]


def test_a_notice_stands_on_every_page_the_gravest_first(client):
    EmergencyNoticeFactory(title="情報", level="information")
    EmergencyNoticeFactory(title="緊急", level="emergency")
    EmergencyNoticeFactory(title="注意", level="warning")
    for name in ("home", "event_list", "statistics", "account_login", "privacy"):
        assert shown_on(client, reverse(name)) == ["緊急", "注意", "情報"]
    html = client.get("/").content.decode()
    assert '<section class="emergency-notices" aria-label="緊急のお知らせ">' in html


def test_of_an_error_page_too(client):
    EmergencyNoticeFactory()
    situation.forget()
    assert SHOWN in client.get("/nothing-here/").content.decode()


def test_a_notice_can_be_for_some_pages(client):
    EmergencyNoticeFactory(paths="/events/\n/disaster-support/")
    assert shown_on(client, reverse("event_calendar")) == [SHOWN]
    assert shown_on(client, reverse("disaster_list")) == [SHOWN]
    assert shown_on(client, reverse("news_list")) == []


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (timedelta(seconds=-1), []),
        (timedelta(0), [SHOWN]),
        (timedelta(hours=1, seconds=-1), [SHOWN]),
        (timedelta(hours=1), []),
    ],
)
def test_it_begins_and_ends_at_its_minute(client, at, shown):
    EmergencyNoticeFactory(starts_at=NOON, ends_at=NOON + timedelta(hours=1))
    with time_machine.travel(NOON + at, tick=False):
        assert shown_on(client) == shown
        assert [notice.heading for notice in EmergencyNotice.objects.active()] == shown


def test_what_is_not_published_is_seen_by_nobody(client):
    EmergencyNoticeFactory(published_at=None, published_by=None)
    assert shown_on(client) == []
    assert client.get("/api/v1/emergency-notices").json() == []


def test_a_drill_says_so(client):
    EmergencyNoticeFactory(is_drill=True)
    assert shown_on(client) == [f"【訓練】{SHOWN}"]


def test_one_person_is_enough_and_is_recorded(client):
    person = UserFactory(is_staff=True)
    notice = EmergencyNoticeFactory(published_at=None, published_by=None)
    publish_notice(notice=notice, by=person, at=NOON)
    notice.refresh_from_db()
    assert (notice.published_at, notice.published_by) == (NOON, person)
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.action, entry.detail) == (person, "approval", "緊急のため、一人の判断で公開しました。")
    end_notice(notice=notice, by=person, at=NOON + timedelta(hours=1))
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        assert shown_on(client) == []


def test_it_is_in_the_feed_and_the_api(client):
    EmergencyNoticeFactory(level="emergency", url="https://example.jp/saigai")
    situation.forget()
    entry = read(client.get(reverse("news_feed"))).entries[0]
    assert (entry.title, entry.link) == (f"【緊急】{SHOWN}", "https://example.jp/saigai")
    (answer,) = client.get("/api/v1/emergency-notices").json()
    assert (answer["title"], answer["level"]["label"], answer["is_drill"]) == (SHOWN, "緊急", False)


def test_every_process_asks_anew_within_a_minute(monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr("disaster_support.situation.monotonic", lambda: clock[0])
    other = Situation()
    assert other.notices("/") == []
    EmergencyNoticeFactory()
    clock[0] += KEPT_SECONDS - 1
    assert other.notices("/") == []
    clock[0] += 1
    assert [notice.title for notice in other.notices("/")] == [SHOWN]
    assert KEPT_SECONDS < 60


def test_it_takes_two_queries_in_fifteen_seconds(django_assert_num_queries):
    situation.forget()
    with django_assert_num_queries(2):
        for _ in range(100):
            situation.notices("/")
            situation.mode()


def test_where_the_database_is_silent_what_was_known_stays(monkeypatch):
    EmergencyNoticeFactory()
    known = Situation()
    assert len(known.notices("/")) == 1
    known.forget()

    def silent(*args):
        raise OperationalError

    monkeypatch.setattr(EmergencyNotice.objects, "running_or_coming", silent, raising=False)
    assert len(known.notices("/")) == 1
