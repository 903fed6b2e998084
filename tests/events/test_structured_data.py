"""What event and exhibition pages say to machines, in every state, held against the vocabulary of schema.org."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from events.choices import DatePrecision, EventRoleKind, Status, StopState
from events.structured_data import price_of
from tests.factories.core import ImageFactory
from tests.factories.events import (
    EventFactory,
    EventRoleFactory,
    ExhibitionFactory,
    FormerScheduleFactory,
    SpeakerFactory,
    TourStopFactory,
    VenueFactory,
)
from tests.factories.municipalities import CompanyFactory, MunicipalityFactory, PartnerBodyFactory, WardFactory
from tests.vocabulary import faults_of, things_of

pytestmark = pytest.mark.django_db

HIDDEN = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
]


def told(client, record):
    """The one event that its page tells machines of."""
    kind = "Event" if record._meta.model_name == "event" else "ExhibitionEvent"
    [thing] = things_of(client.get(record.get_absolute_url()), kind)
    assert faults_of(thing) == []
    return thing


def test_all_that_is_known_of_an_event(client):
    ward = WardFactory(code="131016", name="千代田区")
    venue = VenueFactory(
        name="東京区政会館",
        municipality=ward,
        postal_code="102-0072",
        address="千代田区飯田橋3-5-1",
        address_detail="20階",
        url="https://venue.example.jp/",
        latitude="35.700000",
        longitude="139.750000",
    )
    event = EventFactory(
        title="全国連携講演会",
        title_kana="ぜんこくれんけいこうえんかい",
        title_en="Nationwide Lecture",
        short_title="全国の日",
        summary="里山の話です。",
        first_day=date(2026, 10, 10),
        start_time=time(14),
        end_time=time(16, 30),
        venue=venue,
        capacity=120,
        is_free=True,
        fee="無料",
        url="https://event.example.jp/",
        application_deadline=date(2026, 10, 1),
        application_deadline_time=time(17),
    )
    event.images.set([ImageFactory(), ImageFactory(rights_until=timezone.localdate() - timedelta(days=1))])
    SpeakerFactory(event=event, name="山田花子", affiliation="大学教授")

    said = told(client, event)

    address = f"http://testserver{event.get_absolute_url()}"
    assert said.pop("image") == [f"http://testserver{event.images.order_by('pk')[0].file.url}"]
    assert said == {
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": "全国連携講演会",
        "alternateName": ["Nationwide Lecture", "全国の日"],
        "description": "里山の話です。",
        "startDate": "2026-10-10T14:00:00+09:00",
        "endDate": "2026-10-10T16:30:00+09:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "東京区政会館",
                "url": "https://venue.example.jp/",
                "address": {
                    "@type": "PostalAddress",
                    "postalCode": "102-0072",
                    "addressRegion": "東京都",
                    "addressLocality": "千代田区",
                    "streetAddress": "千代田区飯田橋3-5-1 20階",
                    "addressCountry": "JP",
                },
                "geo": {"@type": "GeoCoordinates", "latitude": 35.7, "longitude": 139.75},
            }
        ],
        "performer": [{"@type": "Person", "name": "山田花子", "description": "大学教授"}],
        "offers": {
            "@type": "Offer",
            "price": 0,
            "priceCurrency": "JPY",
            "description": "無料",
            "url": "https://event.example.jp/",
            "availabilityEnds": "2026-10-01T17:00:00+09:00",
        },
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": 120,
        "inLanguage": "ja",
    }


def test_what_is_not_known_is_not_said(client):
    said = told(client, EventFactory(first_day=None, fiscal_year=2020, venue=None))

    assert said.keys() == {"@type", "@id", "url", "name", "description", "eventStatus", "inLanguage"}
    assert said["description"] == "令和2年度（日程は不明）。"


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ({"first_day": date(2017, 9, 9)}, "2017-09-09", "2017-09-09"),
        ({"first_day": date(2017, 9, 9), "last_day": date(2017, 9, 10)}, "2017-09-09", "2017-09-10"),
        ({"first_day": date(2017, 9, 9), "start_time": time(9, 5)}, "2017-09-09T09:05:00+09:00", None),
        ({"first_day": date(2017, 9, 9), "end_time": time(17)}, "2017-09-09", "2017-09-09T17:00:00+09:00"),
        (
            {"first_day": date(2019, 4, 30), "last_day": date(2019, 5, 1), "start_time": time(23), "end_time": time(1)},
            *("2019-04-30T23:00:00+09:00", "2019-05-01T01:00:00+09:00"),
        ),
        ({"first_day": date(2024, 2, 29)}, "2024-02-29", "2024-02-29"),
        ({"first_day": date(2025, 12, 31), "last_day": date(2026, 1, 1)}, "2025-12-31", "2026-01-01"),
        (
            {
                "first_day": date(2017, 12, 1),
                "last_day": date(2017, 12, 31),
                "date_precision": DatePrecision.MONTH,
                "start_time": time(10),
            },
            *("2017-12", "2017-12"),
        ),
        ({"first_day": None, "fiscal_year": 2020}, None, None),
    ],
)
def test_days_are_as_precise_as_they_are_known(client, fields, start, end):
    said = told(client, EventFactory(**fields))

    assert (said.get("startDate"), said.get("endDate")) == (start, end)


@pytest.mark.parametrize(
    ("status", "was_moved", "word"),
    [
        (Status.PLANNED, False, "EventScheduled"),
        (Status.HELD, False, "EventScheduled"),
        (Status.CHANGED, False, "EventScheduled"),
        (Status.CANCELLED, False, "EventCancelled"),
        (Status.POSTPONED, False, "EventPostponed"),
        (Status.WITHHELD, False, "EventPostponed"),
        (Status.PLANNED, True, "EventRescheduled"),
        (Status.HELD, True, "EventRescheduled"),
        (Status.CHANGED, True, "EventRescheduled"),
        (Status.POSTPONED, True, "EventRescheduled"),
        (Status.CANCELLED, True, "EventCancelled"),
        (Status.WITHHELD, True, "EventPostponed"),
    ],
)
def test_what_became_of_the_plan(client, status, was_moved, word):
    event = EventFactory(status=status)
    if was_moved:
        FormerScheduleFactory(event=event, first_day=date(2026, 9, 9), start_time=time(10))

    said = told(client, event)

    assert said["eventStatus"] == f"https://schema.org/{word}"
    assert said.get("previousStartDate") == (["2026-09-09"] if was_moved else None)


def test_what_is_postponed_to_a_day_not_yet_known_is_not_rescheduled(client):
    event = EventFactory(first_day=None, fiscal_year=2026, status=Status.POSTPONED)
    FormerScheduleFactory(event=event, first_day=date(2026, 9, 9))
    FormerScheduleFactory(event=event, first_day=None, fiscal_year=2026)

    said = told(client, event)

    assert said["eventStatus"] == "https://schema.org/EventPostponed"
    assert said["previousStartDate"] == ["2026-09-09"]


ONLINE = {"@type": "VirtualLocation", "url": "https://online.example.jp/"}


@pytest.mark.parametrize(
    ("venue", "fields", "mode", "places"),
    [
        ({"name": "会館"}, {}, "OfflineEventAttendanceMode", [{"@type": "Place", "name": "会館"}]),
        ({"is_online": True, "url": ONLINE["url"]}, {}, "OnlineEventAttendanceMode", [ONLINE]),
        ({"is_online": True}, {}, "OnlineEventAttendanceMode", [{"@type": "VirtualLocation"}]),
        (
            *({"name": "会館"}, {"is_also_online": True, "online_url": ONLINE["url"]}, "MixedEventAttendanceMode"),
            [{"@type": "Place", "name": "会館"}, ONLINE],
        ),
        (None, {"is_also_online": True, "online_url": ONLINE["url"]}, "OnlineEventAttendanceMode", [ONLINE]),
        (None, {"is_also_online": True, "url": ONLINE["url"]}, "OnlineEventAttendanceMode", [ONLINE]),
    ],
)
def test_where_one_can_take_part(client, venue, fields, mode, places):
    said = told(client, EventFactory(venue=VenueFactory(**venue) if venue else None, **fields))

    assert said["eventAttendanceMode"] == f"https://schema.org/{mode}"
    assert said["location"] == places


def test_who_has_which_part(client):
    event, ward = EventFactory(), WardFactory(code="131091", name="品川区")
    kinds = EventRoleKind
    EventRoleFactory(event=event, role=kinds.ORGANIZER, name="特別区長会")
    EventRoleFactory(event=event, role=kinds.CO_ORGANIZER, name="", municipality=ward)
    EventRoleFactory(event=event, role=kinds.SPONSOR, name="", company=CompanyFactory(name="鉄道株式会社"))
    EventRoleFactory(event=event, role=kinds.PATRON, name="観光の会")
    EventRoleFactory(event=event, role=kinds.SPECIAL_COOPERATION, name="祭りの会")
    EventRoleFactory(event=event, role=kinds.COOPERATION, name="", body=PartnerBodyFactory(name="北海道町村会"))

    said = told(client, event)

    assert sorted(said["organizer"], key=lambda holder: holder["@type"]) == [
        {"@type": "GovernmentOrganization", "name": "品川区", "url": "http://testserver/wards/131091/"},
        {"@type": "Organization", "name": "特別区長会"},
    ]
    assert {(holder["@type"], holder["name"]) for holder in said["sponsor"]} == {
        ("Corporation", "鉄道株式会社"),
        ("Organization", "観光の会"),
        ("Organization", "祭りの会"),
    }
    assert said["contributor"] == [{"@type": "Organization", "name": "北海道町村会"}]


@pytest.mark.parametrize(
    ("fields", "free", "price", "words"),
    [
        ({"is_free": True}, True, 0, None),
        ({"fee": "１，０００円", "is_free": False}, False, 1000, "１，０００円"),
        ({"fee": "大人500円、小学生無料", "fee_detail": "当日払い"}, None, None, "大人500円、小学生無料 当日払い"),
    ],
)
def test_what_it_costs(client, fields, free, price, words):
    said = told(client, EventFactory(**fields))

    assert said.get("isAccessibleForFree") is free
    assert (said["offers"].get("price"), said["offers"].get("description")) == (price, words)
    assert said["offers"].get("priceCurrency") == (None if price is None else "JPY")


@pytest.mark.parametrize(
    ("fee", "yen"),
    [
        ("500円", 500),
        ("１，０００円", 1000),
        ("500", None),
        ("約500円", None),
        ("500円から", None),
        ("円", None),
        ("", None),
    ],
)
def test_a_price_is_one_amount_and_nothing_else(fee, yen):
    assert price_of(fee) == yen


def test_parts_and_their_whole_name_each_other(client):
    whole = EventFactory(title="全体", first_day=date(2026, 10, 10), last_day=date(2026, 10, 11))
    first = EventFactory(title="第一部", parent=whole, start_time=time(10), listing_order=1)
    second = EventFactory(title="第二部", parent=whole, status=Status.CANCELLED, listing_order=2, venue=None)

    parts = told(client, whole)["subEvent"]

    assert [(part["name"], part["startDate"], part["eventStatus"].split("/")[-1]) for part in parts] == [
        ("第一部", "2026-10-10T10:00:00+09:00", "EventScheduled"),
        ("第二部", "2026-10-10", "EventCancelled"),
    ]
    assert parts[0]["location"] == {"@type": "Place", "name": first.venue.name}
    assert parts[1]["@id"] == f"http://testserver{second.get_absolute_url()}"
    address = f"http://testserver{whole.get_absolute_url()}"
    assert told(client, first)["superEvent"] == {"@type": "Event", "@id": address, "url": address, "name": "全体"}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_nothing_unpublished_leaks(client, hidden):
    whole = EventFactory()
    EventFactory(title="秘密の部分", parent=whole, **hidden)
    part = EventFactory(parent=EventFactory(title="秘密の全体", **hidden))

    assert "subEvent" not in told(client, whole)
    assert "superEvent" not in told(client, part)
    for event in (whole, part):
        assert "秘密" not in client.get(event.get_absolute_url()).content.decode()


def test_a_title_cannot_break_out(client):
    event = EventFactory(title="</script><script>alert(1)</script>&<!--", summary="</script>")

    response = client.get(event.get_absolute_url())

    assert "<script>alert" not in response.content.decode()
    assert told(client, event)["name"] == event.title


def test_an_exhibition_and_the_stops_whose_days_are_known(client):
    exhibition = ExhibitionFactory(
        title="第1回全国連携展示",
        subtitle="お茶の京都",
        first_day=date(2018, 8, 21),
        last_day=date(2018, 9, 27),
        exhibitor="京都府町村会",
        summary="お茶の魅力です。",
    )
    exhibition.images.set([ImageFactory()])
    ward, hall = WardFactory(code="131091", name="品川区"), VenueFactory(name="品川区役所")
    days = {"first_day": date(2019, 3, 31), "last_day": date(2019, 4, 1)}
    TourStopFactory(exhibition=exhibition, ward=ward, venue=hall, listing_order=1, **days)
    TourStopFactory(exhibition=exhibition, ward=ward, state=StopState.CANCELLED, listing_order=2, **days)
    TourStopFactory(exhibition=exhibition, ward=ward, listing_order=3)

    said = told(client, exhibition)

    assert (said["name"], said["startDate"], said["endDate"]) == (
        "第1回全国連携展示「お茶の京都」",
        "2018-08-21",
        "2018-09-27",
    )
    assert said["contributor"] == {"@type": "Organization", "name": "京都府町村会"}
    assert len(said["image"]) == 1
    assert [(stop["location"]["name"], stop["eventStatus"].split("/")[-1]) for stop in said["subEvent"]] == [
        ("品川区役所", "EventScheduled"),
        ("品川区", "EventCancelled"),
    ]
    assert (said["subEvent"][0]["startDate"], said["subEvent"][0]["endDate"]) == ("2019-03-31", "2019-04-01")


@pytest.mark.parametrize("status", Status)
def test_an_exhibition_takes_its_tour_along(client, status):
    exhibition = ExhibitionFactory(status=status, venue=None)
    TourStopFactory(
        exhibition=exhibition, first_day=date(2026, 11, 1), last_day=date(2026, 11, 2), ward=None, state="arranging"
    )
    FormerScheduleFactory(event=None, exhibition=exhibition, first_day=None, fiscal_year=2025)

    said = told(client, exhibition)

    expected = {Status.CANCELLED: "EventCancelled", Status.WITHHELD: "EventPostponed"}
    assert said["eventStatus"] == f"https://schema.org/{expected.get(status, 'EventRescheduled')}"
    stop = {**expected, Status.POSTPONED: "EventPostponed"}.get(status, "EventScheduled")
    assert said["subEvent"][0]["eventStatus"] == f"https://schema.org/{stop}"


def test_an_exhibition_without_days_or_place(client):
    said = told(client, ExhibitionFactory(first_day=None, fiscal_year=2020, venue=None))

    assert said.keys() == {"@type", "@id", "url", "name", "description", "eventStatus", "inLanguage"}


@pytest.mark.parametrize("rows", [50])
def test_fifty_towns_stay_small(client, rows):
    event = EventFactory()
    for _ in range(rows):
        EventRoleFactory(event=event, name="", municipality=MunicipalityFactory())
        EventFactory(parent=event)

    said = told(client, event)

    assert len(said["organizer"]) == len(said["subEvent"]) == rows
