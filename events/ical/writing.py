"""Entries written as iCalendar. The same entries give the same bytes: nothing is taken from the clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar

from events.ical.entries import CANCELLED, CONFIRMED, Entry

TOKYO = "Asia/Tokyo"
ONE_DAY = timedelta(days=1)
# How often calendars are asked to look again.
REFRESHED = timedelta(hours=6)
# To be raised whenever the same entries come to be written otherwise: clients learn of it by the ETag.
LAYOUT = 1


class Heading(NamedTuple):
    """What a calendar says of itself.

    ``address`` is that of the site, ``authority`` the name its entries are numbered under. ``keeps_cancelled``: what
    is cancelled says so in its title only. ``note`` explains what is missing; ``is_live``: a subscription.
    """

    title: str
    address: str
    authority: str
    note: str = ""
    is_live: bool = False
    keeps_cancelled: bool = False


def calendar_of(entries: Iterable[Entry], heading: Heading) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Tokyo 23 Special Wards Nationwide Partnership//Portal//JA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if heading.is_live:
        _add_subscription(calendar, heading)
    calendar.add_component(_tokyo())
    for entry in entries:
        calendar.add_component(_written(entry, heading))
    return calendar.to_ical()


def _add_subscription(calendar: icalendar.Calendar, heading: Heading) -> None:
    """Name and rhythm, in the words of RFC 7986 and in those that came before it."""
    for name in ("name", "x-wr-calname"):
        calendar.add(name, heading.title)
    if heading.note:
        for name in ("description", "x-wr-caldesc"):
            calendar.add(name, heading.note)
    calendar.add("x-wr-timezone", TOKYO)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(REFRESHED).to_ical().decode())
    calendar.add("color", "mediumblue")


def _tokyo() -> icalendar.Timezone:
    """Japan's time, which has not changed since 1951."""
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", TOKYO)
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 (the format wants local time here)
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "JST")
    zone.add_component(standard)
    return zone


def _written(entry: Entry, heading: Heading) -> icalendar.Event:
    event = icalendar.Event()
    address = f"{heading.address}{entry.path}"
    event.add("uid", f"{entry.key}@{heading.authority}")
    event.add("sequence", entry.revision)
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    event.add("created", entry.created)
    event.add("summary", entry.title)
    event.add("url", address)
    event.add("categories", [entry.category])
    # Google's calendar does not show URL.
    event.add("description", "\n".join(filter(None, [entry.description, f"詳しくは：{address}"])))
    _add_days(event, entry)
    _add_standing(event, entry, heading)
    for name, value in (("location", entry.place), ("geo", entry.point), ("contact", entry.contact)):
        if value:
            event.add(name, value)
    if entry.whole:
        event.add("related-to", f"{entry.whole}@{heading.authority}")
    return event


def _add_days(event: icalendar.Event, entry: Entry) -> None:
    """The hours of a single day in Japan's time; else whole days, of which the end is the day after the last."""
    if entry.first_day != entry.last_day or entry.start_time is None:
        event.add("dtstart", entry.first_day)
        event.add("dtend", entry.last_day + ONE_DAY)
        return
    zone = ZoneInfo(TOKYO)
    event.add("dtstart", datetime.combine(entry.first_day, entry.start_time, zone))
    if entry.end_time is not None:
        event.add("dtend", datetime.combine(entry.first_day, entry.end_time, zone))


def _add_standing(event: icalendar.Event, entry: Entry, heading: Heading) -> None:
    """STATUS, and whether people are busy meanwhile: not for days on end, nor with what does not take place."""
    if entry.standing != CANCELLED or not heading.keeps_cancelled:
        event.add("status", entry.standing)
    is_hours = entry.first_day == entry.last_day and entry.start_time is not None
    event.add("transp", "OPAQUE" if is_hours and entry.standing == CONFIRMED else "TRANSPARENT")
