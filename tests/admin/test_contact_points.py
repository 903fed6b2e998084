"""A contact point that is changed in the back office changes what is told with it."""

import pytest
from django.urls import reverse

from tests.admin.filling_in import send
from tests.factories.core import ContactPointFactory
from tests.factories.events import EventFactory, ExhibitionFactory

pytestmark = pytest.mark.django_db


def addresses(event, exhibition):
    return [event.get_calendar_url(), exhibition.get_calendar_url(), "/open-data/events.csv", "/events.ics"]


def test_a_new_number_makes_other_files_and_calendars(office, client):
    contact = ContactPointFactory(phone="03-1111-1111")
    event, exhibition, elsewhere = EventFactory(contact=contact), ExhibitionFactory(contact=contact), EventFactory()
    known = {address: client.get(address).headers["ETag"] for address in addresses(event, exhibition)}
    own = client.get(elsewhere.get_calendar_url()).headers["ETag"]

    response = send(office, reverse("admin:core_contactpoint_change", args=[contact.pk]), phone="03-2222-2222")

    assert response.status_code == 302
    for address, etag in known.items():
        again = client.get(address, headers={"If-None-Match": etag})
        content = b"".join(again) if again.streaming else again.content
        assert again.status_code == 200, address
        assert "03-2222-2222" in content.decode().replace("\r\n ", ""), address
    assert client.get(elsewhere.get_calendar_url(), headers={"If-None-Match": own}).status_code == 304
    for row in (event, exhibition, elsewhere):
        row.refresh_from_db()
    assert [row.revision for row in (event, exhibition, elsewhere)] == [1, 1, 0]
