"""An event as one flat row of plain values: what every format of event tables chooses its columns from."""

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple


class EventRecord(NamedTuple):
    """What is publicly said of an event, one value for each fact. Text that is not known is ``""``, the rest None.

    Whether a file tells something new is a question about records: two events are told alike where the values of
    the columns of a profile are equal. (``title_kana`` is katakana whatever the event has, ``fee`` may be 「無料」
    without a text, ``address`` begins with the prefecture, ``date_note`` and ``status_remarks`` say more than the
    event's own notes: their inverses are in ``events.profiles.notes`` and ``events.profiles.address``.)

    ``code`` and ``number`` identify the event: ``code`` is its owner's, or 130001 (東京都) for the 23 wards together,
    and ``number`` is the owner's or, where that is blank, the key of our row.
    """

    code: str = ""
    number: str = ""
    prefecture_name: str = ""
    municipality_name: str = ""
    title: str = ""
    title_kana: str = ""
    title_en: str = ""
    short_title: str = ""
    subtitle: str = ""
    summary: str = ""
    description: str = ""
    sub_events: str = ""
    kind: str = ""
    url: str = ""
    image_url: str = ""
    status: str = ""
    target_industry: str = ""
    stage: str = ""
    first_day: date | None = None
    last_day: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    date_note: str = ""
    venue_name: str = ""
    meeting_place: str = ""
    postal_code: str = ""
    address: str = ""
    address_prefecture: str = ""
    address_city: str = ""
    address_town: str = ""
    address_rest: str = ""
    address_detail: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    organizer: str = ""
    co_organizers: str = ""
    other_bodies: str = ""
    audience: str = ""
    capacity: int | None = None
    fee: str = ""
    fee_detail: str = ""
    languages: str = ""
    application_deadline: date | None = None
    application_deadline_time: time | None = None
    application: str = ""
    access: str = ""
    parking: str = ""
    bicycle_parking: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_extension: str = ""
    contact_email: str = ""
    remarks: str = ""
    # 「【中止】理由」 before the remarks, for formats that have no column for what became of the plan.
    status_remarks: str = ""
