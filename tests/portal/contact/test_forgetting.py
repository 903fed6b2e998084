"""What visitors wrote is removed in time, and so are its traces."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.contact.actions import forget_old, forget_old_feedback, move_on
from portal.models import Inquiry, PageFeedback
from tests.factories.contact import InquiryFactory, PageFeedbackFactory
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


def ago(days):
    return NOW - timedelta(days=days)


def closed(days, **fields):
    return InquiryFactory(state="closed", closed_at=ago(days), created_at=ago(days), note="CANARY", **fields)


def test_ninety_days_after_it_was_closed_the_words_are_gone():
    due, early = closed(90), closed(89)
    assert forget_old(at=NOW) == 1
    due.refresh_from_db()
    early.refresh_from_db()
    assert (due.body, due.name, due.email, due.note, due.forgotten_at) == ("", "", "", "", NOW)
    assert due.submission == due.reference
    assert (due.topic, due.closed_at) == ("event", ago(90))
    assert early.name == "山田花子"


@pytest.mark.parametrize("state", ["open", "in_hand"])
def test_after_a_year_they_are_gone_whatever_became_of_it(state):
    due, early = (InquiryFactory(state=state, created_at=ago(days)) for days in (365, 364))
    assert forget_old(at=NOW) == 1
    due.refresh_from_db()
    early.refresh_from_db()
    assert (due.state, due.closed_at, due.body, due.email) == ("closed", NOW, "", "")
    assert (early.state, early.email) == (state, "hanako@example.jp")


def test_nothing_is_removed_twice():
    closed(100)
    assert [forget_old(at=NOW), forget_old(at=NOW + timedelta(days=1))] == [1, 0]
    assert Inquiry.objects.get().forgotten_at == NOW


def test_feedback_is_kept_for_a_year():
    PageFeedbackFactory(created_at=ago(365))
    kept = PageFeedbackFactory(created_at=ago(364))
    assert forget_old_feedback(at=NOW) == 1
    assert list(PageFeedback.objects.all()) == [kept]


def test_an_inquiry_knows_when_it_was_closed_and_by_whom():
    inquiry, person = InquiryFactory(), UserFactory(is_staff=True)
    moments = []
    for state, days in (("in_hand", 3), ("closed", 2), ("closed", 1), ("in_hand", 0)):
        inquiry.state = state
        move_on(inquiry=inquiry, by=person, at=ago(days))
        inquiry.refresh_from_db()
        moments.append(inquiry.closed_at)
    assert moments == [None, ago(2), ago(2), None]
    assert inquiry.handled_by == person
