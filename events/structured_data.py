"""Events and exhibitions in the vocabulary of schema.org. Pure functions; only what is known is said."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.utils import timezone

from events.choices import DatePrecision, EventRoleKind, Status, StopState
from events.models import Dated, Event, EventRole, Exhibition, FormerSchedule, Speaker, TourStop, Venue
from events.rules import NOT_TAKING_PLACE
from events.wording import description_of
from municipalities.models import Company, Municipality
from portal.core.models import Image
from portal.core.structured_data import Absolute, Thing, identified, thing, word

# The property under which those who have a role stand.
ROLE_PROPERTIES = {
    "organizer": (EventRoleKind.ORGANIZER, EventRoleKind.CO_ORGANIZER),
    "sponsor": (EventRoleKind.SPONSOR, EventRoleKind.SPECIAL_COOPERATION, EventRoleKind.PATRON),
    "contributor": (EventRoleKind.COOPERATION,),
}
_PRICE = re.compile(r"([0-9,]+)円")


def event_thing(
    event: Event, *, parts: Iterable[Event], whole: Event | None, images: Iterable[Image], absolute: Absolute
) -> Thing:
    """An event with its public parts, and the whole that it is part of where that is public."""
    return {
        **_occasion("Event", event, absolute),
        **thing(
            "Event",
            alternateName=[name for name in (event.title_en, event.short_title) if name],
            description=event.summary or description_of(event),
            image=[absolute(image.shown.address) for image in images],
            eventAttendanceMode=_attendance_mode(event),
            location=_locations(event),
            **_holders(event.roles.all(), absolute),
            performer=[_performer(speaker) for speaker in event.speakers.all()],
            offers=_offer(event),
            isAccessibleForFree=event.is_free,
            maximumAttendeeCapacity=event.capacity,
            inLanguage="ja",
            superEvent=_named("Event", whole, absolute) if whole else None,
            subEvent=[_part(part, absolute) for part in parts],
        ),
    }


def exhibition_thing(exhibition: Exhibition, *, stops: Iterable[TourStop], absolute: Absolute) -> Thing:
    """An exhibition in its first place, and those stops of its tour whose days are known."""
    kind = "ExhibitionEvent"
    return {
        **_occasion(kind, exhibition, absolute),
        **thing(
            kind,
            description=exhibition.summary or description_of(exhibition),
            image=[absolute(image.shown.address) for image in exhibition.images.all()],
            location=_place(exhibition.venue) if exhibition.venue else None,
            contributor=thing("Organization", name=exhibition.exhibitor) if exhibition.exhibitor else None,
            inLanguage="ja",
            subEvent=[_stop(exhibition, stop) for stop in stops if stop.first_day],
        ),
    }


def _named(kind: str, item: Event | Exhibition, absolute: Absolute) -> Thing:
    name = item.full_title if isinstance(item, Exhibition) else item.title
    return thing(kind, **identified(absolute(item.get_absolute_url())), name=name)


def _occasion(kind: str, item: Event | Exhibition, absolute: Absolute) -> Thing:
    """What every event says: what it is called, when it is, and what became of the plan."""
    former = list(item.former_schedules.all())
    previous = [said for schedule in former if (said := _first_day(schedule))]
    return {
        **_named(kind, item, absolute),
        **_days(item),
        "eventStatus": event_status(item, former),
        **({"previousStartDate": previous} if previous else {}),
    }


def _part(part: Event, absolute: Absolute) -> Thing:
    location = thing("Place", name=part.venue.name) if part.venue and not part.venue.is_online else None
    return {**_named("Event", part, absolute), **_days(part), "eventStatus": event_status(part, [])} | (
        {"location": location} if location else {}
    )


def event_status(item: Event | Exhibition, former: Sequence[FormerSchedule]) -> str:
    """What became of the plan. A day to which it was moved makes it rescheduled; without one it is postponed."""
    if item.status == Status.CANCELLED:
        return word("EventCancelled")
    was_moved = bool(former) and item.date_precision == DatePrecision.DAY
    if item.status == Status.WITHHELD or (item.status == Status.POSTPONED and not was_moved):
        return word("EventPostponed")
    return word("EventRescheduled" if was_moved else "EventScheduled")


def _days(item: Event | Exhibition) -> Thing:
    """Beginning and end, as precisely as they are known: a month is a month, an unknown day is not there."""
    first, last = item.first_day, item.last_day
    if first is None or last is None:
        return {}
    if item.date_precision == DatePrecision.MONTH:
        return {"startDate": f"{first:%Y-%m}", "endDate": f"{last:%Y-%m}"}
    start, end = (item.start_time, item.end_time) if isinstance(item, Event) else (None, None)
    days = {"startDate": _moment(first, start)}
    # A bare day would be before the beginning of the same day.
    return days if first == last and start and not end else days | {"endDate": _moment(last, end)}


def _moment(day: date, at: time | None) -> str:
    return day.isoformat() if at is None else timezone.make_aware(datetime.combine(day, at)).isoformat()


def _first_day(schedule: Dated) -> str:
    is_known = schedule.first_day is not None and schedule.date_precision == DatePrecision.DAY
    return schedule.first_day.isoformat() if schedule.first_day and is_known else ""


def _attendance_mode(event: Event) -> str:
    in_a_place = event.venue is not None and not event.venue.is_online
    if event.is_online:
        return word("MixedEventAttendanceMode" if in_a_place else "OnlineEventAttendanceMode")
    return word("OfflineEventAttendanceMode") if in_a_place else ""


def _locations(event: Event) -> list[Thing]:
    places = [_place(event.venue)] if event.venue and not event.venue.is_online else []
    if event.is_online:
        address = event.online_url or (event.venue.url if event.venue and event.venue.is_online else "") or event.url
        places.append(thing("VirtualLocation", url=address))
    return places


def _place(venue: Venue) -> Thing:
    town = venue.municipality
    address = thing(
        "PostalAddress",
        postalCode=venue.postal_code,
        addressRegion=town.prefecture.name if town else "",
        addressLocality=town.name if town else "",
        streetAddress=f"{venue.address} {venue.address_detail}".strip(),
    )
    is_known = len(address) > 1
    return thing(
        "Place",
        name=venue.name,
        url=venue.url,
        address=address | {"addressCountry": "JP"} if is_known else None,
        geo=_point(venue),
    )


def _point(venue: Venue) -> Thing | None:
    if venue.latitude is None or venue.longitude is None:
        return None
    return thing("GeoCoordinates", latitude=float(venue.latitude), longitude=float(venue.longitude))


def _holders(roles: Iterable[EventRole], absolute: Absolute) -> dict[str, list[Thing]]:
    """Those who have a role, under the property that comes closest to it."""
    by_role = [(role.role, _holder(role, absolute)) for role in roles]
    return {name: [holder for role, holder in by_role if role in roles] for name, roles in ROLE_PROPERTIES.items()}


def _holder(role: EventRole, absolute: Absolute) -> Thing:
    holder = role.holder
    if isinstance(holder, Municipality):
        return thing("GovernmentOrganization", name=holder.name, url=absolute(holder.get_absolute_url()))
    return thing("Corporation" if isinstance(holder, Company) else "Organization", name=str(holder))


def _performer(speaker: Speaker) -> Thing:
    """Offices and titles are one text with us, so that neither is claimed to be the other."""
    return thing("Person", name=speaker.name, description=speaker.affiliation)


def _offer(event: Event) -> Thing | None:
    price = 0 if event.is_free else price_of(event.fee)
    words = " ".join(filter(None, [event.fee, event.fee_detail]))
    if price is None and not words:
        return None
    deadline = event.application_deadline
    return thing(
        "Offer",
        price=price,
        priceCurrency="JPY" if price is not None else None,
        description=words,
        url=event.url,
        availabilityEnds=_moment(deadline, event.application_deadline_time) if deadline else None,
    )


def price_of(fee: str) -> int | None:
    """Yen, where a fee is nothing but one amount: 「1,000円」. Anything more is for people to read."""
    match = _PRICE.fullmatch(unicodedata.normalize("NFKC", fee).strip())
    digits = match[1].replace(",", "") if match else ""
    return int(digits) if digits else None


def _stop(exhibition: Exhibition, stop: TourStop) -> Thing:
    where = stop.venue.name if stop.venue else stop.ward.name if stop.ward else ""
    return thing(
        "ExhibitionEvent",
        name=f"{exhibition.full_title}（{stop.ward or '巡回展示'}）",
        startDate=stop.first_day.isoformat() if stop.first_day else None,
        endDate=stop.last_day.isoformat() if stop.last_day else None,
        eventStatus=_status_of_stop(exhibition, stop),
        location=thing("Place", name=where, address=_address_of(stop)) if where else None,
    )


def _address_of(stop: TourStop) -> Thing | None:
    return thing("PostalAddress", addressLocality=stop.ward.name, addressCountry="JP") if stop.ward else None


def _status_of_stop(exhibition: Exhibition, stop: TourStop) -> str:
    if exhibition.status in NOT_TAKING_PLACE:
        return event_status(exhibition, [])
    return word("EventCancelled" if stop.state == StopState.CANCELLED else "EventScheduled")
