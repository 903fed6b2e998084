"""Where and when exhibitions can be seen."""

from datetime import date, timedelta

import pytest

from events.choices import DatePrecision, Status, StopState
from events.showings import on_view, opening_soon, showings_of
from events.when import ANY_DAY, Span
from tests.factories.events import ExhibitionFactory, TourStopFactory, VenueFactory
from tests.factories.municipalities import WardFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 10)
ONE_DAY = {"first_day": DAY, "last_day": DAY}


def shown(exhibition):
    return [(showing.code, showing.first, showing.cancelled) for showing in showings_of([exhibition])]


def test_the_first_place_and_each_stop_by_their_days():
    ward = WardFactory(code="131091")
    exhibition = ExhibitionFactory(first_day=DAY, venue=VenueFactory(municipality=WardFactory(code="131016")))
    later = DAY + timedelta(days=9)
    TourStopFactory(exhibition=exhibition, ward=ward, first_day=later, last_day=later)
    TourStopFactory(exhibition=exhibition, ward=ward, state=StopState.CANCELLED, **ONE_DAY)

    assert shown(exhibition) == [("131016", DAY, False), ("131091", DAY, True), ("131091", later, False)]


@pytest.mark.parametrize("state", [StopState.ARRANGING, StopState.UNKNOWN])
def test_a_stop_that_nobody_is_sure_of_is_not_shown(state):
    exhibition = ExhibitionFactory(first_day=None, fiscal_year=2026)
    TourStopFactory(exhibition=exhibition, state=state, **ONE_DAY)
    TourStopFactory(exhibition=exhibition)

    assert shown(exhibition) == []


def test_what_is_cancelled_is_so_in_every_place():
    exhibition = ExhibitionFactory(first_day=DAY, status=Status.POSTPONED)
    TourStopFactory(exhibition=exhibition, ward=WardFactory(code="131091"), **ONE_DAY)

    assert [cancelled for *_, cancelled in shown(exhibition)] == [True, True]


def test_a_month_is_no_day():
    month = {"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 31)}

    assert shown(ExhibitionFactory(**month, date_precision=DatePrecision.MONTH)) == []


@pytest.mark.parametrize(
    ("span", "touches"),
    [
        (Span(DAY, DAY), True),
        (Span(DAY - timedelta(days=9), DAY), True),
        (Span(DAY + timedelta(days=1), DAY + timedelta(days=9)), False),
        (Span(None, DAY - timedelta(days=1)), False),
        (Span(DAY, None), True),
        (ANY_DAY, True),
    ],
)
def test_on_which_days_it_is(span, touches):
    (showing,) = showings_of([ExhibitionFactory(first_day=DAY)])

    assert showing.touches(span) is touches


def test_what_is_on_view_comes_by_ward_and_what_opens_by_day():
    first = ExhibitionFactory(first_day=DAY, venue=None)
    second = ExhibitionFactory(first_day=DAY, venue=VenueFactory(municipality=WardFactory(code="131016")))
    soon = ExhibitionFactory(first_day=DAY + timedelta(days=5))
    ExhibitionFactory(first_day=DAY + timedelta(days=5), status=Status.CANCELLED)

    showings = showings_of([first, second, soon])

    assert [showing.exhibition for showing in on_view(showings, DAY)] == [second, first]
    assert [showing.exhibition for showing in opening_soon(showings, DAY, 5)] == [soon]
    assert opening_soon(showings, DAY, 4) == []
    assert showings[0].days_left(DAY) == 0
