"""Events as records and rows: what is said where, in which words."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from events.choices import DatePrecision, EventRoleKind
from events.models import Event
from events.profiles import BASE_REGISTRY, RECOMMENDED, EventRecord
from events.profiles.writing import event_record, row_of
from portal.core.cells import as_text
from tests.factories.events import EventFactory, EventRoleFactory, VenueFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 10, 10, 12, tzinfo=ZoneInfo("Asia/Tokyo"))


def record_of(event, at=NOON):
    return event_record(Event.objects.for_open_data(at).get(pk=event.pk), at, "https://www.example.jp")


def test_an_event_without_an_owner_belongs_to_the_wards_together():
    event = EventFactory()

    record = record_of(event)

    assert record[:4] == ("130001", str(event.pk), "東京都", "")


def test_an_event_of_a_municipality_bears_its_code_and_number():
    town = MunicipalityFactory()

    record = record_of(EventFactory(owner=town, number="2026-7"))

    assert record[:4] == (town.code, "2026-7", "神奈川県", town.name)


def test_roles_are_told_apart():
    event = EventFactory()
    for role, name in (
        (EventRoleKind.PATRON, "丙協会"),
        (EventRoleKind.SPONSOR, "甲社"),
        (EventRoleKind.SPONSOR, "乙社"),
        (EventRoleKind.ORGANIZER, "特別区長会"),
        (EventRoleKind.ORGANIZER, "特別区協議会"),
        (EventRoleKind.CO_ORGANIZER, "丁市"),
    ):
        EventRoleFactory(event=event, role=role, name=name)

    record = record_of(event)

    assert (record.organizer, record.co_organizers) == ("特別区長会、特別区協議会", "丁市")
    assert record.other_bodies == "協賛：甲社、乙社／後援：丙協会"


@pytest.mark.parametrize(
    ("hour", "stage"), [(9, "開催予定"), (12, "開催中"), (18, "終了")], ids=["before", "during", "after"]
)
def test_the_stage_is_that_of_the_moment(hour, stage):
    event = EventFactory(start_time=time(10), end_time=time(17))

    assert record_of(event, NOON.replace(hour=hour)).stage == stage


def test_a_cancelled_event_has_no_other_stage():
    record = record_of(EventFactory(status="cancelled"))

    assert (record.status, record.stage) == ("中止", "中止")


def test_a_month_is_no_first_and_last_day():
    month = EventFactory(
        first_day=date(2017, 12, 1),
        last_day=date(2017, 12, 31),
        date_precision=DatePrecision.MONTH,
        date_note="会場調整中",
    )

    record = record_of(month)

    assert (record.first_day, record.last_day) == (None, None)
    assert record.date_note == "2017年12月（日は未定または不明）会場調整中"


@pytest.mark.parametrize(
    ("fields", "fee"), [({"is_free": True}, "無料"), ({"is_free": True, "fee": "入場無料"}, "入場無料"), ({}, "")]
)
def test_what_costs_nothing_says_so(fields, fee):
    assert record_of(EventFactory(**fields)).fee == fee


def test_an_address_is_told_whole_and_in_parts():
    venue = VenueFactory(municipality=MunicipalityFactory(name="箱根町"), address="足柄下郡箱根町湯本256")

    record = record_of(EventFactory(venue=venue))

    assert record.address == "神奈川県足柄下郡箱根町湯本256"
    assert (record.address_prefecture, record.address_city, record.address_town, record.address_rest) == (
        *("神奈川県", "足柄下郡箱根町", "湯本", "256"),
    )


def test_parts_that_are_not_public_are_not_named():
    whole = EventFactory()
    EventFactory(parent=whole, title="公開の部")
    EventFactory(parent=whole, title="下書きの部", publication_state="draft")
    EventFactory(parent=whole, title="架空の部", is_demo=True)

    assert record_of(whole).sub_events == "公開の部"


def test_an_event_without_a_venue_has_no_place():
    record = record_of(EventFactory(venue=None))

    assert (record.venue_name, record.address, record.latitude) == ("", "", None)


def test_reading_for_open_data_asks_a_fixed_number_of_times(django_assert_num_queries):
    for _ in range(3):
        EventRoleFactory(event=EventFactory(owner=MunicipalityFactory()))

    with django_assert_num_queries(4):
        records = [event_record(event, NOON) for event in Event.objects.for_open_data(NOON)]

    assert len(records) == 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("文", "文"),
        (0, "0"),
        (date(2026, 5, 1), "2026-05-01"),
        (time(9, 5), "09:05"),
        (time(9, 5, 30), "09:05"),
        (Decimal("35.700000"), "35.7"),
        (Decimal("140.000000"), "140"),
        (datetime(2026, 5, 1, 9, 5, tzinfo=timezone.get_default_timezone()), "2026-05-01T09:05:00+09:00"),
    ],
)
def test_values_stand_in_cells_as_machines_read_them(value, text):
    assert as_text(value) == text


def test_a_row_has_the_cells_of_its_format_in_order():
    record = EventRecord(code="130001", number="7", title="催し", summary="概要", first_day=date(2026, 5, 1))

    assert row_of(record, RECOMMENDED)[:8] == ["130001", "7", "", "", "催し", "", "", "2026-05-01"]
    assert row_of(record, BASE_REGISTRY)[:8] == ["7", "130001", "催し", "", "", "", "", "概要"]
