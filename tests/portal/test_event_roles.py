"""Roles in events, linked both ways: from the event to whoever has it, and back."""

from datetime import UTC, date, datetime

import pytest

from tests.factories.events import EventFactory, EventRoleFactory
from tests.factories.municipalities import (
    CompanyAgreementFactory,
    CompanyFactory,
    CooperationAgreementFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardFactory,
)
from tests.reading import facts, links, main_text, texts

pytestmark = pytest.mark.django_db

HIDDEN = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
]


def titles(response):
    assert response.status_code == 200
    return [said.split()[0] for said in texts(response, "record-list__title")]


def test_a_body_leads_to_its_latest_public_agreement(client):
    body = PartnerBodyFactory(name="北海道町村会")
    CooperationAgreementFactory(bodies=[body], signed_on=date(2016, 4, 26))
    latest = CooperationAgreementFactory(bodies=[PartnerBodyFactory(), body], signed_on=date(2018, 4, 1))
    for extra in HIDDEN:
        CooperationAgreementFactory(bodies=[body], signed_on=date(2020, 4, 1), **extra)
    role = EventRoleFactory(name="", body=body)

    response = client.get(role.event.get_absolute_url())

    assert links(response)["北海道町村会"] == latest.get_absolute_url()
    assert titles(client.get(latest.get_absolute_url())) == [role.event.title]


def test_a_company_leads_to_its_public_agreement(client):
    company = CompanyFactory(name="鉄道株式会社")
    agreement = CompanyAgreementFactory(company=company)
    CompanyAgreementFactory(company=company, signed_on=date(2020, 4, 1), publication_state="draft")
    role = EventRoleFactory(name="", company=company)

    response = client.get(role.event.get_absolute_url())

    assert links(response)["鉄道株式会社"] == agreement.get_absolute_url()
    assert titles(client.get(agreement.get_absolute_url())) == [role.event.title]


@pytest.mark.parametrize("extra", HIDDEN)
def test_without_a_public_agreement_a_name_is_plain_text(client, extra):
    event = EventFactory()
    body, company = PartnerBodyFactory(name="北海道町村会"), CompanyFactory(name="鉄道株式会社")
    CooperationAgreementFactory(bodies=[body], **extra)
    CompanyAgreementFactory(company=company, **extra)
    EventRoleFactory(event=event, name="", body=body)
    EventRoleFactory(event=event, name="", company=company)

    response = client.get(event.get_absolute_url())

    assert facts(response)["主催"] == ["北海道町村会", "鉄道株式会社"]
    assert {"北海道町村会", "鉄道株式会社"} & links(response).keys() == set()


def test_an_agreement_of_two_bodies_lists_the_events_of_both_once(client):
    bodies = [PartnerBodyFactory(), PartnerBodyFactory()]
    agreement = CooperationAgreementFactory(bodies=bodies)
    both = EventFactory(title="両方の催し", first_day=date(2020, 1, 1))
    for body in bodies:
        EventRoleFactory(event=both, name="", body=body)
        EventRoleFactory(event=both, name="", body=body, role="patron")
    EventRoleFactory(event=EventFactory(title="片方の催し", first_day=date(2021, 1, 1)), name="", body=bodies[1])
    EventRoleFactory(event=EventFactory(title="よその催し"), name="", body=PartnerBodyFactory())
    for extra in HIDDEN:
        EventRoleFactory(event=EventFactory(title="秘密の催し", **extra), name="", body=bodies[0])

    response = client.get(agreement.get_absolute_url())

    assert titles(response) == ["片方の催し", "両方の催し"]
    assert "秘密" not in response.content.decode()


def test_a_company_agreement_lists_only_public_events_of_the_company(client):
    agreement = CompanyAgreementFactory()
    EventRoleFactory(event=EventFactory(title="協賛した催し"), name="", company=agreement.company)
    EventRoleFactory(event=EventFactory(title="よその催し"), name="", company=CompanyFactory())
    for extra in HIDDEN:
        EventRoleFactory(event=EventFactory(title="秘密の催し", **extra), name="", company=agreement.company)

    response = client.get(agreement.get_absolute_url())

    assert titles(response) == ["協賛した催し"]
    assert "秘密" not in response.content.decode()


def test_without_events_the_pages_say_so(client):
    agreement, company_agreement = CooperationAgreementFactory(), CompanyAgreementFactory()

    assert "この団体が役割を持つイベントは掲載されていません。" in main_text(client.get(agreement.get_absolute_url()))
    said = main_text(client.get(company_agreement.get_absolute_url()))
    assert "この企業が役割を持つイベントは掲載されていません。" in said


def holders():
    """For each kind of page: what links an event with it, and the page."""
    agreement, company = CooperationAgreementFactory(), CompanyAgreementFactory()
    ward, town, prefecture = WardFactory(), MunicipalityFactory(), PrefectureFactory(code="40")
    return {
        "agreement": (lambda e: EventRoleFactory(event=e, name="", body=agreement.bodies.get()), agreement),
        "company": (lambda e: EventRoleFactory(event=e, name="", company=company.company), company),
        "ward": (lambda e: EventRoleFactory(event=e, name="", municipality=ward), ward),
        "town": (lambda e: EventRoleFactory(event=e, name="", municipality=town), town),
        "prefecture": (lambda e: e.prefectures.add(prefecture), prefecture),
    }


@pytest.mark.parametrize("kind", ["agreement", "company", "ward", "town", "prefecture"])
def test_a_part_is_not_repeated_beside_its_whole(client, kind):
    link, holder = holders()[kind]
    whole = EventFactory(title="全体", first_day=date(2022, 1, 1))
    link(whole)
    link(EventFactory(title="部分", parent=whole))
    alone = EventFactory(title="部分だけ", parent=EventFactory(title="関わらない全体"), first_day=date(2021, 1, 1))
    link(alone)
    hidden = EventFactory(title="秘密の全体", publication_state="draft")
    link(hidden)
    link(EventFactory(title="公開の部分", parent=hidden, first_day=date(2020, 1, 1)))

    response = client.get(holder.get_absolute_url())

    assert titles(response) == ["全体", "部分だけ", "公開の部分"]
    assert "秘密" not in response.content.decode()


def test_the_venue_and_the_owner_link_an_event_with_a_town_too(client):
    town = MunicipalityFactory()
    EventFactory(title="町の催し", owner=town)
    EventFactory(title="町での催し", venue__municipality=town)

    assert sorted(titles(client.get(town.get_absolute_url()))) == ["町での催し", "町の催し"]
