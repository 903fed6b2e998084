"""What is said of an event, an exhibition and a stop at a moment."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from events.choices import DatePrecision, EventKind, Status, StopState
from events.rules import State, has_begun, in_order_of, is_stop_on, is_stop_unreported, state_at, state_of
from tests.factories.events import EventFactory

DAY, MONTH, UNKNOWN = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.UNKNOWN
TENTH = date(2026, 10, 10)


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("status", "begun", "ended", "label"),
    [
        (Status.PLANNED, False, False, "開催予定"),
        (Status.PLANNED, True, False, "開催中"),
        (Status.PLANNED, True, True, "終了"),
        (Status.PLANNED, False, True, "終了"),
        (Status.HELD, False, False, "開催"),
        (Status.HELD, True, False, "開催中"),
        (Status.HELD, True, True, "終了"),
        *(
            (status, begun, ended, status.label)
            for status in (Status.CANCELLED, Status.POSTPONED, Status.CHANGED, Status.WITHHELD)
            for begun, ended in ((False, False), (True, False), (True, True))
        ),
    ],
)
def test_state_follows_the_plan_with_time_and_keeps_any_other_word(status, begun, ended, label):
    assert state_of(status, has_begun=begun, has_ended=ended).label == label


@pytest.mark.parametrize(
    ("first_day", "precision", "start_time", "at", "begun"),
    [
        (TENTH, DAY, None, moment(2026, 10, 9, 23, 59), False),
        (TENTH, DAY, None, moment(2026, 10, 10, 0, 0), True),
        (TENTH, DAY, time(14, 0), moment(2026, 10, 10, 13, 59), False),
        (TENTH, DAY, time(14, 0), moment(2026, 10, 10, 14, 0), True),
        (TENTH, DAY, time(14, 0), moment(2026, 10, 11, 9, 0), True),
        (date(2026, 10, 1), MONTH, None, moment(2026, 10, 15, 12), False),
        (None, UNKNOWN, None, moment(2026, 10, 15, 12), False),
    ],
)
def test_an_event_begins_at_its_time_on_its_first_day(first_day, precision, start_time, at, begun):
    assert has_begun(first_day, precision, start_time, at) is begun


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (moment(2026, 10, 10, 13, 59), State("upcoming", "開催予定")),
        (moment(2026, 10, 10, 14, 0), State("on", "開催中")),
        (moment(2026, 10, 11, 15, 59), State("on", "開催中")),
        (moment(2026, 10, 11, 16, 0), State("ended", "終了")),
    ],
)
def test_the_state_of_an_event_of_two_days(at, state):
    event = EventFactory.build(
        venue=None, first_day=TENTH, last_day=date(2026, 10, 11), start_time=time(14), end_time=time(16)
    )

    assert state_at(event, at, start_time=event.start_time) == state


@pytest.mark.parametrize(
    ("state", "first_day", "last_day", "day", "on"),
    [
        (StopState.PLANNED, TENTH, date(2026, 10, 12), (2026, 10, 9), False),
        (StopState.PLANNED, TENTH, date(2026, 10, 12), (2026, 10, 10), True),
        (StopState.HELD, TENTH, date(2026, 10, 12), (2026, 10, 12), True),
        (StopState.HELD, TENTH, date(2026, 10, 12), (2026, 10, 13), False),
        (StopState.CANCELLED, TENTH, TENTH, (2026, 10, 10), False),
        (StopState.ARRANGING, TENTH, TENTH, (2026, 10, 10), False),
        (StopState.UNKNOWN, TENTH, TENTH, (2026, 10, 10), False),
        (StopState.HELD, None, None, (2026, 10, 10), False),
    ],
)
def test_a_tour_is_at_a_stop_from_its_first_to_its_last_day(state, first_day, last_day, day, on):
    assert is_stop_on(state, first_day, last_day, moment(*day, 12)) is on


@pytest.mark.parametrize(
    ("state", "day", "unreported"),
    [
        (StopState.PLANNED, (2026, 10, 10), False),
        (StopState.PLANNED, (2026, 10, 11), True),
        (StopState.HELD, (2030, 4, 1), False),
        (StopState.ARRANGING, (2030, 4, 1), False),
        (StopState.CANCELLED, (2030, 4, 1), False),
    ],
)
def test_a_planned_stop_is_unreported_once_it_must_be_over(state, day, unreported):
    assert is_stop_unreported(state, TENTH, moment(*day, 12)) is unreported


def test_rows_stand_under_the_words_in_the_order_of_the_vocabulary():
    rows = [("a", EventKind.WARD), ("b", EventKind.LECTURE), ("c", EventKind.WARD)]

    assert in_order_of(EventKind, rows, lambda row: row[1]) == [
        ("講演会・シンポジウム・セミナー", [("b", "lecture")]),
        ("各区事業", [("a", "ward"), ("c", "ward")]),
    ]
