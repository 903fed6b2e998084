"""After the end a member reports, and is asked to once."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from events.choices import DatePrecision, Status
from events.models import Event
from portal.core.approval.actions import approve, draft, publish
from portal.core.models import OutgoingMail, Proposal
from portal.members.events.reporting import remind_reports
from tests.factories.municipalities import MemberStaffFactory
from tests.portal.members.writing_events import browser_of, draft_of, own_event, secretary

pytestmark = pytest.mark.django_db

# The event was on 10 October 2026.
NEXT_MORNING = datetime(2026, 10, 11, 0, 10, tzinfo=UTC)


@pytest.fixture
def person(kakuda):
    return MemberStaffFactory(municipality=kakuda).user


def report(browser, event, **values):
    return browser.post(reverse("member_event_report", args=[event.pk]), values)


@time_machine.travel(NEXT_MORNING)
def test_a_report_is_public_once_it_is_approved(kakuda, client):
    event, browser = own_event(kakuda), browser_of(kakuda)

    report(browser, event, results="大勢の人が来ました。", visitors="1,200人", participant_count="3", submit="1")

    event.refresh_from_db()
    assert (event.results, event.visitors) == ("", None)
    proposal = Proposal.objects.open_for(event)
    approve(proposal=proposal, by=secretary())
    publish(proposal=proposal, by=secretary())
    event.refresh_from_db()
    assert (event.results, event.visitors, event.participant_count) == ("<p>大勢の人が来ました。</p>", 1200, 3)
    assert "大勢の人が来ました。" in client.get(event.get_absolute_url()).content.decode()


@time_machine.travel(NEXT_MORNING)
@pytest.mark.parametrize(
    ("values", "field"),
    [({}, "results"), ({"visitors": "いっぱい"}, "visitors"), ({"visitors": "-3"}, "visitors")],
)
def test_a_report_says_something_that_can_be_read(kakuda, values, field):
    event = own_event(kakuda)

    response = report(browser_of(kakuda), event, **values)

    assert list(response.context["sheet"].form.errors) == [field]
    assert Proposal.objects.open_for(event) is None


@time_machine.travel(NEXT_MORNING)
@pytest.mark.parametrize(
    "values",
    [{"first_day": date(2026, 10, 12)}, {"status": Status.CANCELLED}, {"status": Status.POSTPONED}],
)
def test_there_is_no_report_of_what_was_not_held(kakuda, values):
    event = own_event(kakuda, **values)

    assert browser_of(kakuda).get(reverse("member_event_report", args=[event.pk])).status_code == 404


@time_machine.travel(NEXT_MORNING)
def test_under_review_a_report_is_only_read(kakuda):
    event, browser = own_event(kakuda), browser_of(kakuda)
    report(browser, event, visitors="10", submit="1")

    response = report(browser, event, visitors="20")

    assert Proposal.objects.open_for(event).changes["fields"]["visitors"] == 10
    assert "その間に手続きが進んだため" in response.content.decode()


def test_on_the_next_day_whoever_writes_for_the_town_is_asked_once(kakuda, person):
    event = own_event(kakuda)

    assert [remind_reports(NEXT_MORNING), remind_reports(NEXT_MORNING)] == [1, 0]

    assert [sent.to for sent in mail.outbox] == [[person.email]]
    assert reverse("member_event_report", args=[event.pk]) in mail.outbox[0].body
    assert "架空の梅まつり" in mail.outbox[0].body


def test_it_is_the_writer_who_is_asked(kakuda, person):
    MemberStaffFactory(municipality=kakuda)
    draft(record=own_event(kakuda), by=person, changes={"fields": {"title": "改めた名称"}})

    remind_reports(NEXT_MORNING)

    assert [sent.to for sent in mail.outbox] == [[person.email]]


def test_where_the_writer_has_left_all_are_asked_and_nobody_again(kakuda, person):
    left = MemberStaffFactory(municipality=kakuda, ends_on=date(2026, 10, 1)).user
    colleague = MemberStaffFactory(municipality=kakuda, starts_on=date(2021, 4, 1)).user
    draft(record=own_event(kakuda), by=left, changes={"fields": {"title": "改めた名称"}})

    remind_reports(NEXT_MORNING)
    MemberStaffFactory(municipality=kakuda, starts_on=date(2019, 4, 1))
    remind_reports(datetime(2026, 10, 12, tzinfo=UTC))

    assert [sent.to for sent in mail.outbox] == [[person.email], [colleague.email]]


@pytest.mark.parametrize(
    "values",
    [
        {"status": Status.CANCELLED},
        {"status": Status.POSTPONED},
        {"visitors": 3},
        {"results": "<p>済</p>"},
        {"participant_count": 0},
        {"first_day": date(2026, 10, 11)},
        {"first_day": date(2026, 9, 10)},
        {"first_day": date(2026, 10, 1), "date_precision": DatePrecision.MONTH},
        {"unpublish_at": datetime(2026, 10, 10, tzinfo=UTC)},
        {"publication_state": "withdrawn"},
    ],
)
def test_of_these_nobody_is_asked(kakuda, person, values):
    own_event(kakuda, **values)

    assert remind_reports(NEXT_MORNING) == 0
    assert OutgoingMail.objects.count() == 0


def test_nobody_is_asked_of_drafts_or_by_towns_that_are_no_members(kakuda, person):
    draft_of(kakuda)
    kakuda.memberships.update(withdrawn_on=date(2026, 10, 1))
    own_event(kakuda)

    assert remind_reports(NEXT_MORNING) == 0


def test_nobody_is_asked_while_a_report_is_under_way(kakuda, person):
    event = own_event(kakuda)
    draft(record=event, by=person, changes={"fields": {"visitors": 12}})

    assert remind_reports(NEXT_MORNING) == 0


def test_what_ended_thirty_days_ago_is_still_asked_about(kakuda, person):
    own_event(kakuda, first_day=date(2026, 9, 11))

    assert remind_reports(NEXT_MORNING) == 1


def test_an_event_that_was_moved_is_asked_about_again(kakuda, person):
    event = own_event(kakuda)
    remind_reports(NEXT_MORNING)
    Event.objects.filter(pk=event.pk).update(first_day=date(2026, 11, 1), last_day=date(2026, 11, 1))

    assert remind_reports(datetime(2026, 11, 2, 0, 10, tzinfo=UTC)) == 1


@time_machine.travel(NEXT_MORNING)
def test_the_command_says_how_many(kakuda, person, capsys):
    own_event(kakuda)

    call_command("remind_reports")

    assert capsys.readouterr().out == "1件の催しについてお願いしました。\n"
