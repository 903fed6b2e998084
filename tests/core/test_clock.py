"""Times of day as people write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.clock import is_midnight_at_the_end, parse_time, spoken_time


@pytest.mark.parametrize(
    "text",
    [
        "14:30",
        "１４：３０",
        "14時30分",
        "14時半",
        "午後2時半",
        "午後2時30分",
        "午後２：３０",
        "PM2:30",
        "1430",
        " 14 : 30 ",
    ],
)
def test_every_usual_spelling_of_a_time_is_read(text):
    assert parse_time(text) == time(14, 30)


@pytest.mark.parametrize(
    ("text", "moment"),
    [("正午", time(12)), ("0:00", time(0)), ("午後0時", time(12)), ("9時", time(9)), ("14:30:15", time(14, 30, 15))],
)
def test_a_time_of_its_own(text, moment):
    assert parse_time(text) == moment


@pytest.mark.parametrize("text", ["", "昼", "14:60", "25:00", "24:00", "午後12時", "14", "14:30:99", "2時半ごろ"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=r"時"):
        parse_time(text)


@pytest.mark.parametrize(("text", "is_end"), [("24:00", True), ("２４時", True), ("24:00:00", True), ("0:00", False)])
def test_the_end_of_a_day_is_no_time_of_it(text, is_end):
    assert is_midnight_at_the_end(text) is is_end


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_a_time_that_was_spoken_is_read_back(moment):
    assert parse_time(spoken_time(moment)) == moment
