"""What the checks learn from the database, and from how much of it."""

from datetime import date

import pytest

from events.checks.lookup import around_events, findings_on
from events.models import Event
from tests.factories.events import EventFactory, ExhibitionFactory, VenueFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory

pytestmark = pytest.mark.django_db

SOUND = {"title_kana": "よみ", "first_day": date(2199, 10, 10)}


def codes(item):
    return [finding.code for finding in findings_on(item)]


@pytest.fixture
def hokkaido():
    return PrefectureFactory(code="01", name="北海道", name_kana="ほっかいどう")


def test_the_prefecture_of_a_role_or_owner_counts_as_linked(hokkaido):
    owner = MunicipalityFactory(prefecture=hokkaido, number=330)

    assert codes(EventFactory(title="北海道の日", **SOUND)) == ["prefecture"]
    assert codes(EventFactory(title="北海道の夕べ", owner=owner, **SOUND)) == []


def test_a_linked_prefecture_counts(hokkaido):
    event = EventFactory(title="北海道の日", **SOUND)
    event.prefectures.add(hokkaido)

    assert codes(event) == []


def test_the_prefecture_of_an_exhibition_counts(hokkaido):
    assert codes(ExhibitionFactory(title="北海道展", first_day=date(2199, 1, 1))) == ["prefecture"]
    assert codes(ExhibitionFactory(title="北海道展", first_day=date(2199, 1, 1), prefecture=hokkaido)) == []


def test_parts_are_where_a_whole_is():
    whole = EventFactory(venue=None, **SOUND)
    assert codes(whole) == ["missing_place"]

    EventFactory(parent=whole, title="第一部の講演")
    assert codes(whole) == []


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, rows):
    event = EventFactory(title="講演会", **SOUND)
    event.prefectures.set(PrefectureFactory.create_batch(min(rows, 12)))
    for _ in range(rows):
        EventFactory(title="講演会", parent=event)
        EventFactory(title="講演会", **SOUND)

    with django_assert_num_queries(6):
        found = findings_on(Event.objects.get(pk=event.pk))

    assert [finding.code for finding in found] == ["duplicate"] * rows


def alike(event):
    return set(Event.objects.alike(event))


def test_alike_are_those_of_the_same_day_with_the_same_owner_or_venue():
    town, other_town, hall = MunicipalityFactory(), MunicipalityFactory(), VenueFactory()
    event = EventFactory(owner=town, venue=hall)
    same = {EventFactory(owner=town), EventFactory(owner=other_town, venue=hall), EventFactory(venue=hall)}
    same.add(EventFactory(owner=town, publication_state="draft"))
    EventFactory(owner=other_town)
    EventFactory(owner=town, first_day=date(2026, 10, 11))
    EventFactory(owner=town, publication_state="withdrawn")
    EventFactory(owner=town, parent=event)

    assert alike(event) == same


def test_what_the_wards_hold_together_is_alike_without_an_owner():
    event, same = EventFactory(venue=None), EventFactory(venue=None)
    EventFactory(owner=MunicipalityFactory(), venue=None)

    assert alike(event) == {same}


def test_parts_of_one_whole_are_not_alike_and_unknown_days_compare_by_their_year():
    whole = EventFactory(first_day=None, fiscal_year=2020)
    part = EventFactory(parent=whole, first_day=None, fiscal_year=2020)
    EventFactory(parent=whole, first_day=None, fiscal_year=2020)
    EventFactory(first_day=None, fiscal_year=2021)
    same = EventFactory(first_day=None, fiscal_year=2020)

    assert alike(part) == {same}


def test_a_row_that_is_not_saved_yet_can_be_compared():
    same = EventFactory()

    assert alike(Event(first_day=same.first_day, fiscal_year=2026, title=same.title)) == {same}


def test_what_is_around_many_events_is_what_is_around_each():
    town, hall = MunicipalityFactory(), VenueFactory()
    whole = EventFactory(owner=town, venue=None)
    events = [whole, EventFactory(parent=whole, owner=town), EventFactory(parent=whole, owner=town, venue=hall)]
    events += [
        EventFactory(owner=town),
        EventFactory(owner=MunicipalityFactory(), venue=hall),
        EventFactory(venue=hall),
    ]
    events += [EventFactory(first_day=None, fiscal_year=year, venue=hall) for year in (2020, 2020, 2021)]
    EventFactory(owner=town, publication_state="withdrawn")
    EventFactory(owner=town, publication_state="draft")
    EventFactory(owner=town, first_day=date(2026, 10, 11))

    around = around_events(events)

    assert {key: list(found.alike) for key, found in around.items()} == {
        event.pk: list(Event.objects.alike(event)) for event in events
    }
    assert sum(len(found.alike) for found in around.values()) > len(events)
    assert {key for key, found in around.items() if found.has_parts} == {whole.pk}


def test_each_event_has_its_own_prefectures(hokkaido):
    owner = MunicipalityFactory(prefecture=hokkaido, number=330)
    theirs, chosen, neither = EventFactory(owner=owner), EventFactory(), EventFactory()
    chosen.prefectures.add(hokkaido, PrefectureFactory(code="20"))

    around = around_events([theirs, chosen, neither])

    assert [set(around[event.pk].linked) for event in (theirs, chosen, neither)] == [{"01"}, {"01", "20"}, set()]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_many_events_need_as_many_queries_as_one(django_assert_num_queries, rows):
    events = EventFactory.create_batch(rows)

    with django_assert_num_queries(5):
        around_events(events)
