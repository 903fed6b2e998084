"""Places, agreements, support, figures and notices in the API; who sees what; how often the database is asked."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from municipalities.choices import MunicipalityKind, TieKind
from portal.choices import FigureState
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.factories.events import (
    EventFactory,
    EventRoleFactory,
    ExhibitionFactory,
    TourStopFactory,
    WardProjectFactory,
)
from tests.factories.municipalities import (
    AgreementMemberFactory,
    CompanyAgreementFactory,
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)
from tests.factories.portal import NewsItemFactory, PublishedFigureFactory
from tests.portal.api.test_answers import get

pytestmark = pytest.mark.django_db


def test_a_municipality_tells_its_links_on_a_day(client):
    town = MunicipalityFactory(name="箱根町", name_kana="はこねまち")
    WardTieFactory(municipality=town, starts_on=date(2010, 4, 1), ends_on=date(2015, 4, 1))
    MembershipFactory(municipality=town, is_demo=True)

    now = get(client, f"municipalities/{town.code}")
    then = get(client, "municipalities?q=はこね&as_of=2012-01-01")["results"][0]

    assert (now["has_exchange"], now["is_member"], now["has_agreement"]) == (False, False, False)
    assert (then["has_exchange"], then["is_member"], then["has_agreement"]) == (True, False, False)
    assert now["page"] == f"http://testserver/municipalities/{town.code}/"


def test_municipalities_can_be_chosen(client):
    town, city = MunicipalityFactory(), MunicipalityFactory(kind=MunicipalityKind.CITY)
    WardTieFactory(municipality=city, ward=WardFactory())

    def codes(query):
        return [row["code"] for row in get(client, f"municipalities?{query}")["results"]]

    assert codes("kind=town") == [town.code]
    assert codes("relation=exchange") == [city.code]
    assert codes("prefecture=14") == [town.code, city.code]
    assert codes(f"q={town.code}") == [town.code]


def test_prefectures_and_wards_are_counted(client):
    ward, town = WardFactory(), MunicipalityFactory()
    WardTieFactory(ward=ward, municipality=town)
    WardTieFactory(ward=ward, municipality=town, kind=TieKind.DISASTER)

    assert [
        (row["code"], row["municipality_count"], row["linked_count"]) for row in get(client, "prefectures")["results"]
    ] == [("13", 1, 0), ("14", 1, 1)]
    assert [(row["code"], row["tie_count"], row["partner_count"]) for row in get(client, "wards")["results"]] == [
        (ward.code, 2, 1)
    ]


def test_ties_are_told_by_their_last_day(client):
    tie = WardTieFactory(ends_on=date(2020, 4, 1))

    assert get(client, "ties")["results"][0]["last_day"] == "2020-03-31"
    assert get(client, "ties?as_of=2020-04-01")["count"] == 0
    assert get(client, f"ties?as_of=2020-03-31&ward={tie.ward_id}&municipality={tie.municipality_id}")["count"] == 1
    assert get(client, "ties?kind=disaster")["count"] == 0


def test_agreements_on_a_day(client):
    agreement = CooperationAgreementFactory(
        bodies=[PartnerBodyFactory(name="北海道町村会"), PartnerBodyFactory(name="北海道市長会")],
        signed_on=date(2016, 4, 26),
    )
    AgreementMemberFactory(agreement=agreement, joined_on=date(2016, 4, 26), left_on=date(2018, 4, 1))
    AgreementMemberFactory(agreement=agreement, joined_on=date(2018, 4, 1))
    AgreementMemberFactory(agreement=agreement, joined_on=date(2018, 4, 1))

    assert get(client, "agreements?as_of=2016-04-25")["count"] == 0
    assert get(client, "agreements?as_of=2018-03-31")["results"][0]["member_count"] == 1
    told = get(client, f"agreements/{agreement.pk}")
    assert (told["bodies"], told["member_count"]) == (["北海道町村会", "北海道市長会"], 2)
    assert [member["last_day"] for member in told["members"]] == ["2018-03-31", None, None]


def test_agreements_with_companies(client):
    CompanyAgreementFactory(title="見守り協定", fields_of_cooperation="防災\n観光", ends_on=date(2020, 4, 1))

    assert get(client, "company-agreements")["results"][0]["fields_of_cooperation"] == ["防災", "観光"]
    assert get(client, "company-agreements?as_of=2020-04-01")["count"] == 0


def test_a_disaster_tells_what_was_given(client):
    record = SupportRecordFactory(disaster=DisasterFactory(name="第1号台風"), amount_yen=3_740_250_000)

    told = get(client, f"disasters/{record.disaster_id}")

    assert told["name"] == "第1号台風"
    assert told["support"][0]["amount_yen"] == 3_740_250_000
    assert told["support"][0]["kind"] == {"code": "reconstruction", "label": "復興支援金"}
    assert get(client, "disasters")["results"] == [told]


def test_what_did_not_exist_yet_is_null_and_not_zero(client):
    PublishedFigureFactory(value=None, state=FigureState.DID_NOT_EXIST, fiscal_year=2015)
    PublishedFigureFactory(value=372, fiscal_year=2020)

    assert [row["value"] for row in get(client, "statistics?table=partners")["results"]] == [None, 372]
    assert get(client, "statistics?fiscal_year=2020&table=projects")["count"] == 0


def test_a_notice(client):
    item = NewsItemFactory(title="ご案内", body="本文")

    assert get(client, f"news/{item.pk}")["body"] == "本文"
    assert get(client, "news")["results"][0]["title"] == "ご案内"


PUBLISHABLE = {
    "events": EventFactory,
    "exhibitions": ExhibitionFactory,
    "projects": WardProjectFactory,
    "agreements": CooperationAgreementFactory,
    "company-agreements": CompanyAgreementFactory,
    "disasters": DisasterFactory,
    "news": NewsItemFactory,
}


@pytest.mark.parametrize("name", PUBLISHABLE)
def test_only_what_is_public_is_answered(client, name):
    factory = PUBLISHABLE[name]
    shown, demo = factory(), factory(is_demo=True)
    secret = [
        factory(publication_state="draft"),
        factory(publication_state="in_review"),
        factory(publish_at=timezone.now() + timedelta(days=9)),
    ]
    gone = [
        factory(publication_state="withdrawn"),
        factory(unpublish_at=timezone.now() - timedelta(days=1)),
    ]

    rows = get(client, name)["results"]

    assert {(row["id"], row["is_demo"]) for row in rows} == {(shown.pk, False), (demo.pk, True)}
    if name != "company-agreements":
        assert [get(client, f"{name}/{row.pk}", 404)["detail"] for row in secret] == ["見つかりません。"] * 3
        assert [get(client, f"{name}/{row.pk}", 410)["detail"] for row in gone] == ["取り下げられました。"] * 2


def test_parts_that_are_not_public_are_not_named(client):
    whole = EventFactory()
    EventFactory(parent=whole, title="下書きの部", publication_state="draft")
    part = EventFactory(parent=whole)

    assert [told["id"] for told in get(client, f"events/{whole.pk}")["parts"]] == [part.pk]


LISTS = {
    "events": 2,
    "exhibitions": 3,
    "projects": 3,
    "municipalities": 2,
    "prefectures": 2,
    "wards": 2,
    "ties": 2,
    "agreements": 3,
    "company-agreements": 2,
    "disasters": 3,
    "statistics": 2,
    "news": 2,
}
DETAILS = {
    "events": 6,
    "exhibitions": 2,
    "projects": 2,
    "agreements": 3,
    "disasters": 2,
    "news": 1,
}


def fill(number):
    """Rows of every list, with what belongs to them; the last ones, by the name of the list."""
    for _ in range(number):
        town = MunicipalityFactory()
        event = EventFactory(owner=town)
        EventRoleFactory(event=event)
        EventFactory(parent=event)
        stop, project, record = TourStopFactory(), WardProjectFactory(), SupportRecordFactory()
        project.municipalities.add(town)
        WardTieFactory(municipality=town)
        bodies = [PartnerBodyFactory(prefecture=PrefectureFactory())]
        agreement = CooperationAgreementFactory(bodies=bodies, members=[town])
        CompanyAgreementFactory()
        PublishedFigureFactory()
        news = NewsItemFactory()
    return {
        "events": event,
        "exhibitions": stop.exhibition,
        "projects": project,
        "agreements": agreement,
        "disasters": record.disaster,
        "news": news,
    }


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, number):
    rows = fill(number)
    for name, count in LISTS.items():
        with django_assert_num_queries(count):
            assert client.get(f"/api/v1/{name}").json()["count"] > 0
    for name, count in DETAILS.items():
        with django_assert_num_queries(count):
            assert client.get(f"/api/v1/{name}/{rows[name].pk}").status_code == 200
