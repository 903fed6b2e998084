"""Several people, or one who presses twice, in the same moment: one event, and no cancellation is undone."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from events.choices import Status
from events.models import Event, Venue
from portal.core.approval.actions import approve, draft, publish, submit
from portal.core.models import ContactPoint, Proposal
from portal.members.events.actions import announce
from tests.portal.members.writing_events import browser_of, own_event, secretary, town, typed
from tests.side_by_side import side_by_side

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _side_by_side(no_worker):
    if connection.vendor != "postgresql":
        pytest.skip("needs transactions that run side by side")


def raised_by(*works):
    """What some of these raised that were done side by side."""
    return [error for error in side_by_side(works) if error is not None]


def patiently(work):
    """Does something again where it had to wait too long for another."""
    for _ in range(20):
        try:
            return work()
        except OperationalError:
            continue
    raise AssertionError


def test_a_form_that_is_sent_five_times_makes_one_event_with_one_venue():
    kakuda = town()
    browsers = [browser_of(kakuda, f"職員{number}") for number in range(5)]

    raised = raised_by(*(lambda one=one: one.post(reverse("member_event_add"), typed()) for one in browsers))

    assert raised == []
    assert (Event.objects.count(), Venue.objects.count(), ContactPoint.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("_again", range(5))
def test_a_cancellation_in_the_moment_of_publishing_stays(_again):
    kakuda = town()
    event, author, office = own_event(kakuda), secretary("起案者"), secretary()
    person = browser_of(kakuda).person
    proposal = draft(record=event, by=author, changes={"fields": {"title": "改めた名称", "status": "changed"}})
    submit(proposal=proposal, by=author)
    approve(proposal=proposal, by=office)
    seen = Proposal.objects.get()
    assert seen.record.status == Status.PLANNED

    raised = raised_by(
        lambda: patiently(lambda: publish(proposal=seen, by=office)),
        lambda: patiently(lambda: announce(event=event, status=Status.CANCELLED, reason="大雨警報のため", by=person)),
    )

    event.refresh_from_db()
    assert raised == []
    assert (event.title, event.status) == ("改めた名称", Status.CANCELLED)
