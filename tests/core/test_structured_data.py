"""JSON-LD: what is empty is left out, and nothing breaks out of the element it stands in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.navigation import Crumb
from portal.core.structured_data import as_json, breadcrumb_list, government_organization, thing, word
from tests.vocabulary import faults_of


def absolute(address):
    return f"https://portal.example{address}"


def test_what_is_not_known_is_left_out():
    assert thing("Event", name="会", url="", image=[], location=None, offers=()) == {"@type": "Event", "name": "会"}


def test_false_and_nought_are_known():
    assert thing("Event", isAccessibleForFree=False, maximumAttendeeCapacity=0) == {
        "@type": "Event",
        "isAccessibleForFree": False,
        "maximumAttendeeCapacity": 0,
    }


def test_a_member_of_an_enumeration_is_an_address():
    assert word("EventCancelled") == "https://schema.org/EventCancelled"


def test_the_way_to_a_page():
    way = breadcrumb_list([Crumb("ホーム", "/"), Crumb("協定", "/agreements/"), Crumb("京都府町村会")], absolute)

    assert faults_of(way) == []
    assert [(step["position"], step["name"], step.get("item", {}).get("@id")) for step in way["itemListElement"]] == [
        (1, "ホーム", "https://portal.example/"),
        (2, "協定", "https://portal.example/agreements/"),
        (3, "京都府町村会", None),
    ]


def test_who_speaks_on_the_site():
    said = government_organization("特別区", "/static/img/icon-512.png", absolute)

    assert faults_of(said) == []
    assert (said["name"], said["url"]) == ("特別区", "https://portal.example/")
    assert said["logo"] == "https://portal.example/static/img/icon-512.png"


def test_one_thing_stands_alone_and_several_in_a_graph():
    one, two = {"@type": "Event"}, {"@type": "Place"}

    assert json.loads(as_json([one])) == {"@context": "https://schema.org", "@type": "Event"}
    assert json.loads(as_json([one, two])) == {"@context": "https://schema.org", "@graph": [one, two]}


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "A&B", "]]>", "\u2028\u2029", '"\\'])
def test_nothing_ends_the_element(text):
    written = as_json([{"@type": "Event", "name": text}])

    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written)["name"] == text


@given(st.text())
def test_every_text_comes_back_as_it_was(text):
    assert json.loads(as_json([{"name": text}]))["name"] == text
