"""Which records are looked through, and what is told of each."""

import pytest
from django.apps import apps

from events.models import EventRole, FormerSchedule, Speaker
from municipalities.models import Prefecture
from portal.core.models import Sourced
from portal.models import NewsItem, PlanItem
from portal.quality.registry import ALONG, CHECK_OF, CHECKS
from tests.factories.core import SourceNoteFactory
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory, VenueFactory, WardProjectFactory
from tests.factories.municipalities import (
    AgreementMemberFactory,
    CompanyFactory,
    CooperationAgreementFactory,
    MembershipFactory,
    WardTieFactory,
)
from tests.factories.portal import AimFactory, NewsItemFactory, PlanItemFactory, PublishedFigureFactory

pytestmark = pytest.mark.django_db


def messages(record):
    check = CHECK_OF[type(record)]
    notes = list(record.source_notes.all())
    return [(doubt.code, doubt.field) for doubt in check.doubts(record, notes, check.around([record]), None)]


def test_each_model_is_looked_through_once():
    assert len(CHECK_OF) == len(CHECKS)


def test_everything_that_comes_from_a_paper_is_looked_through():
    ours = [model for app in ("municipalities", "events", "disaster_support", "portal") for model in models_of(app)]
    sourced = {model for model in ours if issubclass(model, Sourced) and not model._meta.proxy}

    assert sourced - set(CHECK_OF) == set()
    assert {EventRole, FormerSchedule, Speaker, Prefecture} & set(CHECK_OF) == set()


def models_of(app):
    return apps.get_app_config(app).get_models()


def test_what_is_looked_at_along_is_looked_through_itself():
    assert {model for along in ALONG.values() for model, _, _ in along} <= set(CHECK_OF)


@pytest.mark.parametrize(
    "factory",
    [
        EventFactory,
        ExhibitionFactory,
        VenueFactory,
        WardProjectFactory,
        WardTieFactory,
        CooperationAgreementFactory,
        CompanyFactory,
        MembershipFactory,
        DisasterFactory,
        SupportRecordFactory,
        NewsItemFactory,
        AimFactory,
        PublishedFigureFactory,
    ],
)
def test_fictional_rows_are_not_looked_through(factory):
    official = factory()
    factory(is_demo=True)

    assert list(CHECK_OF[type(official)].rows()) == [official]


def test_rows_of_fictional_wholes_are_not_looked_through():
    stop, member = TourStopFactory(), AgreementMemberFactory()
    TourStopFactory(exhibition=ExhibitionFactory(is_demo=True))
    AgreementMemberFactory(agreement=CooperationAgreementFactory(is_demo=True))

    assert list(CHECK_OF[type(stop)].rows()) == [stop]
    assert list(CHECK_OF[type(member)].rows()) == [member]


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_what_is_not_public_is_looked_through_as_well(state):
    item = NewsItemFactory(publication_state=state)

    assert list(CHECK_OF[NewsItem].rows()) == [item]


def test_what_a_record_says_twice_is_told_once():
    item = NewsItemFactory(title="23一体事業", body="23一体事業を進めます。")
    SourceNoteFactory(record=item, as_printed="23一体事業")

    assert messages(item) == [("misprint", "title")]


def test_two_slips_are_told_both():
    assert messages(NewsItemFactory(title="23一体事業", body="100円円")) == [
        ("misprint", "title"),
        ("misprint", "body"),
    ]


def test_dates_of_a_notice_lie_near_the_day_it_is_published():
    item = NewsItemFactory(body="12月26日（金）", publish_at="2017-12-01T09:00+09:00")
    item.refresh_from_db()

    assert messages(item) == [("weekday", "body")]


def test_a_heading_is_told_of_at_its_first_item():
    second = PlanItemFactory(heading="23一体事業", listing_order=2)
    first = PlanItemFactory(heading="23一体事業", listing_order=1)
    other = PlanItemFactory(heading="23共同", listing_order=3)
    PlanItemFactory(heading="23一体事業", listing_order=0, is_demo=True)

    assert [messages(item) for item in (first, second, other)] == [
        [("misprint", "heading")],
        [],
        [("misprint", "heading")],
    ]
    assert CHECK_OF[PlanItem].own_texts == ("heading",)


def test_a_total_is_held_against_the_rows_of_its_own_column():
    total = PublishedFigureFactory(table="projects", row="total", value=3, is_total=True)
    PublishedFigureFactory(table="projects", value=1)
    PublishedFigureFactory(table="projects", value=2)
    PublishedFigureFactory(table="projects", value=9, fiscal_year=2020)
    PublishedFigureFactory(table="agreements", value=9)
    PublishedFigureFactory(table="projects", value=9, is_demo=True)
    assert messages(total) == []

    PublishedFigureFactory(table="projects", value=4)
    assert messages(total) == [("sum", "value")]
