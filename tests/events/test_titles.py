"""What is read of an event where only its title is."""

import pytest

from events.choices import Status
from events.titles import mark_of, marked_title


@pytest.mark.parametrize(
    ("status", "mark"),
    [
        (Status.PLANNED, ""),
        (Status.HELD, ""),
        (Status.CANCELLED, "中止"),
        (Status.POSTPONED, "延期"),
        (Status.CHANGED, "内容変更"),
        (Status.WITHHELD, "見合わせ"),
    ],
)
def test_what_does_not_go_as_announced_has_a_mark(status, mark):
    assert mark_of(status) == mark


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ({}, "講演会"),
        ({"mark": "中止"}, "【中止】講演会"),
        ({"is_demo": True}, "【デモ】講演会"),
        ({"mark": "延期", "is_demo": True}, "【延期】【デモ】講演会"),
    ],
)
def test_marks_stand_before_the_title(facts, title):
    assert marked_title("講演会", **facts) == title


def test_a_title_that_says_it_is_fictional_says_it_once():
    assert marked_title("【デモ】講演会", is_demo=True) == "【デモ】講演会"
