"""sitemap.xml and robots.txt: every public page, nothing else, with the day it last changed."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.utils.timezone import localdate

from portal.core.navigation import every_page
from tests.factories.disaster_support import DisasterFactory
from tests.factories.events import EventFactory, ExhibitionFactory, WardProjectFactory
from tests.factories.municipalities import (
    CompanyAgreementFactory,
    CooperationAgreementFactory,
    MunicipalityFactory,
    PrefectureFactory,
    WardFactory,
)
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

SCHEMA = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PUBLISHED_KINDS = [
    CompanyAgreementFactory,
    CooperationAgreementFactory,
    DisasterFactory,
    EventFactory,
    ExhibitionFactory,
    NewsItemFactory,
    WardProjectFactory,
]
NOT_PUBLIC = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
    {"unpublish_at": datetime(2021, 1, 1, tzinfo=UTC)},
]


def entries(client) -> dict[str, str | None]:
    """The day of the last change of each page, by its address."""
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(response.content)  # noqa: S314 (written by ourselves)
    assert tree.tag == f"{SCHEMA}urlset"
    found = [(url.findtext(f"{SCHEMA}loc"), url.findtext(f"{SCHEMA}lastmod")) for url in tree]
    assert len(found) == len(dict(found))
    assert all(address.startswith("http://testserver/") for address, _ in found)
    return {address.removeprefix("http://testserver"): changed for address, changed in found}


def test_every_page_of_the_tree_is_named(client):
    assert list(entries(client)) == [page.url for page in every_page()]


@pytest.mark.parametrize("factory", PUBLISHED_KINDS)
def test_what_is_published_is_named_with_its_last_change(client, factory):
    public = factory()
    hidden = [factory(**extra) for extra in NOT_PUBLIC]
    named = entries(client)

    assert named[public.get_absolute_url()] == localdate(public.updated_at).isoformat()
    assert [row for row in hidden if row.get_absolute_url() in named] == []


def test_places_are_named_once_each(client):
    prefecture, ward, town = PrefectureFactory(code="26"), WardFactory(), MunicipalityFactory()
    named = entries(client)

    assert {prefecture.get_absolute_url(), ward.get_absolute_url(), town.get_absolute_url()} <= named.keys()
    assert f"/municipalities/{ward.code}/" not in named
    assert named[town.get_absolute_url()] is None


def test_years_are_named(client):
    EventFactory(first_day=None, fiscal_year=2017)

    assert "/events/archive/2017/" in entries(client)


def test_what_is_named_answers(client):
    for named in entries(client):
        assert client.get(named).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    for factory in PUBLISHED_KINDS:
        factory.create_batch(rows)

    with django_assert_num_queries(21):
        client.get("/sitemap.xml")


def test_robots_are_told_where_to_look(client):
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /accounts/\nDisallow: /preview/\nDisallow: /feedback/\n\n"
        "Sitemap: http://testserver/sitemap.xml\n"
    )


def test_it_keeps_the_rules_of_the_schema(client):
    """Those of sitemaps.org's schema 0.9: which elements, in which order, how long, how many, dates in W3C form."""
    EventFactory()
    content = client.get("/sitemap.xml").content
    tree = ElementTree.fromstring(content)  # noqa: S314 (written by ourselves)
    orders = [["loc"], ["loc", "lastmod"]]

    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert len(content) <= 50 * 1024 * 1024
    assert 1 <= len(tree) <= 50_000
    assert {url.tag for url in tree} == {f"{SCHEMA}url"}
    assert [url for url in tree if [part.tag.removeprefix(SCHEMA) for part in url] not in orders] == []
    for url in tree:
        assert 12 <= len(url.findtext(f"{SCHEMA}loc")) <= 2048
        assert datetime.fromisoformat(url.findtext(f"{SCHEMA}lastmod") or "2026-01-01")
