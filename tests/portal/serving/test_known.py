"""What public pages are made of is known only as long as it is true, whoever changes it and however."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from disaster_support.situation import situation
from events.models import Event
from portal.core.known import MOST_VALUES, known, known_by, nothing_known
from tests.factories.core import UserFactory
from tests.factories.disaster_support import DisasterModeFactory
from tests.factories.events import EventFactory
from tests.factories.municipalities import MunicipalityFactory

# Half past noon in Tokyo, on a second that is no whole minute.
NOW = datetime.fromisoformat("2026-10-01T12:30:20+09:00")
TOMORROW = NOW.date() + timedelta(days=1)

# Outside a transaction: within one nothing is known, because it may be undone.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("search_index")]


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def event():
    return EventFactory(title="温泉まつり", first_day=TOMORROW, last_day=TOMORROW, publish_at=NOW - timedelta(days=9))


@pytest.fixture
def town():
    return MunicipalityFactory(name="草津町")


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


ADDRESSES = {
    "home": "/",
    "list": "/events/",
    "list with conditions": "/events/?when=all",
    "event": "/events/{event.pk}/",
    "search": "/search/?q=温泉まつり",
}


@pytest.fixture(params=ADDRESSES.values(), ids=ADDRESSES)
def address(request, event):
    call_command("rebuild_search", verbosity=0)
    return request.param.format(event=event)


def test_a_page_asks_one_question_where_nothing_was_changed(client, address, django_assert_num_queries):
    first = text_of(client, address)

    with django_assert_num_queries(1):
        assert text_of(client, address) == first
    assert "温泉まつり" in first


def _save(event):
    event.title = "花火大会"
    event.save()


def _update(event):
    Event.objects.filter(pk=event.pk).update(title="花火大会")


def _by_hand(event):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_event SET title = '花火大会' WHERE id = %s", [event.pk])


@pytest.mark.parametrize("change", [_save, _update, _by_hand])
@pytest.mark.parametrize("address", ["/", "/events/", "/events/{event.pk}/"])
def test_a_change_is_on_the_page_that_is_asked_for_next(client, event, address, change):
    address = address.format(event=event)
    text_of(client, address)

    change(event)

    text = text_of(client, address)
    assert ("花火大会" in text, "温泉まつり" in text) == (True, False)


@pytest.mark.parametrize("address", ["/", "/events/", "/search/?q=温泉まつり"])
def test_what_is_withdrawn_is_gone_from_the_page_that_is_asked_for_next(client, event, address):
    call_command("rebuild_search", verbosity=0)
    link = f'href="/events/{event.pk}/"'
    assert link in text_of(client, address)

    event.publication_state = "withdrawn"
    event.save()

    assert link not in text_of(client, address)
    text_of(client, f"/events/{event.pk}/", 410)


def test_a_page_that_was_known_says_that_it_was_withdrawn(client, event):
    text_of(client, f"/events/{event.pk}/")

    Event.objects.filter(pk=event.pk).update(publication_state="withdrawn")

    text_of(client, f"/events/{event.pk}/", 410)


@pytest.mark.parametrize("address", ["/", "/events/"])
def test_a_publish_time_that_passes_is_seen_within_the_same_minute(client, event, address, noon):
    Event.objects.filter(pk=event.pk).update(publish_at=NOW + timedelta(seconds=10))
    assert "温泉まつり" not in text_of(client, address)

    noon.move_to(NOW + timedelta(seconds=9))
    assert "温泉まつり" not in text_of(client, address)
    noon.move_to(NOW + timedelta(seconds=10))
    assert "温泉まつり" in text_of(client, address)


def test_an_event_is_over_with_the_minute_in_which_it_ends(client, event, noon):
    Event.objects.filter(pk=event.pk).update(first_day=NOW.date(), last_day=NOW.date(), end_time=time(12, 31))
    assert "温泉まつり" in text_of(client, "/events/")

    noon.move_to(NOW.replace(second=59))
    assert "温泉まつり" in text_of(client, "/events/")
    noon.move_to(NOW.replace(minute=31, second=0))
    assert "温泉まつり" not in text_of(client, "/events/")


def test_whoever_is_signed_in_is_always_told_anew(client, event):
    somebody = Client()
    somebody.force_login(UserFactory())
    text_of(client, "/events/")
    with connection.execute_wrapper(_without_triggers):
        text = text_of(somebody, "/events/")

    assert "温泉まつり" in text


def _without_triggers(execute, sql, params, many, context):
    """Whoever is signed in never asks how the public records stand, and so can be told nothing that is known."""
    assert "portal_publicchange" not in sql
    return execute(sql, params, many, context)


def test_a_form_that_is_sent_learns_nothing_from_what_is_known(client, event):
    text_of(client, "/events/")
    with connection.execute_wrapper(_without_triggers):
        client.post("/events/")


def test_pages_under_two_names_do_not_take_addresses_from_each_other(settings, client, event):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    address = f"/events/{event.pk}/"

    for host in ("one.example", "two.example", "one.example"):
        text = client.get(address, headers={"host": host}).content.decode()
        assert f"http://{host}{address}" in text
        assert text.count("one.example") * text.count("two.example") == 0


def test_a_page_that_is_not_there_is_not_there_twice(client, event):
    for _ in range(2):
        text_of(client, f"/events/{event.pk + 1}/", 404)
        text_of(client, "/events/?page=9", 404)


def test_the_light_pages_of_a_disaster_are_others(client, town):
    before = text_of(client, "/")

    mode = DisasterModeFactory(started_at=NOW - timedelta(minutes=1), ended_at=None)
    # As the watch has it every second.
    situation.forget()
    during = text_of(client, "/")
    type(mode).objects.filter(pk=mode.pk).update(ended_at=NOW)
    situation.forget()

    assert during != before
    assert text_of(client, "/") == before


def test_a_town_and_the_list_of_towns_follow_their_records(client, town):
    pages = ["/municipalities/", f"/municipalities/{town.pk}/"]
    for page in pages:
        assert "草津町" in text_of(client, page)

    town.name = "湯河原町"
    town.save()

    for page in pages:
        text = text_of(client, page)
        assert ("湯河原町" in text, "草津町" in text) == (True, False)


def test_within_a_transaction_nothing_is_known(client, event):
    with transaction.atomic():
        Event.objects.filter(pk=event.pk).update(title="花火大会")
        assert "花火大会" in text_of(client, "/events/")
        transaction.set_rollback(True)

    assert "温泉まつり" in text_of(client, "/events/")


class Records:
    """How records stand, and how often somebody asked."""

    def __init__(self):
        self.state, self.asked, self.made = "one", 0, 0

    def ask(self):
        self.asked += 1
        return self.state

    def make(self):
        self.made += 1
        return self.made


def test_beside_a_public_page_everything_is_made_each_time():
    records = Records()

    with nothing_known():
        assert (known(records.make, "key"), known(records.make, "key")) == (1, 2)


def test_a_request_asks_once_however_much_it_needs_to_know():
    records = Records()
    with nothing_known():
        known_by(records.ask)
        found = [known(records.make, "a request"), known(records.make, "a request"), known(records.make, "other")]

    assert (found, records.asked) == ([1, 1, 2], 1)


def test_what_raises_is_made_again():
    records = Records()
    with nothing_known():
        known_by(records.ask)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                known(lambda: 1 // 0, "raises")
        assert known(records.make, "raises") == 1


def test_only_so_much_is_known_at_a_time():
    records = Records()
    with nothing_known():
        known_by(records.ask)
        for number in range(MOST_VALUES + 1):
            known(records.make, "many", number)
        again = known(records.make, "many", 0)

    assert again == MOST_VALUES + 2


def test_a_new_minute_asks_anew(noon):
    records = Records()
    for at in (NOW, NOW.replace(second=59), NOW + timedelta(minutes=1)):
        noon.move_to(at)
        with nothing_known():
            known_by(records.ask)
            known(records.make, "minute")

    assert records.made == 2
    assert timezone.now() == NOW + timedelta(minutes=1)
