"""What last year's event or exhibition gives to the next."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from events.copying import copy_as_draft, next_title
from portal.core.models import Proposal, Version
from tests.factories.core import AttachmentFactory, ImageFactory, SourceNoteFactory, UserFactory
from tests.factories.events import (
    EventFactory,
    EventRoleFactory,
    ExhibitionFactory,
    FormerScheduleFactory,
    SpeakerFactory,
    TourStopFactory,
)
from tests.factories.municipalities import MunicipalityFactory, WardFactory


@pytest.mark.parametrize(
    ("title", "ordinal", "expected"),
    [
        ("第2回全国連携講演会", 2, "第3回全国連携講演会"),
        ("第９回全国連携講演会", 9, "第１０回全国連携講演会"),
        ("第2回講演会（第1回は昨年）", 2, "第3回講演会（第1回は昨年）"),
        ("第2回講演会", None, "第3回講演会"),
        ("第2回講演会", 5, "第2回講演会"),
        ("春の講演会", 2, "春の講演会"),
        ("", None, ""),
    ],
)
def test_the_ordinal_in_a_title_is_counted_on(title, ordinal, expected):
    assert next_title(title, ordinal) == expected


@pytest.fixture
def event(db):
    event = EventFactory(
        title="第2回講演会",
        ordinal=2,
        owner=MunicipalityFactory(),
        number="A-7",
        first_day=date(2026, 10, 10),
        date_note="雨天決行",
        start_time=time(13),
        end_time=time(15),
        status="cancelled",
        status_reason="台風のため",
        status_changed_on=date(2026, 10, 9),
        summary="概要です。",
        results="盛況でした。",
        visitors=120,
        participant_count=8,
        application_deadline=date(2026, 9, 30),
        application_deadline_time=time(17),
        change_note="会場を変えました。",
        parent=EventFactory(first_day=date(2026, 10, 10)),
    )
    EventRoleFactory(event=event, name="特別区長会")
    SpeakerFactory(event=event, name="話す人", topic="演題")
    FormerScheduleFactory(event=event)
    SourceNoteFactory(record=event)
    event.images.set([ImageFactory()])
    event.attachments.set([AttachmentFactory()])
    event.report_images.set([ImageFactory()])
    event.participants.set([MunicipalityFactory()])
    return event


def test_the_content_is_copied_and_what_is_of_its_day_is_not(event):
    by = UserFactory()
    copy = copy_as_draft(event, by=by, changes={"title": "第3回講演会", "ordinal": 3, "fiscal_year": 2027})
    copy.refresh_from_db()
    same = ("kind", "owner", "venue", "summary", "start_time", "end_time")
    assert [getattr(copy, name) for name in same] == [getattr(event, name) for name in same]
    assert (copy.title, copy.ordinal, copy.fiscal_year) == ("第3回講演会", 3, 2027)
    assert (copy.date_precision, copy.first_day, copy.last_day, copy.date_note) == ("unknown", None, None, "")
    assert (copy.status, copy.status_reason, copy.status_changed_on) == ("planned", "", None)
    assert (copy.results, copy.visitors, copy.participant_count, copy.number) == ("", None, None, "")
    assert (copy.application_deadline, copy.application_deadline_time, copy.parent) == (None, None, None)
    assert (copy.publication_state, copy.publish_at, copy.change_note) == ("draft", None, "")
    assert [(role.role, role.name) for role in copy.roles.all()] == [("organizer", "特別区長会")]
    assert [(speaker.name, speaker.topic) for speaker in copy.speakers.all()] == [("話す人", "演題")]
    assert list(copy.images.all()) == list(event.images.all())
    assert list(copy.attachments.all()) == list(event.attachments.all())
    empty = ("former_schedules", "source_notes", "participants", "report_images", "report_attachments", "sub_events")
    assert [getattr(copy, name).count() for name in empty] == [0] * len(empty)


def test_the_first_one_stays_as_it_was(event):
    before = (event.roles.get().pk, event.speakers.get().pk, event.title, event.first_day)
    copy_as_draft(event, by=UserFactory(), changes={})
    event.refresh_from_db()
    assert (event.roles.get().pk, event.speakers.get().pk, event.title, event.first_day) == before


def test_the_copy_is_a_draft_of_whoever_made_it(event):
    by = UserFactory()
    copy = copy_as_draft(event, by=by, changes={})
    version = Version.objects.of(copy).get()
    assert (version.kind, version.reason, version.made_by) == ("added", "「第2回講演会」から複製", by)
    proposal = Proposal.objects.open_for(copy)
    assert (proposal.state, proposal.holder) == ("draft", by)


def test_an_end_on_a_later_day_is_no_end_without_days(db):
    event = EventFactory(
        first_day=date(2026, 10, 10), last_day=date(2026, 10, 11), start_time=time(13), end_time=time(10)
    )
    assert copy_as_draft(event, by=UserFactory(), changes={}).end_time is None


def test_what_is_fictional_stays_fictional(db):
    assert copy_as_draft(EventFactory(is_demo=True), by=UserFactory(), changes={}).is_demo is True


def test_what_breaks_a_rule_is_refused_whole(event):
    with pytest.raises(ValidationError):
        copy_as_draft(event, by=UserFactory(), changes={"fiscal_year": 20})
    assert type(event).objects.count() == 2


def test_the_stops_of_a_tour_are_arranged_anew(db):
    exhibition = ExhibitionFactory(first_day=date(2026, 10, 10))
    ward = WardFactory()
    day = {"first_day": date(2027, 1, 10), "last_day": date(2027, 1, 20), "fiscal_year": 2026}
    TourStopFactory(exhibition=exhibition, ward=ward, listing_order=1, note="好評につき延長", **day)
    TourStopFactory(exhibition=exhibition, ward=None, listing_order=2, state="unknown")
    copy = copy_as_draft(exhibition, by=UserFactory(), changes={"fiscal_year": 2027})
    stops = [
        (stop.listing_order, stop.ward, stop.state, stop.first_day, stop.fiscal_year, stop.note)
        for stop in copy.stops.order_by("listing_order")
    ]
    assert stops == [(1, ward, "arranging", None, None, ""), (2, None, "arranging", None, None, "")]
    assert exhibition.stops.filter(state="held", first_day=date(2027, 1, 10)).count() == 1
