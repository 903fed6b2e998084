"""A member tells at once that a public event is cancelled, postponed or moved: the page, calendars, who answers."""

from datetime import UTC, date, datetime, time

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from zeal import zeal_ignore

from events.choices import Status
from events.models import Event, FormerSchedule
from portal.core.approval.actions import approve, draft, publish, publish_due, submit
from portal.core.models import AuditEntry, Proposal, ProposalStep, Version
from portal.core.publishing import PublicationState
from portal.members.events.actions import DECIDED, announce, left_of
from tests.factories.core import UserFactory
from tests.factories.municipalities import WardFactory, WardStaffFactory
from tests.portal.members.writing_events import day, draft_of, own_event, secretary, typed

pytestmark = pytest.mark.django_db

AHEAD = date(2090, 4, 1)


@pytest.fixture
def event(kakuda):
    return own_event(kakuda, first_day=AHEAD, start_time=time(10))


def tell(browser, event, status="cancelled", reason="大雨警報のため", first_day=None, **values):
    sent = {"status": status, "reason": reason, **day("first_day", first_day), **day("last_day", None), **values}
    return browser.post(reverse("member_event_announce", args=[event.pk]), sent)


def test_a_cancellation_is_public_at_once(browser, client, event):
    tell(browser, event)

    event.refresh_from_db()
    page = client.get(event.get_absolute_url()).content.decode()
    assert (event.status, event.status_reason, event.first_day) == (Status.CANCELLED, "大雨警報のため", AHEAD)
    assert event.status_changed_on is not None
    assert "理由：大雨警報のため" in page


