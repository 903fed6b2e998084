"""Calendars as two readers understand them that know nothing of one another: icalendar and vobject."""

import unicodedata
from datetime import date, datetime
from typing import Any, NamedTuple

import icalendar
import vobject

TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "URL", "CONTACT", "RELATED-TO", "TRANSP")


class Read(NamedTuple):
    """An entry: ``start`` and ``end`` as they are written, the end being the first moment or day after it."""

    start: date | datetime
    end: date | datetime | None
    zone: str
    sequence: int
    stamp: datetime
    changed: datetime
    created: datetime
    categories: list[str]
    point: tuple[float, float] | None
    texts: dict[str, str]

    @property
    def title(self) -> str:
        return self.texts["SUMMARY"]

    @property
    def lines(self) -> list[str]:
        return self.texts["DESCRIPTION"].split("\n")


def read(body: bytes) -> dict[str, Read]:
    """The entries of a calendar by their UID. Both readers must find the same; every rule of the form must hold."""
    check_form(body)
    found = {str(event["UID"]): _by_icalendar(event) for event in icalendar.Calendar.from_ical(body).walk("VEVENT")}
    calendar = vobject.readOne(body.decode())
    again = {event.uid.value: _by_vobject(event) for event in calendar.contents.get("vevent", [])}
    assert again == found
    assert list(again) == list(found)
    return found


def check_form(body: bytes) -> None:
    """Lines of at most 75 octets that end with CR LF, each UTF-8 by itself, without control characters but tabs."""
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        assert [
            character for character in line.decode() if character != "\t" and unicodedata.category(character) == "Cc"
        ] == []
    unfolded = body.replace(b"\r\n ", b"").split(b"\r\n")
    assert [line for line in unfolded[:-1] if not line[:1].isupper() or b":" not in line] == []


def _by_icalendar(event: icalendar.Event) -> Read:
    start, end = event["DTSTART"], event.get("DTEND")
    point = event.get("GEO")
    return Read(
        start=start.dt,
        end=end.dt if end else None,
        zone=start.params.get("TZID", ""),
        sequence=int(event["SEQUENCE"]),
        stamp=event["DTSTAMP"].dt,
        changed=event["LAST-MODIFIED"].dt,
        created=event["CREATED"].dt,
        categories=[str(one) for one in event["CATEGORIES"].cats],
        point=(point.latitude, point.longitude) if point else None,
        texts={name: str(event[name]) for name in TEXTS if name in event},
    )


def _by_vobject(event: Any) -> Read:
    contents = event.contents
    point = contents["geo"][0].value.split(";") if "geo" in contents else None
    return Read(
        start=event.dtstart.value,
        end=event.dtend.value if "dtend" in contents else None,
        zone=getattr(event.dtstart, "x_vobj_original_tzid_param", ""),
        sequence=int(event.sequence.value),
        stamp=event.dtstamp.value,
        changed=contents["last-modified"][0].value,
        created=event.created.value,
        categories=contents["categories"][0].value,
        point=(float(point[0]), float(point[1])) if point else None,
        texts={name: contents[name.lower()][0].value for name in TEXTS if name.lower() in contents},
    )
