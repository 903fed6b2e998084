"""What the cells of one row say of an event. Pure functions."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, NamedTuple

from events.choices import DatePrecision, EventRoleKind, Status
from events.importing.days import NO_DAYS, Days, fiscal_year_in, read_days
from events.importing.times import END_OF_DAY, read_times
from events.profiles.address import AddressParts, join_address
from events.profiles.notes import read_schedule_note, read_status_remarks
from portal.core.importing import values
from portal.core.importing.columns import Profile
from portal.core.importing.remarks import Remark
from portal.core.wareki import fiscal_year_of

# Where 「なし」 is an answer.
_NONE_IS_SAID = {"parking", "bicycle_parking", "fee", "application", "languages"}
# Where 「未定」 is kept as what is known.
_UNDECIDED_IS_KEPT = {"first_day", "last_day", "start_time", "end_time"}
_ADDRESS_PARTS = ("address_prefecture", "address_city", "address_town", "address_rest")
_STATUS_WORDS = {str(status.label): status for status in Status} | {
    **dict.fromkeys(("開催予定", "開催前", "実施予定"), Status.PLANNED),
    **dict.fromkeys(("開催中", "開催済", "開催済み", "実施", "実施済", "終了"), Status.HELD),
    **dict.fromkeys(("開催中止", "取りやめ"), Status.CANCELLED),
    **dict.fromkeys(("開催延期", "順延"), Status.POSTPONED),
    **dict.fromkeys(("変更", "一部変更"), Status.CHANGED),
    **dict.fromkeys(("見合せ", "開催見合わせ"), Status.WITHHELD),
}
# Signs of control, and characters that mean something on the machine of their maker only.
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff]")
_ROLE_WORDS = {str(role.label): role for role in EventRoleKind}
_READERS: dict[str, Callable[[str], Any]] = {
    "number": values.folded,
    "postal_code": values.read_postal_code,
    "latitude": values.read_degrees,
    "longitude": values.read_degrees,
    "contact_phone": values.read_phone,
    "contact_extension": values.folded,
    "contact_email": values.read_email,
}
_EMPTY: dict[str, Any] = {"latitude": None, "longitude": None}


class Reading(NamedTuple):
    """What a row says: values by field, None or ``""`` for blank cells; what is wrong with it, and what to know.

    Fields of the record that one column gives together with others are under one name: ``schedule``, ``status``.
    """

    values: dict[str, Any]
    problems: dict[str, Remark]
    notes: list[Remark]


class Schedule(NamedTuple):
    """All that a row says of when. ``fiscal_year`` is None where nothing tells it."""

    first_day: date | None
    last_day: date | None
    date_precision: str
    fiscal_year: int | None
    start_time: time | None
    end_time: time | None
    date_note: str


class Reader:
    """Reads one row; each method reads what belongs together and notes what is wrong with it."""

    def __init__(self, profile: Profile, cells: Mapping[str, str]):
        self.headers = {column.field: column.header for column in profile.columns}
        self.cells = {field: self._filled(field, cell) for field, cell in cells.items()}
        self.reading = Reading({}, {}, [])

    @staticmethod
    def _filled(field: str, cell: str) -> str:
        if field in _UNDECIDED_IS_KEPT:
            return cell
        return "" if values.is_blank(cell, none_is_blank=field not in _NONE_IS_SAID) else cell

    def read(self) -> Reading:
        for field, cell in self.cells.items():
            if _UNUSABLE.search(cell):
                self.problem(field, "外字や制御文字など、使えない文字があります。")
            if field not in _COMPOSED:
                self.keep(field, self.read_cell(field, cell))
        self.read_schedule()
        self.read_status()
        self.read_roles()
        self.read_capacity()
        self.read_deadline()
        self.read_url()
        self.read_address()
        return self.reading

    def keep(self, field: str, value: Any) -> None:
        self.reading.values[field] = value

    def problem(self, field: str, message: object) -> None:
        self.reading.problems.setdefault(field, Remark(self.headers.get(field, ""), str(message)))

    def note(self, field: str, message: str) -> None:
        self.reading.notes.append(Remark(self.headers.get(field, ""), message))

    def read_cell(self, field: str, cell: str) -> Any:
        if not cell:
            return _EMPTY.get(field, "")
        return self.attempt(field, _READERS.get(field, str), cell)

    def attempt(self, field: str, reader: Callable[[str], Any], cell: str) -> Any:
        try:
            return reader(cell)
        except ValueError as error:
            self.problem(field, error)
            return None

    def read_days(self, field: str) -> Days:
        cell = self.cells.get(field, "")
        return (self.attempt(field, read_days, cell) if cell else None) or NO_DAYS

    def read_schedule(self) -> None:
        if "first_day" not in self.cells:
            return
        first, last = self.read_days("first_day"), self.read_days("last_day")
        start, end, times_note = self.times(first)
        note = read_schedule_note(self.cells.get("date_note", ""))
        days = _days(first, last, note.year, note.month)
        written = (first.note, last.note if last.note != first.note else "", times_note, note.rest)
        words = "、".join(dict.fromkeys(filter(None, written)))
        fiscal_year = fiscal_year_of(days.first) if days.first else note.year or fiscal_year_in(words)
        schedule = Schedule(days.first, days.last, days.precision, fiscal_year, start, end, words)
        self.keep("schedule", schedule)

    def times(self, first: Days) -> tuple[time | None, time | None, str]:
        start_cell = self.cells.get("start_time") or first.time
        start = self.attempt("start_time", read_times, start_cell) if start_cell else None
        end_cell = self.cells.get("end_time", "")
        end = self.attempt("end_time", read_times, end_cell) if end_cell else None
        ends = (end.start if end else None) or (end.end if end else None) or (start.end if start else None)
        if ends == END_OF_DAY and "59" not in (end_cell or start_cell):
            self.note("end_time", "24:00は、23:59として登録します。")
        notes = [found.note for found in (start, end) if found and found.note]
        return (start.start if start else None), ends, "、".join(dict.fromkeys(notes))

    def read_status(self) -> None:
        if "status" in self.cells:
            self.keep("status", self.status_of(self.cells["status"]))
        if "status_remarks" in self.cells:
            said = read_status_remarks(self.cells["status_remarks"])
            self.keep("remarks", said.remarks)
            if said.label:
                self.keep("status", _STATUS_WORDS[said.label])
                self.keep("status_reason", said.reason)

    def status_of(self, cell: str) -> Status | None:
        word = values.folded(cell)
        if word and word not in _STATUS_WORDS:
            self.problem("status", f"{'・'.join(map(str, Status.labels))}のいずれかを書いてください（{cell}）。")
        return _STATUS_WORDS.get(word)

    def read_roles(self) -> None:
        for field, role in (("organizer", EventRoleKind.ORGANIZER), ("co_organizers", EventRoleKind.CO_ORGANIZER)):
            if field in self.cells:
                self.keep(field, {role: values.names_in(self.cells[field])})
        if "other_bodies" in self.cells:
            self.keep("other_bodies", roles_in(self.cells["other_bodies"]))

    def read_capacity(self) -> None:
        """What a capacity says besides a number goes to how to apply or, without that column, to the remarks."""
        if "capacity" not in self.cells:
            return
        cell = self.cells["capacity"]
        capacity = (self.attempt("capacity", values.read_capacity, cell) if cell else None) or values.Capacity(None)
        self.keep("capacity", capacity.number)
        if not capacity.rest:
            return
        beside = "application" if "application" in self.cells else "remarks"
        if beside in self.reading.values:
            self._add_line(beside, f"定員：{capacity.rest}")
            self.note("capacity", f"「{capacity.rest}」は「{self.headers.get(beside, '備考')}」に残します。")
        else:
            self.note("capacity", f"「{capacity.rest}」を残す列がありません。")

    def _add_line(self, field: str, line: str) -> None:
        lines = (self.reading.values[field] or "").split("\n")
        if line not in lines:
            self.keep(field, "\n".join(filter(None, [*lines, line])))

    def read_deadline(self) -> None:
        if "application_deadline" not in self.cells:
            return
        days = self.read_days("application_deadline")
        if days.precision == DatePrecision.MONTH:
            self.problem("application_deadline", "申込期限は日まで書いてください。")
        cell = self.cells.get("application_deadline_time") or days.time
        times = self.attempt("application_deadline_time", read_times, cell) if cell else None
        self.keep("application_deadline", days.last or days.first)
        self.keep("application_deadline_time", (times.end or times.start) if times else None)

    def read_url(self) -> None:
        if not self.cells.get("url"):
            return
        cell = self.cells["url"]
        self.keep("url", self.attempt("url", values.read_url, cell))
        if "://" not in cell and "url" not in self.reading.problems:
            self.note("url", "「https://」を補いました。")

    def read_address(self) -> None:
        if "address_city" in self.cells:
            self.keep("address", join_address(AddressParts(*(self.cells.get(part, "") for part in _ADDRESS_PARTS))))


# Read by methods of their own, not cell by cell.
_COMPOSED = {
    *("first_day", "last_day", "start_time", "end_time", "date_note"),
    *("status", "status_remarks", "organizer", "co_organizers", "other_bodies", "capacity"),
    *("application_deadline", "application_deadline_time", *_ADDRESS_PARTS),
}


def read_row(profile: Profile, cells: Mapping[str, str]) -> Reading:
    """What the cells of a row, by field, say of an event."""
    return Reader(profile, cells).read()


def _days(first: Days, last: Days, year: int | None, month: int | None) -> Days:
    """The days of a row: those of its cells, else the month that its note begins with."""
    if first.first is None and year and month:
        return read_days(f"{year}-{month:02}")
    if first.first is None:
        return first
    return first._replace(last=last.last or last.first or first.last or first.first)


def roles_in(cell: str) -> dict[EventRoleKind, list[str]]:
    """「協賛：A、B／後援：C」 as names by role; names without a role take part (連携協力)."""
    found: dict[EventRoleKind, list[str]] = {}
    for group in cell.replace("\n", "／").split("／"):
        label, colon, names = group.replace(":", "：").partition("：")
        role = _ROLE_WORDS.get(label.strip()) if colon else None
        having = found.setdefault(role or EventRoleKind.COOPERATION, [])
        having += [name for name in values.names_in(names if role else group) if name not in having]
    return {role: names for role, names in found.items() if names}