def test_the_calendar_and_the_mark_of_the_page_follow(browser, client, event):
    before = client.get(event.get_calendar_url())

    tell(browser, event)

    after = client.get(event.get_calendar_url(), headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "STATUS:CANCELLED" in after.content.decode()


def test_the_days_of_before_stay_on_record(browser, client, event):
    tell(browser, event, "changed", first_day=date(2091, 5, 2), start_time="13時")

    event.refresh_from_db()
    former = FormerSchedule.objects.get()
    assert (event.status, event.first_day, event.last_day) == (Status.CHANGED, date(2091, 5, 2), date(2091, 5, 2))
    assert (event.start_time, event.fiscal_year) == (time(13), 2091)
    assert (former.first_day, former.start_time) == (AHEAD, time(10))


def test_an_announcement_can_be_taken_back(browser, client, event):
    tell(browser, event)
    tell(browser, event, "planned", "天気が回復したため")

    event.refresh_from_db()
    assert (event.status, event.status_reason, event.change_note) == (Status.PLANNED, "", "天気が回復したため")


def test_it_is_written_down_who_did_what(browser, event):
    tell(browser, event)

    latest = Version.objects.of(event).first()
    entry = AuditEntry.objects.filter(object_id=str(event.pk)).latest("pk")
    assert (latest.made_by, latest.data["fields"]["status"]) == (browser.person, "cancelled")
    assert Version.objects.of(event).count() == 2
    assert (entry.by, entry.detail) == (browser.person, "承認を待たない公表：中止（大雨警報のため）")


def test_the_secretariat_and_the_ward_are_told(browser, kakuda, event):
    ward = WardFactory()
    Event.objects.filter(pk=event.pk).update(addressed_to=ward)
    office = secretary()
    approver = WardStaffFactory(ward=ward, role="approver", user__is_staff=True).user
    WardStaffFactory(role="approver", user__is_staff=True)
    UserFactory(is_staff=True)

    tell(browser, event)

    assert sorted(sent.to[0] for sent in mail.outbox) == sorted([office.email, approver.email])
    assert "大雨警報のため" in mail.outbox[0].body
    assert event.get_absolute_url() in mail.outbox[0].body


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"reason": " "}, "reason", "このフィールドは必須です。"),
        ({"status": "held"}, "status", "正しく選択してください。"),
        ({"status": ""}, "status", "このフィールドは必須です。"),
        ({"status": "changed"}, "first_day", "新しい初日を入れてください。"),
        ({"status": "changed", "first_day": date(2020, 1, 1)}, "first_day", "新しい日は、今日より後にしてください。"),
        ({"status": "changed", "first_day": AHEAD, "start_time": "10時"}, "first_day", "いまの日時と同じです。"),
        ({"status": "changed", "first_day": date(2090, 5, 1), "start_time": "x"}, "start_time", "時刻"),
        ({"status": "changed", "first_day": date(9999, 5, 1)}, "__all__", "年度"),
        (
            {"status": "changed", "first_day": date(2090, 5, 1), "start_time": "10時", "end_time": "9時"},
            "__all__",
            "終了時刻は開始時刻より後にしてください。",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_public(browser, event, values, field, message):
    revision = event.revision

    response = tell(browser, event, **values)

    form = response.context["form"]
    event.refresh_from_db()
    assert list(form.errors) == [field]
    assert message in form.errors[field][0]
    assert (event.status, event.revision, len(mail.outbox)) == (Status.PLANNED, revision, 0)


def test_days_typed_beside_a_cancellation_change_nothing(browser, event):
    tell(browser, event, first_day=date(2095, 1, 1))

    event.refresh_from_db()
    assert (event.status, event.first_day) == (Status.CANCELLED, AHEAD)


@pytest.mark.parametrize("state", [PublicationState.DRAFT, PublicationState.IN_REVIEW, PublicationState.WITHDRAWN])
def test_only_what_is_public_is_told_of(browser, kakuda, state):
    event = draft_of(kakuda, publication_state=state)

    assert tell(browser, event).status_code == 404
    with pytest.raises(ValidationError):
        announce(event=event, status=Status.CANCELLED, reason="なし", by=browser.person)


def test_a_change_under_way_does_not_undo_the_cancellation(browser, kakuda, event):
    browser.post(reverse("member_event_change", args=[event.pk]), typed(title="改めた名称", submit="1"))
    proposal = Proposal.objects.open_for(event)
    approve(proposal=proposal, by=secretary())

    tell(browser, event)
    publish(proposal=Proposal.objects.get(pk=proposal.pk), by=secretary())

    event.refresh_from_db()
    assert (event.title, event.status, event.status_reason) == ("改めた名称", Status.CANCELLED, "大雨警報のため")


def test_days_that_the_office_proposes_give_way_to_the_announcement(browser, kakuda, event):
    author = secretary("起案者")
    changes = {
        "fields": {"first_day": "2090-04-08", "last_day": "2090-04-08", "status": "changed", "title": "改めた名称"},
        "rows": {"former_schedules": []},
    }
    proposal = draft(record=event, by=author, changes=changes)
    submit(proposal=proposal, by=author)
    approve(proposal=proposal, by=secretary())
    publish(proposal=proposal, by=secretary(), moment=datetime(2089, 1, 1, tzinfo=UTC))

    tell(browser, event, "changed", first_day=date(2090, 5, 1))
    publish_due(datetime(2089, 1, 2, tzinfo=UTC))

    event.refresh_from_db()
    assert (event.title, event.status, event.first_day) == ("改めた名称", Status.CHANGED, date(2090, 5, 1))
    assert [former.first_day for former in event.former_schedules.all()] == [AHEAD]


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_proposal_of_which_nothing_is_left_is_given_up(browser, event, steps):
    author = secretary("起案者")
    proposal = draft(record=event, by=author, changes={"fields": {"status": "postponed"}})
    if steps > 0:
        submit(proposal=proposal, by=author)
    if steps > 1:
        approve(proposal=proposal, by=secretary())

    # What was approved is taken back before it is given up.
    with zeal_ignore():
        tell(browser, event)

    event.refresh_from_db()
    assert Proposal.objects.open_for(event) is None
    assert ProposalStep.objects.filter(proposal=proposal).latest("pk").kind == "dropped"
    assert event.status == Status.CANCELLED


def test_the_page_says_what_will_happen(browser, event):
    page = browser.get(reverse("member_event_announce", args=[event.pk])).content.decode()

    assert "公開のページに、承認を待たずに載せます" in page


def test_whoever_publishes_what_they_saw_before_does_not_undo_the_cancellation(browser, event):
    author = secretary("起案者")
    proposal = draft(record=event, by=author, changes={"fields": {"status": "planned", "title": "改めた名称"}})
    submit(proposal=proposal, by=author)
    approve(proposal=proposal, by=secretary())
    seen = Proposal.objects.get(pk=proposal.pk)
    assert seen.record.status == Status.PLANNED

    tell(browser, event)
    publish(proposal=seen, by=secretary())

    event.refresh_from_db()
    assert (event.title, event.status) == ("改めた名称", Status.CANCELLED)


NAMES = st.sampled_from(["title", "summary", "venue", *sorted(DECIDED)])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "fields": st.dictionaries(NAMES, st.text(max_size=3), min_size=1),
        "rows": st.dictionaries(st.sampled_from(["roles", "former_schedules"]), st.just([]), min_size=1),
        "sets": st.just({"images": [1]}),
    },
)


@given(CHANGES)
def test_nothing_decided_is_left_of_a_change_and_all_else_is(changes):
    left = left_of(changes)

    assert left_of(left) == left
    assert DECIDED.isdisjoint(left.get("fields", {}))
    assert left.get("sets") == changes.get("sets")
    assert {name for name in changes.get("fields", {}) if name not in DECIDED} == left.get("fields", {}).keys()
    assert all(left.values())


def test_the_writer_of_an_event_learns_of_the_decision(browser, kakuda):
    browser.post(reverse("member_event_add"), typed(submit="1"))
    proposal = Proposal.objects.get()
    mail.outbox.clear()

    approve(proposal=proposal, by=secretary())

    assert [sent.to for sent in mail.outbox] == [[browser.person.email]]
    assert reverse("member_event_change", args=[proposal.object_id]) in mail.outbox[0].body
