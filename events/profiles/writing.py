"""Events as records, and records as rows of text in a format. Pure functions, no database.

Read the events with ``Event.objects.for_open_data(at)``: everything used here is fetched with them.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import jaconv

from events.choices import DatePrecision, EventRoleKind
from events.models import Event, EventRole, Venue
from events.profiles.address import full_address, split_address
from events.profiles.notes import ScheduleNote, StatusRemarks, schedule_note, status_remarks
from events.profiles.record import EventRecord
from events.rules import AS_ANNOUNCED, in_order_of, state_at
from portal.core.cells import as_text
from portal.core.importing.columns import Profile

# The code under which the 23 wards together publish, and the prefecture that it is of.
TOKYO_CODE, TOKYO = "130001", "東京都"
_OWN_COLUMNS = (EventRoleKind.ORGANIZER, EventRoleKind.CO_ORGANIZER)


def event_record(event: Event, at: datetime, site: str = "") -> EventRecord:
    """An event as it stands at a moment; ``site`` is put before the address of its picture."""
    return EventRecord(
        **_identity(event),
        **_words(event, at, site),
        **_schedule(event),
        **_place(event.venue),
        **_people(event),
        **_taking_part(event),
    )


def _identity(event: Event) -> dict[str, Any]:
    owner = event.owner
    return {
        "code": owner.code if owner else TOKYO_CODE,
        "number": event.number or str(event.pk),
        "prefecture_name": owner.prefecture.name if owner else TOKYO,
        "municipality_name": owner.name if owner else "",
    }


def _words(event: Event, at: datetime, site: str) -> dict[str, Any]:
    picture = next(iter(event.images.all()), None)
    status = str(event.get_status_display())
    said = StatusRemarks(status, event.status_reason, event.remarks)
    return {
        "title": event.title,
        "title_kana": jaconv.hira2kata(event.title_kana),
        "title_en": event.title_en,
        "short_title": event.short_title,
        "subtitle": event.theme,
        "summary": event.summary,
        "description": event.programme,
        "sub_events": _listed(part.title for part in event.sub_events.all()),
        "kind": str(event.get_kind_display()),
        "url": event.url,
        "image_url": f"{site}{picture.file.url}" if picture else "",
        "status": status,
        "stage": state_at(event, at, start_time=event.start_time).label,
        "target_industry": event.target_industry,
        "remarks": event.remarks,
        "status_remarks": event.remarks if event.status in AS_ANNOUNCED else status_remarks(said),
    }


def _schedule(event: Event) -> dict[str, Any]:
    is_known = event.is_known_to_the_day
    return {
        "first_day": event.first_day if is_known else None,
        "last_day": event.last_day if is_known else None,
        "start_time": event.start_time,
        "end_time": event.end_time,
        "date_note": schedule_note(_note(event)),
    }


def _note(event: Event) -> ScheduleNote:
    if event.is_known_to_the_day:
        return ScheduleNote(rest=event.date_note)
    if event.first_day is None:
        return ScheduleNote(DatePrecision.UNKNOWN, event.fiscal_year, None, event.date_note)
    return ScheduleNote(DatePrecision.MONTH, event.first_day.year, event.first_day.month, event.date_note)


def _place(venue: Venue | None) -> dict[str, Any]:
    if venue is None:
        return {}
    prefecture, city = (venue.municipality.prefecture.name, venue.municipality.name) if venue.municipality else ("", "")
    address = full_address(venue.address, prefecture, city)
    parts = split_address(address, city)
    return {
        "venue_name": venue.name,
        "postal_code": venue.postal_code,
        "address": address,
        "address_prefecture": parts.prefecture,
        "address_city": parts.city,
        "address_town": parts.town,
        "address_rest": parts.rest,
        "address_detail": venue.address_detail,
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "access": venue.access,
        "parking": venue.parking,
        "bicycle_parking": venue.bicycle_parking,
    }


def _people(event: Event) -> dict[str, Any]:
    roles = list(event.roles.all())
    others = [role for role in roles if role.role not in _OWN_COLUMNS]
    contact = event.contact
    return {
        "organizer": _holders(roles, EventRoleKind.ORGANIZER),
        "co_organizers": _holders(roles, EventRoleKind.CO_ORGANIZER),
        "other_bodies": "／".join(
            f"{label}：{_listed(str(role.holder) for role in having)}"
            for label, having in in_order_of(EventRoleKind, others, lambda role: role.role)
        ),
        "contact_name": str(contact) if contact else "",
        "contact_phone": contact.phone if contact else "",
        "contact_extension": contact.extension if contact else "",
        "contact_email": contact.email if contact else "",
    }


def _holders(roles: Iterable[EventRole], kind: EventRoleKind) -> str:
    return _listed(str(role.holder) for role in roles if role.role == kind)


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)


def _taking_part(event: Event) -> dict[str, Any]:
    return {
        "meeting_place": event.meeting_place,
        "audience": event.audience,
        "capacity": event.capacity,
        "fee": event.fee or ("無料" if event.is_free else ""),
        "fee_detail": event.fee_detail,
        "languages": event.languages,
        "application": event.application,
        "application_deadline": event.application_deadline,
        "application_deadline_time": event.application_deadline_time,
    }


def row_of(record: EventRecord, profile: Profile) -> list[str]:
    """A record as the cells of one row in a format."""
    return [as_text(getattr(record, column.field)) for column in profile.columns]
