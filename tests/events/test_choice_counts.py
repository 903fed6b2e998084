"""The number beside each choice is the length of the list that the choice gives."""

from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
import time_machine

from events.choices import EventKind, Status
from events.models import Event
from events.wanted import Wanted
from events.when import AHEAD, Span, When
from tests.factories.events import EventFactory, VenueFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 10, 7, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
TODAY = NOON.date()


@pytest.fixture
def places(db):
    return {
        "ward": WardFactory(code="131091", name="品川区"),
        "other_ward": WardFactory(code="131105", name="目黒区"),
        "town": MunicipalityFactory(prefecture=PrefectureFactory(code="20", name="長野県")),
        "prefecture": PrefectureFactory(code="20", name="長野県"),
        "other_prefecture": PrefectureFactory(code="26", name="京都府"),
    }


@pytest.fixture
def mixture(places):
    """Wholes and parts that differ in one thing or another, and some that must never count."""
    kinds, statuses = EventKind.values, [Status.PLANNED, Status.PLANNED, Status.CANCELLED, Status.CHANGED]
    for n, distance in enumerate((-400, -1, 0, 0, 1, 2, 3, 5, 9, 20, 26, 40, 300)):
        first = TODAY + timedelta(days=distance)
        event = EventFactory(
            kind=kinds[n % 3],
            status=statuses[n % 4],
            first_day=first,
            last_day=first + timedelta(days=n % 2),
            end_time="11:00" if n % 5 == 2 else None,
            is_free=(True, False, None)[n % 3],
            is_also_online=n % 4 == 1,
            venue=VenueFactory(municipality=places["ward" if n % 2 else "other_ward"]),
            owner=places["town"] if n % 3 == 0 else None,
        )
        event.prefectures.set([places["prefecture" if n % 2 else "other_prefecture"]])
        if n % 3 == 1:
            venue = VenueFactory(municipality=places["ward"], is_online=n % 2 == 0)
            part = EventFactory(parent=event, kind=kinds[(n + 1) % 3], first_day=first, is_free=True, venue=venue)
            part.prefectures.set([places["prefecture"]])
            EventFactory(parent=event, kind=kinds[0], first_day=first, is_free=True, venue=venue)
        EventFactory(first_day=first, publication_state="draft", is_free=True, owner=places["town"])
    hidden = EventFactory(first_day=TODAY, publication_state="draft")
    EventFactory(first_day=TODAY, parent=hidden, is_free=True)
    EventFactory(first_day=None, fiscal_year=2026, kind=kinds[1])
    EventFactory(first_day=None, fiscal_year=2020, status=Status.CANCELLED)
    month = {"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 31)}
    EventFactory(**month, date_precision="month", is_free=True)


def lengths(wanted: Wanted, facet: str, values) -> dict[str, int]:
    """How many events the list has when one thing is asked for instead."""
    asked = {value: Wanted(**{**vars(wanted), facet: value if value != "on" else True}) for value in values}
    return {value: Event.objects.found(one, NOON).count() for value, one in asked.items()}


WANTED = [
    Wanted(**dict(zip(("when", "ward", "kind", "free"), values, strict=True)))
    for values in product(("", "month", "week", When.ALL), ("", "131091"), ("", "lecture"), (False, True))
] + [
    Wanted(status=Status.CANCELLED),
    Wanted(when=When.TODAY, status=Status.CANCELLED),
    Wanted(when=When.PAST, prefecture="20"),
    Wanted(fiscal_year=2026),
    Wanted(fiscal_year=2025, kind="lecture"),
    Wanted(when=When.PERIOD, span=Span(date(2025, 1, 1), date(2026, 10, 7)), online=True),
    Wanted(prefecture="20", ward="131091", online=True),
]


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_a_number_is_the_length_of_the_list(mixture, places, wanted):
    counts = Event.objects.choice_counts(wanted, NOON)

    assert counts["total"][""] == Event.objects.found(wanted, NOON).count()
    assert counts["kind"] == lengths(wanted, "kind", EventKind.values)
    assert counts["status"] == lengths(wanted, "status", Status.values)
    assert counts["free"] == lengths(wanted, "free", ["on"])
    assert counts["online"] == lengths(wanted, "online", ["on"])
    assert counts["when"] == lengths(wanted, "when", AHEAD)
    assert filled(counts["ward"], ("131091", "131105")) == lengths(wanted, "ward", ("131091", "131105"))
    assert filled(counts["prefecture"], ("20", "26")) == lengths(wanted, "prefecture", ("20", "26"))


def filled(counts: dict[str, int], codes: tuple[str, ...]) -> dict[str, int]:
    """A place without any event is not among the counts."""
    assert set(counts) <= set(codes)
    return {code: counts.get(code, 0) for code in codes}


def test_the_towns_of_a_prefecture_are_counted_once_it_is_chosen(mixture, places):
    town = places["town"].code

    assert Event.objects.choice_counts(Wanted(), NOON)["municipality"] == {}
    counted = Event.objects.choice_counts(Wanted(prefecture="20"), NOON)["municipality"]
    assert counted == lengths(Wanted(prefecture="20"), "municipality", [town])


def test_the_numbers_stand_beside_the_choices(client, mixture):
    with time_machine.travel(NOON, tick=False):
        page = client.get("/events/", {"when": "month", "prefecture": "20"})

    form, counts = page.context["form"], Event.objects.choice_counts(Wanted(when="month", prefecture="20"), NOON)
    kinds = dict(form.fields["kind"].choices)
    assert kinds["lecture"] == f"講演会・シンポジウム・セミナー（{counts['kind']['lecture']}）"
    assert dict(form.fields["when"].choices)["today"] == f"今日（{counts['when']['today']}）"
    assert dict(form.fields["when"].choices)["past"] == "これまで"
    assert dict(form.fields["ward"].choices)["131091"] == f"品川区（{counts['ward']['131091']}）"
    assert f"参加無料（{counts['free']['on']}）" in page.content.decode()
    assert "municipality" in form.fields


def test_a_whole_with_several_parts_counts_once(db):
    whole = EventFactory(first_day=TODAY)
    EventFactory.create_batch(3, parent=whole, first_day=TODAY, is_free=True)

    counts = Event.objects.choice_counts(Wanted(), NOON)

    assert counts["total"] == {"": 1}
    assert counts["free"] == {"on": 1}
    assert list(Event.objects.found(Wanted(free=True), NOON)) == [whole]


def test_one_row_must_meet_everything(db):
    """A part free of charge and another part online make no event that is free online."""
    whole = EventFactory(first_day=TODAY)
    EventFactory(parent=whole, first_day=TODAY, is_free=True)
    EventFactory(parent=whole, first_day=TODAY, is_also_online=True)

    assert list(Event.objects.found(Wanted(free=True, online=True), NOON)) == []


@pytest.mark.parametrize("rows", [1, 50])
def test_counting_takes_two_queries(db, rows, django_assert_num_queries):
    EventFactory.create_batch(rows, first_day=TODAY)

    with django_assert_num_queries(2):
        Event.objects.choice_counts(Wanted(when="month", kind="lecture"), NOON)
