"""Events, exhibitions and ward projects in the API."""

from datetime import date

import pytest
import time_machine

from events.choices import EventKind, EventRoleKind, Status, StopState
from tests.factories.events import (
    EventFactory,
    EventRoleFactory,
    ExhibitionFactory,
    FormerScheduleFactory,
    SpeakerFactory,
    TourStopFactory,
    VenueFactory,
    WardProjectFactory,
)
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory
from tests.portal.api.test_answers import get

pytestmark = pytest.mark.django_db


def titles(client, address):
    return [row["title"] for row in get(client, address)["results"]]


@pytest.fixture
def varied():
    """Events that differ in each thing one can ask for."""
    ward, town = WardFactory(), MunicipalityFactory()
    old = EventFactory(title="昔の催し", first_day=date(2018, 1, 5), status=Status.HELD, venue=None)
    fair = EventFactory(title="森の市", theme="木と暮らす", kind=EventKind.PROMOTION, owner=ward, venue=None)
    talk = EventFactory(title="講演", first_day=date(2026, 12, 1), venue=VenueFactory(municipality=town))
    talk.prefectures.add(PrefectureFactory(code="26", name="京都府"))
    return {"old": old, "fair": fair, "talk": talk, "ward": ward, "town": town}


def test_events_come_newest_first(client, varied):
    assert titles(client, "events") == ["講演", "森の市", "昔の催し"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=promotion", ["森の市"]),
        ("status=held", ["昔の催し"]),
        ("fiscal_year=2017", ["昔の催し"]),
        ("prefecture=26", ["講演"]),
        ("q=木と", ["森の市"]),
        ("from=2026-10-10", ["講演", "森の市"]),
        ("to=2026-10-10", ["森の市", "昔の催し"]),
        ("from=2026-10-11&to=2026-11-30", []),
        ("kind=lecture&from=2026-01-01", ["講演"]),
    ],
)
def test_events_can_be_chosen(client, varied, query, expected):
    assert titles(client, f"events?{query}") == expected


def test_events_can_be_chosen_by_place(client, varied):
    assert titles(client, f"events?ward={varied['ward'].code}") == ["森の市"]
    assert titles(client, f"events?municipality={varied['town'].code}") == ["講演"]
    assert titles(client, f"events?municipality={varied['town'].code}&ward={varied['ward'].code}") == []


def test_an_event_tells_what_its_page_tells(client, varied):
    event = varied["fair"]
    EventRoleFactory(event=event, role=EventRoleKind.SPONSOR, name="", municipality=varied["town"])
    SpeakerFactory(event=event, name="山本", topic="森の話")
    FormerScheduleFactory(event=event, first_day=date(2026, 9, 9), replaced_on=date(2026, 8, 1))
    part = EventFactory(parent=event, title="第1部")

    told = get(client, f"events/{event.pk}")

    assert (told["title"], told["theme"], told["owner"]) == ("森の市", "木と暮らす", varied["ward"].code)
    assert told["page"] == f"http://testserver/events/{event.pk}/"
    assert told["kind"] == {"code": "promotion", "label": "魅力発信イベント"}
    assert told["roles"] == [
        {
            "role": {"code": "sponsor", "label": "協賛"},
            "name": varied["town"].name,
            "municipality": varied["town"].code,
        }
    ]
    assert told["speakers"] == [{"name": "山本", "affiliation": "", "topic": "森の話"}]
    assert told["parts"] == [{"id": part.pk, "title": "第1部", "page": f"http://testserver/events/{part.pk}/"}]
    assert told["former_schedules"] == [
        {"first_day": "2026-09-09", "last_day": "2026-09-09", "replaced_on": "2026-08-01"}
    ]


def test_unknown_is_null_and_not_false(client):
    event = EventFactory(first_day=None, fiscal_year=2020, is_free=None, capacity=None)

    told = get(client, f"events/{event.pk}")

    assert (told["first_day"], told["is_free"], told["capacity"]) == (None, None, None)
    assert told["date_precision"] == {"code": "unknown", "label": "未定・不明"}


def test_fictional_events_are_marked(client):
    EventFactory(is_demo=True)
    EventFactory()

    assert [row["is_demo"] for row in get(client, "events")["results"]] == [False, True]


@time_machine.travel(date(2026, 11, 5))
def test_an_exhibition_tells_its_tour_and_where_it_is(client):
    exhibition = ExhibitionFactory(title="森と水の展示", status=Status.HELD)
    first = TourStopFactory(
        exhibition=exhibition, listing_order=1, first_day=date(2026, 11, 1), last_day=date(2026, 11, 9)
    )
    TourStopFactory(exhibition=exhibition, listing_order=2, ward=None, state=StopState.ARRANGING, fiscal_year=2027)

    told = get(client, f"exhibitions/{exhibition.pk}")

    assert (told["title"], told["state"]) == ("森と水の展示", "巡回中")
    assert [(stop["ward"], stop["state"]["label"], stop["is_here"]) for stop in told["stops"]] == [
        (first.ward_id, "実施", True),
        (None, "調整中", False),
    ]
    assert get(client, "exhibitions?fiscal_year=2026")["results"] == [told]
    assert get(client, "exhibitions?fiscal_year=2025")["results"] == []


def test_projects_can_be_chosen(client):
    town = MunicipalityFactory()
    project = WardProjectFactory(title="森の学校", field="education", fiscal_year=2025)
    project.municipalities.add(town)
    WardProjectFactory(title="ほかの事業")

    for query in ("field=education", "fiscal_year=2025", f"ward={project.ward_id}", f"municipality={town.code}"):
        assert titles(client, f"projects?{query}") == ["森の学校"]
    told = get(client, f"projects/{project.pk}")
    assert told["municipalities"] == [{"code": town.code, "name": town.name, "prefecture": "14"}]
    assert told["field"] == {"code": "education", "label": "教育・子ども"}
