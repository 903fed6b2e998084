"""Events and their parts in the back office."""

from datetime import date, time

import pytest
from django.urls import reverse

from events.choices import DatePrecision
from events.models import Event
from tests.admin.filling_in import errors_of, send
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


def change(event):
    return reverse("admin:events_event_change", args=[event.pk])


def days_of(event):
    event = Event.objects.get(pk=event.pk)
    return event.first_day, event.last_day, event.date_precision, event.fiscal_year


def draft(**fields):
    """An event that is changed itself when it is saved; one in public would only get a proposal."""
    return EventFactory(publication_state="draft", publish_at=None, **fields)


@pytest.fixture
def whole():
    return draft(first_day=None, last_day=None, fiscal_year=2026)


def test_saving_a_part_gives_the_whole_its_days(office, whole):
    part = draft(parent=whole, first_day=date(2026, 10, 10))
    EventFactory(parent=whole, first_day=date(2026, 10, 20), last_day=date(2026, 10, 21))
    send(office, change(part), first_day="2026-10-09")
    assert days_of(whole) == (date(2026, 10, 9), date(2026, 10, 21), DatePrecision.DAY, 2026)


def test_a_new_part_widens_the_whole(office, whole):
    EventFactory(parent=whole, first_day=date(2026, 4, 10))
    response = send(
        office,
        reverse("admin:events_event_add"),
        kind="lecture",
        title="前日の講演会",
        parent=whole.pk,
        fiscal_year="2025",
        first_day="2026-03-31",
        last_day="2026-03-31",
    )
    assert response.status_code == 302
    assert days_of(whole) == (date(2026, 3, 31), date(2026, 4, 10), DatePrecision.DAY, 2025)


def test_a_part_that_moves_away_leaves_both_wholes_right(office, whole):
    EventFactory(parent=whole, first_day=date(2026, 10, 1))
    part = draft(parent=whole, first_day=date(2026, 10, 5))
    other = EventFactory(first_day=None, last_day=None, fiscal_year=2026)
    send(office, change(part), parent=other.pk)
    assert days_of(whole)[:2] == (date(2026, 10, 1), date(2026, 10, 1))
    assert days_of(other)[:2] == (date(2026, 10, 5), date(2026, 10, 5))


def test_a_part_that_is_deleted_narrows_the_whole(office, whole):
    EventFactory(parent=whole, first_day=date(2026, 10, 1))
    drafts = [EventFactory(parent=whole, publication_state="draft", first_day=date(2026, 10, day)) for day in (8, 9)]
    office.post(reverse("admin:events_event_delete", args=[drafts[1].pk]), {"post": "yes"})
    office.post(
        reverse("admin:events_event_changelist"),
        {"action": "delete_selected", "_selected_action": [drafts[0].pk], "post": "yes"},
    )
    assert Event.objects.count() == 2
    assert days_of(whole)[:2] == (date(2026, 10, 1), date(2026, 10, 1))


def test_a_whole_that_shrinks_to_one_day_drops_the_end_of_a_later_day(office, whole):
    EventFactory(parent=whole, first_day=date(2026, 10, 1))
    second = EventFactory(parent=whole, publication_state="draft", first_day=date(2026, 10, 2))
    days = {"date_precision": "day", "first_day": "2026-10-01", "last_day": "2026-10-02"}
    assert send(office, change(whole), **days, start_time="13:00", end_time="12:00").status_code == 302
    office.post(reverse("admin:events_event_delete", args=[second.pk]), {"post": "yes"})
    assert days_of(whole)[:2] == (date(2026, 10, 1), date(2026, 10, 1))
    whole.refresh_from_db()
    assert (whole.start_time, whole.end_time) == (time(13), None)


def test_saving_the_whole_keeps_it_with_its_parts(office, whole):
    EventFactory(parent=whole, first_day=date(2026, 10, 1))
    send(office, change(whole), date_precision="day", first_day="2026-12-01", last_day="2026-12-02")
    assert days_of(whole)[:2] == (date(2026, 10, 1), date(2026, 10, 1))


def test_without_days_of_parts_the_whole_stays_as_it_is(office, whole):
    part = draft(parent=whole, first_day=None, last_day=None, fiscal_year=2026)
    send(office, change(part), title="日程未定の講演会")
    assert days_of(whole) == (None, None, DatePrecision.UNKNOWN, 2026)


def test_a_part_of_a_part_is_refused(office, whole):
    part, other = draft(parent=whole), draft()
    refused = send(office, change(other), parent=part.pk)
    assert errors_of(refused) == ["選んだイベントは、ほかのイベントの部分です。全体のイベントを選んでください。"]
    other.refresh_from_db()
    assert other.parent is None


def test_a_whole_does_not_become_a_part(office, whole):
    EventFactory(parent=whole)
    refused = send(office, change(whole), parent=EventFactory().pk)
    assert errors_of(refused) == ["このイベントには部分のイベントがあるため、ほかのイベントの部分にはできません。"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"first_day": "2026-10-11"}, "最終日は初日より前にできません。"),
        ({"fiscal_year": "2025"}, "年度が初日と合いません（4月から翌年3月までが1年度です）。"),
        ({"last_day": ""}, "初日と最終日の両方を入れるか、日付の確かさを「未定・不明」にしてください。"),
        ({"start_time": "13:00", "end_time": "12:00"}, "終了時刻は開始時刻より後にしてください。"),
        ({"ordinal": "0"}, "回は1以上です。"),
        ({"unpublish_at_0": "2019-01-01", "unpublish_at_1": "00:00"}, "公開終了日時は公開日時より後にしてください。"),
    ],
)
@pytest.mark.parametrize("stage", [{}, {"publication_state": "draft"}], ids=["public", "draft"])
def test_a_contradiction_is_refused(office, changes, message, stage):
    event = EventFactory(first_day=date(2026, 10, 10), **stage)
    before = Event.objects.values().get(pk=event.pk)
    assert errors_of(send(office, change(event), **changes)) == [message]
    assert Event.objects.values().get(pk=event.pk) == before


def test_the_parts_are_listed_with_links(office, whole):
    part = draft(parent=whole, title="第一部")
    html = office.get(change(whole)).content.decode()
    assert "第一部" in html
    assert change(part) in html
