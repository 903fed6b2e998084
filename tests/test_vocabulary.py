"""The checker of JSON-LD finds what leaves the vocabulary."""

import pytest

from tests.vocabulary import faults_of, things_in

GOOD = {
    "@type": "Event",
    "@id": "https://portal.example/events/1/",
    "name": "講演会",
    "startDate": "2026-10-10T14:00:00+09:00",
    "endDate": "2026-10",
    "eventStatus": "https://schema.org/EventScheduled",
    "isAccessibleForFree": True,
    "maximumAttendeeCapacity": 120,
    "image": ["https://portal.example/1.png"],
    "location": {
        "@type": "Place",
        "name": "会館",
        "geo": {"@type": "GeoCoordinates", "latitude": 35.6, "longitude": 139},
    },
    "organizer": [{"@type": "GovernmentOrganization", "name": "港区"}],
    "subEvent": {"@type": "ExhibitionEvent", "name": "展示"},
}


def test_a_good_thing_has_no_fault():
    assert faults_of(GOOD) == []


def test_an_action_may_say_what_is_to_be_put_in():
    search = {"@type": "SearchAction", "query-input": "required name=words"}

    assert faults_of(search) == []
    assert faults_of(search | {"query-input": 1}) != []
    assert faults_of(search | {"colour-input": "required"}) != []
    assert faults_of(GOOD | {"name-input": "required"}) != []


@pytest.mark.parametrize(
    "bad",
    [
        {"@type": "Gathering"},
        {"@type": None},
        {"@id": "events/1/"},
        {"exhibitor": "港区"},
        {"name": ""},
        {"name": None},
        {"name": 1},
        {"startDate": "令和8年10月10日"},
        {"startDate": "2026-10-10T14:00:00"},
        {"previousStartDate": "2026-10-10T14:00:00+09:00"},
        {"eventStatus": "EventScheduled"},
        {"eventStatus": "https://schema.org/EventForgotten"},
        {"eventStatus": "https://schema.org/OnlineEventAttendanceMode"},
        {"isAccessibleForFree": "はい"},
        {"maximumAttendeeCapacity": True},
        {"maximumAttendeeCapacity": "120"},
        {"image": ["/1.png"]},
        {"image": []},
        {"location": {"@type": "Person", "name": "会館"}},
        {"location": {"@type": "Place", "performer": "会館"}},
        {"location": {"name": "会館"}},
        {"organizer": ["港区"]},
    ],
)
def test_each_fault_is_found(bad):
    assert faults_of(GOOD | bad) != []


def test_things_are_read_from_a_page():
    html = """<script type="application/ld+json">{"@context":"https://schema.org","@type":"Event"}</script>
    <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"A"},{"@type":"B"}]}</script>
    <script src="x.js"></script>"""

    assert things_in(html) == [{"@type": "Event"}, {"@type": "A"}, {"@type": "B"}]
