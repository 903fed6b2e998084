"""How a file is handed out: names, encodings, 304, wrong questions, number of queries."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.http import http_date

from portal.open_data.tables import DATASETS
from tests.factories.disaster_support import SupportRecordFactory
from tests.factories.events import EventFactory, EventRoleFactory, TourStopFactory
from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    WardTieFactory,
)
from tests.factories.portal import NewsItemFactory, PublishedFigureFactory

pytestmark = pytest.mark.django_db


def test_a_file_in_utf_8(client):
    EventFactory(title="つながる祭")

    response = client.get("/open-data/events.csv")

    content = response.getvalue()
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["Content-Disposition"] == 'attachment; filename="events.csv"'
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 2


def test_a_file_in_windows_31j(client):
    EventFactory(title="髙島と𠮷野、10〜16時")

    response = client.get("/open-data/events.csv?enc=sjis")

    assert response.headers["Content-Type"] == "text/csv; charset=Windows-31J; header=present"
    assert "髙島と〓野、10～16時" in response.getvalue().decode("cp932")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("enc=latin1", "「enc」にはutf-8かsjisを指定してください。"),
        ("profile=x", "「profile」にはrecommendedかbase-registryを指定してください。"),
    ],
)
def test_a_wrong_question_is_explained(client, query, message):
    response = client.get(f"/open-data/events.csv?{query}")

    assert (response.status_code, response.content.decode()) == (400, message)


@pytest.mark.parametrize("address", ["/open-data/users.csv", "/open-data/users/"])
def test_there_are_no_other_files(client, address):
    assert client.get(address).status_code == 404


def test_files_are_only_read(client):
    assert client.post("/open-data/events.csv").status_code == 405


@pytest.mark.parametrize("query", ["", "?profile=base-registry", "?enc=sjis"])
def test_whoever_has_the_file_is_told_that_it_is_the_same(client, query):
    EventFactory()
    address = f"/open-data/events.csv{query}"
    etag = client.get(address).headers["ETag"]

    again = client.get(address, headers={"If-None-Match": etag})

    assert (again.status_code, again.headers["ETag"]) == (304, etag)
    assert again.content == b""


def test_files_in_other_forms_are_other_files(client):
    EventFactory()
    queries = ("", "?profile=base-registry", "?enc=sjis", "?profile=base-registry&enc=sjis")

    assert len({client.get(f"/open-data/events.csv{query}").headers["ETag"] for query in queries}) == 4


def test_a_change_makes_another_file(client):
    event = EventFactory()
    before = client.get("/open-data/events.csv").headers["ETag"]
    event.title = "新しい名称"
    event.save()

    again = client.get("/open-data/events.csv", headers={"If-None-Match": before})

    assert again.status_code == 200
    assert "新しい名称" in again.getvalue().decode()


def test_the_beginning_of_an_event_changes_its_stage_and_the_file(client):
    now = timezone.localtime().replace(hour=12, minute=0)
    with time_machine.travel(now, tick=False):
        EventFactory(first_day=now.date(), start_time=(now + timedelta(hours=1)).time())
        address = "/open-data/events.csv?profile=base-registry"
        before = client.get(address)
        etag = before.headers["ETag"]
        assert "開催予定" in before.getvalue().decode()
        assert "Last-Modified" not in before.headers
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        after = client.get(address, headers={"If-None-Match": etag})

    assert after.status_code == 200
    assert "開催中" in after.getvalue().decode()


@pytest.mark.parametrize("name", [name for name in DATASETS if name != "events"])
def test_small_files_are_compared_by_what_they_say(client, name):
    fill(1)
    address = f"/open-data/{name}.csv"
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    fill(1)

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_last_modified_is_the_last_change_of_a_record(client):
    item = NewsItemFactory()
    changed = item.updated_at

    response = client.get("/open-data/news.csv")

    assert response.headers["Last-Modified"] == http_date(changed.timestamp())
    same = client.get("/open-data/news.csv", headers={"If-Modified-Since": response.headers["Last-Modified"]})
    assert same.status_code == 304


def test_what_disappears_at_its_hour_is_a_change(client):
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=3)):
        NewsItemFactory(unpublish_at=now - timedelta(hours=1))
        before = client.get("/open-data/news.csv").headers["Last-Modified"]

    response = client.get("/open-data/news.csv", headers={"If-Modified-Since": before})

    assert response.status_code == 200
    assert response.headers["Last-Modified"] == http_date((now - timedelta(hours=1)).timestamp())


def fill(number):
    """Rows of every file, with what belongs to them."""
    for _ in range(number):
        EventRoleFactory(event=EventFactory(owner=MunicipalityFactory()))
        TourStopFactory()
        WardTieFactory()
        CooperationAgreementFactory(bodies=[PartnerBodyFactory()], members=[MunicipalityFactory()])
        SupportRecordFactory()
        PublishedFigureFactory()
        NewsItemFactory()


# The queries of a file: those that tell whether it changed, and those that read it.
QUERIES = {
    "events": 6,
    "exhibitions": 3,
    "municipalities": 1,
    "ties": 1,
    "agreements": 4,
    "disaster-support": 3,
    "statistics": 1,
    "news": 2,
}


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, number):
    fill(number)
    for name, count in QUERIES.items():
        with django_assert_num_queries(count):
            client.get(f"/open-data/{name}.csv").getvalue()


def test_large_tables_are_read_in_parts(client, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("portal.open_data.tables.events.CHUNK", 2)
    for _ in range(5):
        EventFactory()

    # Two to begin with, one for the events, and three for each of three parts.
    with django_assert_num_queries(12):
        content = client.get("/open-data/events.csv").getvalue()

    assert content.count(b"\r\n") == 6
