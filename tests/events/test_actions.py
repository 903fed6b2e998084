"""What changes along with an event or a venue: places, revisions, the days of before."""

from datetime import date, time

import pytest

from events.actions import keep_former_schedule, refresh_places, refresh_span, venue_changed
from events.models import Event, Exhibition
from tests.factories.events import (
    EventFactory,
    EventRoleFactory,
    ExhibitionFactory,
    TourStopFactory,
    VenueFactory,
)
from tests.factories.municipalities import MunicipalityFactory, WardFactory

pytestmark = pytest.mark.django_db


def places(event):
    return sorted(event.places.values_list("pk", flat=True))


def test_an_event_has_to_do_with_its_venue_owner_roles_and_participants():
    host, owner, organizer, guest = (MunicipalityFactory(number=number) for number in (201, 202, 203, 204))
    event = EventFactory(venue=VenueFactory(municipality=host), owner=owner)
    EventRoleFactory(event=event, municipality=organizer, name="")
    EventRoleFactory(event=event)
    event.participants.set([guest, owner])
    other = EventFactory()

    refresh_places(Event.objects.all())

    assert places(event) == sorted(town.pk for town in (host, owner, organizer, guest))
    assert places(other) == []


def test_places_follow_what_was_changed_and_nothing_else():
    old, new = MunicipalityFactory(number=201), MunicipalityFactory(number=202)
    event, other = EventFactory(owner=old), EventFactory(owner=old)
    Event.objects.update(owner=new)

    refresh_places(Event.objects.filter(pk=event.pk))

    assert places(event) == [new.pk]
    assert places(other) == [old.pk]


def test_places_take_as_many_queries_for_many_events_as_for_one(search_index, django_assert_num_queries):
    town = MunicipalityFactory()
    EventFactory.create_batch(30)
    Event.objects.update(owner=town)

    # 8 for the places, 13 for the search, which tells of them.
    with django_assert_num_queries(21):
        refresh_places(Event.objects.all())

    assert Event.objects.in_municipality(town.pk).count() == 30


def test_a_change_of_a_venue_reaches_what_takes_place_there():
    venue, ward = VenueFactory(), WardFactory()
    event, exhibition = EventFactory(venue=venue), ExhibitionFactory(venue=venue)
    touring, elsewhere = ExhibitionFactory(), EventFactory()
    TourStopFactory(exhibition=touring, venue=venue, ward=ward)
    venue.municipality = ward
    venue.save()
    before = {row: (row.revision, row.updated_at) for row in (event, exhibition, touring, elsewhere)}

    venue_changed(venue)

    for row in before:
        row.refresh_from_db()
    assert {row: row.revision - before[row][0] for row in before} == {event: 1, exhibition: 1, touring: 1, elsewhere: 0}
    assert event.updated_at > before[event][1]
    assert elsewhere.updated_at == before[elsewhere][1]
    assert places(event) == [ward.pk]


def test_each_save_counts_as_a_revision():
    event = EventFactory()
    assert event.revision == 0
    event.save()
    event.save()
    event.refresh_from_db()
    assert event.revision == 2


@pytest.mark.parametrize("factory", [EventFactory, ExhibitionFactory])
def test_the_days_of_before_are_kept(factory):
    row = factory(first_day=date(2026, 10, 10), date_note="雨天決行")
    former = type(row).objects.get(pk=row.pk)
    row.first_day = row.last_day = date(2026, 11, 1)
    row.save()

    kept = keep_former_schedule(moved=row, former=former, on=date(2026, 9, 1))

    assert list(row.former_schedules.all()) == [kept]
    assert (kept.first_day, kept.last_day, kept.date_note) == (date(2026, 10, 10), date(2026, 10, 10), "雨天決行")
    assert (kept.fiscal_year, kept.replaced_on) == (2026, date(2026, 9, 1))
    kept.full_clean()


def test_another_hour_is_another_schedule():
    event = EventFactory(start_time=time(10))
    former = Event.objects.get(pk=event.pk)
    event.start_time = time(13)

    kept = keep_former_schedule(moved=event, former=former, on=date(2026, 9, 1))

    assert (kept.first_day, kept.start_time) == (event.first_day, time(10))


def test_what_was_not_moved_or_never_had_a_day_leaves_nothing_behind():
    event, undated = EventFactory(), ExhibitionFactory(first_day=None, fiscal_year=2026)
    former, without_days = Event.objects.get(pk=event.pk), Exhibition.objects.get(pk=undated.pk)
    event.date_note = "会場は2階"
    undated.first_day = undated.last_day = date(2026, 5, 1)
    undated.date_precision = "day"

    assert keep_former_schedule(moved=event, former=former, on=date(2026, 9, 1)) is None
    assert keep_former_schedule(moved=undated, former=without_days, on=date(2026, 9, 1)) is None


def test_a_whole_that_has_the_days_of_its_parts_is_left_alone():
    whole = EventFactory(first_day=date(2026, 10, 1), last_day=date(2026, 10, 8))
    EventFactory(parent=whole, first_day=date(2026, 10, 1))
    EventFactory(parent=whole, first_day=date(2026, 10, 8))

    refresh_span(whole)
    whole.refresh_from_db()
    assert whole.revision == 0

    whole.sub_events.filter(first_day=date(2026, 10, 8)).update(last_day=date(2026, 10, 9))
    refresh_span(whole)
    whole.refresh_from_db()
    assert (whole.revision, whole.last_day) == (1, date(2026, 10, 9))
