"""A picture is seen until the last day of its rights, and from the next day on nowhere: nobody has to do anything."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.factories.core import MadeImageFactory
from tests.factories.events import EventFactory, ExhibitionFactory
from tests.factories.portal import NewsItemFactory, PublicationFactory

pytestmark = pytest.mark.django_db

LAST_DAY = date(2026, 6, 30)
# 23:59 on the last day and 00:00 on the next, in Tokyo.
LAST_MINUTE = datetime(2026, 6, 30, 14, 59, tzinfo=UTC)
NEXT_MINUTE = datetime(2026, 6, 30, 15, 0, tzinfo=UTC)
OPEN_DATA = [
    *(f"/open-data/events.csv?profile={profile}" for profile in ("recommended", "base-registry")),
    "/api/v1/events",
    "/api/v1/exhibitions",
]


@pytest.fixture
def places():
    """One picture in every place where the public can meet one: the addresses, and the picture."""
    image = MadeImageFactory(rights_until=LAST_DAY)
    event = EventFactory(
        first_day=date(2026, 6, 1), last_day=date(2026, 6, 1), publish_at=datetime(2026, 5, 1, tzinfo=UTC)
    )
    reported = EventFactory(first_day=date(2026, 6, 2), last_day=date(2026, 6, 2), results="盛況でした。")
    exhibition = ExhibitionFactory(first_day=date(2026, 6, 1), last_day=date(2026, 7, 31))
    item = NewsItemFactory()
    event.images.add(image)
    reported.report_images.add(image)
    exhibition.images.add(image)
    item.images.add(image)
    PublicationFactory(cover=image)
    addresses = ["/", "/publications/", "/open-data/events.csv?profile=base-registry"]
    addresses += [record.get_absolute_url() for record in (event, reported, exhibition, item)]
    return addresses, image


def addresses_without_arguments():
    for name in filter(lambda name: isinstance(name, str), get_resolver().reverse_dict):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def body(client, address):
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def shown_at(client, addresses, image):
    names = (image.sizes_key, str(image.file))
    return [address for address in addresses if any(name in body(client, address) for name in names)]


def test_it_is_seen_everywhere_on_its_last_day_and_nowhere_on_the_next(client, places):
    addresses, image = places
    with time_machine.travel(LAST_MINUTE, tick=False):
        assert shown_at(client, addresses, image) == addresses
    with time_machine.travel(NEXT_MINUTE, tick=False):
        everywhere = [*addresses, *OPEN_DATA, *addresses_without_arguments()]
        assert len(everywhere) > 50
        assert shown_at(client, everywhere, image) == []


def test_what_programs_keep_is_another_state_on_the_next_day(client, places):
    address = "/open-data/events.csv?profile=base-registry"
    with time_machine.travel(LAST_MINUTE, tick=False):
        before = client.get(address)["ETag"]
    with time_machine.travel(NEXT_MINUTE, tick=False):
        answer = client.get(address, headers={"If-None-Match": before})
    assert answer.status_code == 200


def test_where_the_first_picture_may_not_be_shown_the_next_takes_its_place(client):
    exhibition = ExhibitionFactory(first_day=date(2026, 6, 1), last_day=date(2026, 7, 31))
    expired, lasting = MadeImageFactory(rights_until=LAST_DAY), MadeImageFactory()
    exhibition.images.set([expired, lasting])
    with time_machine.travel(NEXT_MINUTE, tick=False):
        html = body(client, "/")
    assert (lasting.sizes_key in html, expired.sizes_key in html) == (True, False)


def test_the_public_is_never_led_to_the_whole_picture(client, places):
    addresses, image = places
    with time_machine.travel(LAST_MINUTE, tick=False):
        for address in addresses:
            html = body(client, address)
            assert str(image.file) not in html
            assert image.sizes_key in html
