"""The lists of the back office: found by what people type, page by page in the order of the list."""

import pytest
from django.urls import reverse

from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:events_event_changelist")


def titles(office, **query):
    return [event.title for event in office.get(LIST, query).context["cl"].result_list]


@pytest.mark.parametrize("typed", ["jazz", "JAZZ", "Jazz 春", "春の", "春 jazz"])
def test_capitals_do_not_matter_in_a_search_and_every_word_does(office, typed):
    EventFactory(title="春のJazz祭")
    EventFactory(title="秋の踊り")
    assert titles(office, q=typed) == ["春のJazz祭"]


def test_pages_follow_one_another_in_the_order_of_the_list(office):
    for number in range(60):
        EventFactory(title=f"第{number}回", number=str(number))
    first, second = titles(office, o="-2"), titles(office, o="-2", p="2")
    assert [len(first), len(second)] == [50, 10]
    assert first + second == [event.title for event in office.get(LIST, {"o": "-2", "all": ""}).context["cl"].queryset]
