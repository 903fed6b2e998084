"""Times of day as town halls write them."""

import re
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.importing.times import NO_TIMES, Times, read_times

HALF_PAST_TEN = time(10, 30)


@pytest.mark.parametrize(
    "text",
    [
        *("10:30", "１０：３０", "10:30:00", "10時30分", "10時半", "午前10時30分", "午前10時半", "AM10:30", "10:30 am"),
        *("1030", "0.4375", "10時30分開演", " 10 : 30 "),
    ],
)
def test_one_time(text):
    assert read_times(text) == Times(HALF_PAST_TEN)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("10:00～16:00", time(10), time(16)),
        ("10時から16時まで", time(10), time(16)),
        ("午前10時〜午後4時30分", time(10), time(16, 30)),
        ("10:00-16:00", time(10), time(16)),
        ("10:00～", time(10), None),
        ("～16:00", None, time(16)),
        ("正午～24:00", time(12), time(23, 59)),
    ],
)
def test_a_range_in_one_cell(text, start, end):
    assert read_times(text) == Times(start, end)


@pytest.mark.parametrize(
    ("text", "found"),
    [("午後1時", time(13)), ("午後0時15分", time(0 + 12, 15)), ("PM3:00", time(15)), ("正午", time(12))],
)
def test_halves_of_the_day(text, found):
    assert read_times(text) == Times(found)


def test_the_end_of_the_day_is_its_last_minute():
    assert read_times("24:00") == Times(time(23, 59))


@pytest.mark.parametrize("text", ["", "-", "－"])
def test_blank_is_no_time(text):
    assert read_times(text) == NO_TIMES


@pytest.mark.parametrize("text", ["終日", "未定", "24時間"])
def test_no_time_in_particular_is_kept_as_words(text):
    assert read_times(text) == Times(None, note=text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("25:00", "24時を過ぎた時刻は、翌日の日付と時刻で書いてください（25:00）。"),
        ("11:99", "時刻として読めません（11:99）。例：10:00、午後1時30分"),
        ("午後13時", "午前・午後の時刻は0時から11時までです（午後13時）。24時間の形でも書けます。例：12:30"),
        ("午後12時30分", "午前・午後の時刻は0時から11時までです（午後12時30分）。24時間の形でも書けます。例：12:30"),
        ("夕方", "時刻として読めません（夕方）。例：10:00、午後1時30分"),
        ("10:00～12:00～14:00", "時間帯が二つ以上あります（10:00～12:00～14:00）。開始と終了だけを書いてください。"),
    ],
)
def test_what_is_no_time_is_refused_with_a_reason(text, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_times(text)


@given(st.times())
def test_every_time_is_read_in_clock_and_in_words(clock):
    minute = time(clock.hour, clock.minute)

    assert read_times(f"{minute:%H:%M}") == read_times(f"{minute.hour}時{minute.minute}分") == Times(minute)


@given(st.text(max_size=20))
def test_no_text_is_more_than_refused(text):
    try:
        read_times(text)
    except ValueError:
        return
