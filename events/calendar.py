"""A month as a calendar has it: weeks from Sunday to Saturday, and what takes place on each day. No database."""

from calendar import Calendar
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import NamedTuple

from events.choices import DatePrecision, Status
from events.entries import NAMED, Entry
from events.showings import Showing
from events.when import Span, month_of
from portal.core.wareki import WEEKDAYS

SUNDAY = 6
ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1947, 2199


class Day(NamedTuple):
    """A day and its entries, each with whether it begins there; ``more``: how many events are not named."""

    day: date
    weekday: str
    is_outside: bool
    is_today: bool
    holiday: str
    named: list[tuple[Entry, bool]]
    more: int

    @property
    def iso(self) -> str:
        return self.day.isoformat()


class Month(NamedTuple):
    """``long``: runs of more than a month; ``undated``: known to the month only; ``more``: not named of these two."""

    first: date
    last: date
    weeks: list[list[Day]]
    long: list[Entry]
    undated: list[Entry]
    more: int
    total: int


def month_page(
    first: date, today: date, events: Iterable[Entry], showings: Iterable[Showing], holidays: Mapping[date, str]
) -> Month:
    """The month that begins on a day, with the events and exhibitions that touch it."""
    month = month_of(first)
    dated = [*events, *map(entry_of, showings)]
    undated = [entry for entry in dated if entry.date_precision == DatePrecision.MONTH]
    dated = [entry for entry in dated if entry.date_precision == DatePrecision.DAY]
    on_days = _by_day((entry for entry in dated if not entry.is_long), month)
    weeks = [
        [_day(day, month, today, holidays.get(day, ""), on_days.get(day, [])) for day in week]
        for week in Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    ]
    long = [entry for entry in dated if entry.is_long]
    total = len(dated) + len(undated) + unseen([*dated, *undated])
    return Month(first, month.last or first, weeks, long, undated, unseen([*long, *undated]), total)


def unseen(entries: Iterable[Entry]) -> int:
    """How many more there are of the days of these entries than the database gave."""
    return sum(entry.unseen for entry in entries)


def entry_of(showing: Showing) -> Entry:
    exhibition = showing.exhibition
    return Entry(
        exhibition.pk,
        exhibition.full_title,
        DatePrecision.DAY,
        showing.first,
        showing.last,
        None,
        Status.CANCELLED if showing.cancelled else exhibition.status,
        exhibition.is_demo,
        is_exhibition=True,
        place=str(showing.place or showing.venue or ""),
    )


def _by_day(entries: Iterable[Entry], month: Span) -> dict[date, list[Entry]]:
    """The entries of each day of a month."""
    found: dict[date, list[Entry]] = {}
    for entry in entries:
        day, last = max(entry.first, month.first or entry.first), min(entry.last, month.last or entry.last)
        while day <= last:
            found.setdefault(day, []).append(entry)
            day += ONE_DAY
    return found


def _day(day: date, month: Span, today: date, holiday: str, entries: list[Entry]) -> Day:
    """Exhibitions first, then what begins there, by its hour, before what goes on."""
    first, last = month.first or day, month.last or day

    def begins(entry: Entry) -> bool:
        """What began before the month begins, for its page, on the first day."""
        return entry.first == day or (day == first and entry.first < day)

    events = [entry for entry in entries if not entry.is_exhibition]
    events.sort(key=lambda entry: (not begins(entry), entry.start_time or time.min))
    total = len(events) + unseen(events)
    # A day has three lines at most; where there are more events, the last line says how many.
    number = total if total <= NAMED else NAMED - 1
    shown = [entry for entry in entries if entry.is_exhibition] + events[:number]
    is_outside = not first <= day <= last
    holiday = "" if is_outside else holiday
    named = [(entry, begins(entry)) for entry in shown]
    return Day(day, WEEKDAYS[day.weekday()], is_outside, day == today, holiday, named, total - number)
