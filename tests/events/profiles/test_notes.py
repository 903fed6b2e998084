"""What a format has no column for is said in its remarks, and read back from there."""

import pytest

from events.choices import DatePrecision
from events.profiles.notes import (
    ScheduleNote,
    StatusRemarks,
    read_schedule_note,
    read_status_remarks,
    schedule_note,
    status_remarks,
)


@pytest.mark.parametrize(
    ("note", "text"),
    [
        (ScheduleNote(), ""),
        (ScheduleNote(rest="雨天順延"), "雨天順延"),
        (ScheduleNote(DatePrecision.MONTH, 2017, 12), "2017年12月（日は未定または不明）"),
        (ScheduleNote(DatePrecision.UNKNOWN, 2020, None, "調整中"), "2020年度（日は未定または不明）調整中"),
    ],
)
def test_days_that_are_not_known_are_told_in_the_note(note, text):
    assert schedule_note(note) == text
    assert read_schedule_note(text) == note


@pytest.mark.parametrize("text", ["2020年度の催し", "2017年13月（日は未定または不明）", "（日は未定または不明）"])
def test_other_notes_are_just_notes(text):
    assert read_schedule_note(text) == ScheduleNote(rest=text)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (StatusRemarks(), ""),
        (StatusRemarks(remarks="手話通訳あり"), "手話通訳あり"),
        (StatusRemarks("中止"), "【中止】"),
        (
            StatusRemarks("延期", "大雨のため", "手話通訳あり\n駐輪場なし"),
            "【延期】大雨のため\n手話通訳あり\n駐輪場なし",
        ),
    ],
)
def test_what_became_of_a_plan_stands_before_the_remarks(said, text):
    assert status_remarks(said) == text
    assert read_status_remarks(text) == said


def test_what_is_as_announced_needs_no_notice():
    assert status_remarks(StatusRemarks("予定", "", "手話通訳あり")) == "手話通訳あり"


def test_a_reason_of_several_lines_becomes_one():
    assert (
        status_remarks(StatusRemarks("中止", "大雨のため\n会場が使えません", ""))
        == "【中止】大雨のため 会場が使えません"
    )


def test_other_brackets_are_just_remarks():
    assert read_status_remarks("【重要】要申込み") == StatusRemarks(remarks="【重要】要申込み")
