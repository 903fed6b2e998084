"""Events, exhibitions and stops of tours as entries of a calendar. Pure functions: all they need is fetched before."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from events.choices import DatePrecision, Status, StopState
from events.models import Event, Exhibition, TourStop, Venue
from events.rules import NOT_TAKING_PLACE
from events.titles import mark_of, marked_title
from portal.core.models import ContactPoint
from portal.core.text import plain
from portal.core.wareki import era_date, long_date

CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"
_STANDING: dict[str, str] = {
    Status.CANCELLED: CANCELLED,
    Status.POSTPONED: TENTATIVE,
    Status.WITHHELD: TENTATIVE,
    StopState.ARRANGING: TENTATIVE,
    StopState.UNKNOWN: TENTATIVE,
}
# Stops in these states need no word beside their title.
_STOPS_AS_ANNOUNCED = (StopState.PLANNED, StopState.HELD)


class Entry(NamedTuple):
    """An entry of a calendar, days inclusive.

    ``key`` names it for good; ``standing`` is the STATUS of iCalendar; ``point`` is latitude and longitude in degrees;
    ``whole`` is the key of the event it is a part of; ``revision`` counts its changes.
    """

    key: str
    path: str
    title: str
    standing: str
    category: str
    first_day: date
    last_day: date
    start_time: time | None
    end_time: time | None
    place: str
    point: tuple[float, float] | None
    description: str
    contact: str
    whole: str
    revision: int
    created: datetime
    changed: datetime

    @property
    def order(self) -> tuple[date, date, str]:
        return self.first_day, self.last_day, self.key


def entries_of_event(event: Event, at: datetime) -> list[Entry]:
    """An event; where its parts have days, they stand for it. None where no day is known."""
    dated = [part for part in event.sub_events.all() if part.date_precision == DatePrecision.DAY]
    return [entry for row in dated or [event] for entry in entry_of_event(row, at)]


def entry_of_event(event: Event, at: datetime) -> list[Entry]:
    """An event or a part of one, unless its days are not known. What calls off the whole calls off the part.

    The whole is told of only while it is public at the moment.
    """
    if event.first_day is None or event.last_day is None or event.date_precision != DatePrecision.DAY:
        return []
    whole = event.parent if event.parent and event.parent.is_public(at) else None
    teller = whole if whole and whole.status in NOT_TAKING_PLACE and event.status not in NOT_TAKING_PLACE else event
    # Every part is told anew with its whole, public or not, so that the number never falls.
    told = [event, event.parent] if event.parent else [event]
    return [
        Entry(
            key=f"event-{event.pk}",
            path=event.get_absolute_url(),
            title=plain(marked_title(event.title, mark=mark_of(teller.status), is_demo=event.is_demo)),
            standing=_STANDING.get(teller.status, CONFIRMED),
            category=event.get_kind_display(),
            first_day=event.first_day,
            last_day=event.last_day,
            start_time=event.start_time,
            end_time=event.end_time,
            place=_place(event.venue, is_online=event.is_also_online),
            point=_point(event.venue),
            description=_lines([_standing_words(teller), *_event_words(event, whole)]),
            contact=_contact(event.contact),
            whole=f"event-{whole.pk}" if whole else "",
            revision=sum(row.revision for row in told),
            created=event.created_at,
            changed=max(row.updated_at for row in told),
        )
    ]


def entries_of_exhibition(exhibition: Exhibition) -> list[Entry]:
    """An exhibition in its first place, then each stop of its tour, as far as their days are known."""
    stops = [entry for stop in exhibition.stops.all() for entry in entry_of_stop(stop)]
    return [*entry_of_exhibition(exhibition), *stops]


def entry_of_exhibition(exhibition: Exhibition) -> list[Entry]:
    """An exhibition in its first place, unless its days there are not known."""
    if exhibition.date_precision != DatePrecision.DAY:
        return []
    return _exhibition_entry(
        exhibition,
        exhibition,
        key=f"exhibition-{exhibition.pk}",
        mark=mark_of(exhibition.status),
        standing=_STANDING.get(exhibition.status, CONFIRMED),
        place=_place(exhibition.venue),
        note=exhibition.date_note,
    )


def entry_of_stop(stop: TourStop) -> list[Entry]:
    """A stop of a tour, unless its days are not known. What calls off the exhibition calls off its stops."""
    exhibition = stop.exhibition
    state = exhibition.status if exhibition.status in NOT_TAKING_PLACE else stop.state
    announced = state in _STOPS_AS_ANNOUNCED
    label = exhibition.get_status_display() if state == exhibition.status else stop.get_state_display()
    ward = str(stop.ward) if stop.ward else ""
    return _exhibition_entry(
        exhibition,
        stop,
        key=f"stop-{stop.pk}",
        mark="" if announced else label,
        standing=_STANDING.get(state, CONFIRMED),
        ward=ward,
        place=" ".join(filter(None, [ward, _place(stop.venue)])),
        note=stop.note,
    )


def _exhibition_entry(
    exhibition: Exhibition,
    shown: Exhibition | TourStop,
    *,
    key: str,
    mark: str,
    standing: str,
    place: str,
    note: str,
    ward: str = "",
) -> list[Entry]:
    """What the first place and the stops have in common."""
    if shown.first_day is None or shown.last_day is None:
        return []
    title = f"{exhibition.full_title}（{ward}）" if ward else exhibition.full_title
    words = [_standing_words(exhibition), note, exhibition.summary, *_labelled([("出展者", exhibition.exhibitor)])]
    return [
        Entry(
            key=key,
            path=exhibition.get_absolute_url(),
            title=plain(marked_title(title, mark=mark, is_demo=exhibition.is_demo)),
            standing=standing,
            category="全国連携展示",
            first_day=shown.first_day,
            last_day=shown.last_day,
            start_time=None,
            end_time=None,
            place=plain(place),
            point=_point(shown.venue),
            description=_lines(words),
            contact=_contact(exhibition.contact),
            whole="" if shown is exhibition else f"exhibition-{exhibition.pk}",
            revision=exhibition.revision,
            created=exhibition.created_at,
            changed=exhibition.updated_at,
        )
    ]


def _standing_words(item: Event | Exhibition) -> str:
    """「中止：会場の都合のため。（令和2年3月1日決定）」; nothing for what takes place as announced."""
    mark = mark_of(item.status)
    decided = f"（{era_date(item.status_changed_on)}決定）" if mark and item.status_changed_on else ""
    return f"{mark}：{item.status_reason}{decided}" if mark and item.status_reason else f"{mark}{decided}"


def _event_words(event: Event, whole: Event | None) -> list[str]:
    deadline = long_date(event.application_deadline) if event.application_deadline else ""
    if deadline and event.application_deadline_time:
        deadline += f"{event.application_deadline_time:%H:%M}"
    free = "無料" if event.is_free and not event.fee else ""
    return [
        f"「{whole}」の一部です。" if whole else "",
        event.summary,
        *_labelled(
            [
                ("日程", event.date_note),
                ("時間", times_in_words(event)),
                ("集合場所", event.meeting_place),
                ("オンライン", event.online_url),
                ("対象", event.audience),
                ("料金", event.fee or free),
                ("申込", event.application),
                ("申込期限", deadline),
            ]
        ),
    ]


def times_in_words(event: Event) -> str:
    """「10:00～17:00」, where they are not the hours of a single day, which the entry itself has."""
    start, end = event.start_time, event.end_time
    if event.first_day == event.last_day and start:
        return ""
    if start and end and end <= start:
        return f"初日{start:%H:%M}から最終日{end:%H:%M}まで"
    first, last = (f"{moment:%H:%M}" if moment else "" for moment in (start, end))
    return f"{first}～{last}" if first or last else ""


def _labelled(facts: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{label}：{said}" for label, said in facts if said]


def _lines(words: Iterable[str]) -> str:
    return "\n".join(plain(word).strip() for word in words if word.strip())


def _place(venue: Venue | None, *, is_online: bool = False) -> str:
    """Name and address, as a map finds them."""
    if venue is None:
        return "オンライン" if is_online else ""
    known = " ".join(filter(None, [venue.name, venue.address, venue.address_detail]))
    return plain(f"{known}（オンラインでも参加できます）" if is_online and not venue.is_online else known)


def _point(venue: Venue | None) -> tuple[float, float] | None:
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    return float(venue.latitude), float(venue.longitude)


def _contact(contact: ContactPoint | None) -> str:
    if contact is None:
        return ""
    extension = f"（内線{contact.extension}）" if contact.extension else ""
    phone = f"電話 {contact.phone}{extension}" if contact.phone else ""
    return plain(" ".join(filter(None, [str(contact), phone, contact.email])))
