"""Which addresses are checked: those the public reads, and no others."""

import pytest
from django.apps import apps

from events.choices import EventRoleKind
from portal.links.collecting import addresses_in, models_looked_through, named_addresses
from tests.factories.core import ContactPointFactory
from tests.factories.events import EventFactory, EventRoleFactory, SpeakerFactory, TourStopFactory, WardProjectFactory
from tests.factories.municipalities import CompanyFactory, MunicipalityFactory, WardTieFactory
from tests.factories.portal import NewsItemFactory

# Columns that hold addresses nobody but the staff reads.
# An emergency notice is written in a minute and over within days: whoever writes it follows its link.
NOT_SHOWN_TO_THE_PUBLIC = {"disaster_support.EmergencyNotice", "disaster_support.NoticeTemplate"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("くわしくは https://a.example/x?y=1&z=2#top をご覧ください。", ["https://a.example/x?y=1&z=2#top"]),
        ("https://a.example/をご覧ください。", ["https://a.example/"]),
        ("（https://a.example/）", ["https://a.example/"]),
        ("(see https://a.example/b_(c)).", ["https://a.example/b_(c)"]),
        ("http://a.example, https://b.example. http://a.example", ["http://a.example", "https://b.example"]),
        ("ftp://a.example https:// アドレス", []),
        ("", []),
    ],
)
def test_addresses_are_found_in_texts(text, expected):
    assert addresses_in(text) == expected


def test_every_model_with_a_column_for_addresses_is_looked_through():
    ours = [
        model
        for app in ("core", "municipalities", "events", "disaster_support", "portal")
        for model in apps.get_app_config(app).get_models()
        if not model._meta.proxy
    ]
    with_addresses = {
        model._meta.label
        for model in ours
        if any(type(field).__name__ == "URLField" for field in model._meta.concrete_fields)
    }
    looked_through = {model._meta.label for model in models_looked_through()}
    assert with_addresses - looked_through == NOT_SHOWN_TO_THE_PUBLIC


@pytest.mark.django_db
def test_what_the_public_reads_is_collected():
    event = EventFactory(
        url="https://event.example/", remarks="https://remarks.example/", venue__url="https://venue.example/"
    )
    SpeakerFactory(event=event, topic="https://speaker.example/")
    NewsItemFactory(body="https://news.example/ と https://news.example/")
    MunicipalityFactory(official_site="https://town.example/")
    CompanyFactory(official_site="https://company.example/")
    ContactPointFactory(url="https://office.example/")
    WardTieFactory(evidence="https://tie.example/")
    WardProjectFactory(url="https://project.example/")
    found = sorted((place.address, place.field) for place in named_addresses())
    assert found == [
        ("https://company.example/", "official_site"),
        ("https://event.example/", "url"),
        ("https://news.example/", "body"),
        ("https://office.example/", "url"),
        ("https://project.example/", "url"),
        ("https://remarks.example/", "remarks"),
        ("https://speaker.example/", "topic"),
        ("https://tie.example/", "evidence"),
        ("https://town.example/", "official_site"),
        ("https://venue.example/", "url"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "hidden",
    [
        {"publication_state": "draft", "publish_at": None},
        {"publication_state": "in_review", "publish_at": None},
        {"publication_state": "approved", "publish_at": None},
        {"publication_state": "withdrawn"},
        {"publish_at": "2999-01-01T00:00Z"},
        {"unpublish_at": "2021-01-01T00:00Z"},
        {"is_demo": True},
    ],
    ids=str,
)
def test_nothing_of_what_the_public_does_not_see_is_asked_for(hidden):
    event = EventFactory(url="https://secret.example/", venue=None, **hidden)
    SpeakerFactory(event=event, topic="https://secret.example/")
    EventRoleFactory(event=event, role=EventRoleKind.PATRON, name="https://secret.example/")
    TourStopFactory(
        exhibition__title="展示",
        note="https://secret.example/",
        **{f"exhibition__{name}": value for name, value in hidden.items()},
    )
    NewsItemFactory(body="https://secret.example/", **hidden)
    assert list(named_addresses()) == []
