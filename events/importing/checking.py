"""What the database would refuse of an event, told beforehand and by column. Pure functions."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, URLField
from django.db.models import Model as Row

from events.choices import DatePrecision
from events.models import Event, Venue
from portal.core.models import ContactPoint

FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR = 1947, 2200


def faults_of(event: Event) -> Iterator[tuple[str, str]]:
    """What is wrong with an event, as field of the record and message."""
    if not event.title:
        yield "title", "空欄にはできません。"
    yield from _schedule_faults(event)
    if event.application_deadline_time and not event.application_deadline:
        yield "application_deadline_time", "申込期限の時刻には、申込期限の日も入れてください。"
    yield from too_long(event)


def _schedule_faults(event: Event) -> Iterator[tuple[str, str]]:
    if event.fiscal_year is None:
        said = "日が分からないときは、年度（「令和7年度」など）を日時の補足の列に書いてください。"
        yield "first_day", said
        return
    if not FIRST_FISCAL_YEAR <= event.fiscal_year <= LAST_FISCAL_YEAR:
        yield "first_day", f"年度は{FIRST_FISCAL_YEAR}から{LAST_FISCAL_YEAR}までです。"
    if event.first_day is None or event.last_day is None or event.date_precision == DatePrecision.UNKNOWN:
        return
    if event.last_day < event.first_day:
        yield "last_day", "終了日が開始日より前です。"
    is_one_day = event.first_day == event.last_day
    if is_one_day and event.start_time and event.end_time and event.end_time <= event.start_time:
        yield "end_time", "終了時刻が開始時刻より後ではありません。日付をまたぐときは終了日も書いてください。"


def point_faults(latitude: Any, longitude: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with a point, in degrees."""
    if (latitude is None) != (longitude is None):
        yield ("latitude" if latitude is None else "longitude"), "緯度と経度は両方を入れてください。"
    elif latitude is not None and not (20 <= latitude <= 46 and 122 <= longitude <= 154):
        swapped = 20 <= longitude <= 46 and 122 <= latitude <= 154
        yield "latitude", "緯度と経度が逆のようです。" if swapped else "緯度・経度が日本の範囲にありません。"


# The names of the record's fields where they are not those of the models.
_FIELDS: dict[type[Row], dict[str, str]] = {
    Event: {"theme": "subtitle", "programme": "description"},
    Venue: {"name": "venue_name"},
    ContactPoint: {
        "organization": "contact_name",
        "department": "contact_name",
        "phone": "contact_phone",
        "extension": "contact_extension",
        "email": "contact_email",
    },
}


def too_long(row: Event | Venue | ContactPoint) -> Iterator[tuple[str, str]]:
    """The texts of a row that do not fit its columns: SQLite would keep them, PostgreSQL would not."""
    for field in type(row)._meta.concrete_fields:
        text = getattr(row, field.attname)
        if isinstance(field, CharField | URLField) and field.max_length and len(text or "") > field.max_length:
            name = _FIELDS[type(row)].get(field.name, field.name)
            yield name, f"{field.max_length}文字までです（{len(text)}文字あります）。"
