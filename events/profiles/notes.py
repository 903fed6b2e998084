"""What stands in a column of remarks because a format has no column for it, and how it is read back.

Pure functions. Formats of event tables know days only: an event that is known to the month, or to the fiscal year,
has no 開始日 and begins its note with what is known. The 32 columns know no cancelled events: their 備考 begins so.
"""

import re
from typing import NamedTuple

from events.choices import DatePrecision, Status
from events.rules import AS_ANNOUNCED

_UNKNOWN_DAY = "（日は未定または不明）"
_NOTE = re.compile(rf"(\d{{4}})(?:年(\d{{1,2}})月|年度){re.escape(_UNKNOWN_DAY)}")
_LABELS = [str(status.label) for status in Status if status not in AS_ANNOUNCED]
_STATUS = re.compile(rf"【({'|'.join(_LABELS)})】([^\n]*)(?:\n|$)")


class ScheduleNote(NamedTuple):
    """What a note says of days that have no column: ``year`` and ``month``, or only a fiscal year in ``year``.

    ``year`` is None where the days themselves are known; ``rest`` is what else the note says.
    """

    precision: str = DatePrecision.DAY
    year: int | None = None
    month: int | None = None
    rest: str = ""


def schedule_note(note: ScheduleNote) -> str:
    """「2017年12月（日は未定または不明）会場調整中」, 「2020年度（日は未定または不明）」, or just the note."""
    if note.year is None:
        return note.rest
    known = f"{note.year}年{note.month}月" if note.month else f"{note.year}年度"
    return f"{known}{_UNKNOWN_DAY}{note.rest}"


def read_schedule_note(text: str) -> ScheduleNote:
    """The inverse of ``schedule_note``; a note that does not begin like one of ours is a plain note."""
    match = _NOTE.match(text)
    if match is None or (match[2] and not 1 <= int(match[2]) <= 12):
        return ScheduleNote(rest=text)
    precision = DatePrecision.MONTH if match[2] else DatePrecision.UNKNOWN
    return ScheduleNote(precision, int(match[1]), int(match[2]) if match[2] else None, text[match.end() :])


class StatusRemarks(NamedTuple):
    """What became of a plan, by its label (empty: as announced), why, and the remarks."""

    label: str = ""
    reason: str = ""
    remarks: str = ""


def status_remarks(said: StatusRemarks) -> str:
    """「【中止】大雨のため」 on a line of its own before the remarks; the remarks alone for what is as announced."""
    if said.label not in _LABELS:
        return said.remarks
    notice = f"【{said.label}】{' '.join(said.reason.split())}"
    return f"{notice}\n{said.remarks}" if said.remarks else notice


def read_status_remarks(text: str) -> StatusRemarks:
    """The inverse of ``status_remarks``, but that a reason of several lines has become one line."""
    match = _STATUS.match(text)
    return StatusRemarks(match[1], match[2], text[match.end() :]) if match else StatusRemarks(remarks=text)
