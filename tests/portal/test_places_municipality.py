"""The page of a municipality."""

from datetime import UTC, date, datetime

import pytest

from events.choices import Status
from municipalities.choices import MunicipalityKind, TieKind
from tests.factories.core import ContactPointFactory
from tests.factories.events import EventFactory, EventRoleFactory, ExhibitionFactory, WardProjectFactory
from tests.factories.municipalities import (
    AgreementMemberFactory,
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    MunicipalitySuccessionFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)
from tests.reading import links, texts

pytestmark = pytest.mark.django_db

FIRST, END = date(2016, 4, 26), date(2020, 4, 1)
HIDDEN = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
]


@pytest.fixture
def hakodate():
    return MunicipalityFactory(
        prefecture=PrefectureFactory(code="01", name="北海道"),
        code="012025",
        name="函館市",
        name_kana="はこだてし",
        name_en="Hakodate City",
        kind=MunicipalityKind.CITY,
        latitude="41.793947",
        longitude="140.774290",
        official_site="https://hakodate.example.jp/",
        contact=ContactPointFactory(
            organization="函館市役所",
            department="企画課",
            phone="0138-00-0000",
            email="kikaku@hakodate.example.jp",
            url="https://hakodate.example.jp/kikaku/",
        ),
    )


@pytest.fixture
def html_of(client):
    def html_of(municipality):
        response = client.get(f"/municipalities/{municipality.code}/")
        assert response.status_code == 200
        return response.content.decode()

    return html_of


def section(html, heading_id):
    """One section of the page, from its heading to its end."""
    return html.split(f'id="{heading_id}"')[1].split("</section>")[0]


def test_the_page_says_what_the_municipality_is(html_of, hakodate):
    html = html_of(hakodate)

    assert "<h1>函館市（北海道）</h1>" in html
    for fact in ("はこだてし", "Hakodate City", '<a href="/prefectures/01/">北海道</a>', "<dd>市</dd>", "012025"):
        assert fact in html
    assert "北緯41.793947度、東経140.774290度" in html
    assert "Geolonia 住所データ" in section(html, "location-heading")
    links = section(html, "links-heading")
    for link in ("tel:0138-00-0000", "mailto:kikaku@hakodate.example.jp", "https://hakodate.example.jp/kikaku/"):
        assert f'href="{link}"' in links
    assert '<a href="https://hakodate.example.jp/">函館市の公式サイト</a>' in html
    assert 'aria-label="日本の略図での北海道の位置"' in html


def test_what_is_not_known_is_left_out_and_what_is_missing_is_said(html_of):
    html = html_of(MunicipalityFactory())

    assert "location-heading" not in html
    assert "links-heading" not in html
    for sentence in (
        "現在の交流は登録されていません。",
        "構成自治体となっている協定はありません。",
        "現在、会員登録はありません。",
        "この自治体が関わるイベントは掲載されていません。",
        "この都道府県の展示は掲載されていません。",
        "この自治体と連携する各区事業は掲載されていません。",
    ):
        assert sentence in html


def test_ties_name_ward_kind_period_and_evidence_and_ended_ones_stand_apart(html_of, hakodate):
    WardTieFactory(
        municipality=hakodate,
        ward=WardFactory(number=9),
        kind=TieKind.DISASTER,
        title="相互応援の協定",
        starts_on=FIRST,
        evidence="https://ward.example.jp/kyotei",
    )
    WardTieFactory(municipality=hakodate, ward=WardFactory(number=10), starts_on=None, is_demo=True)
    WardTieFactory(municipality=hakodate, ward=WardFactory(number=11), starts_on=None, ends_on=END)
    WardTieFactory(municipality=hakodate, ward=WardFactory(number=12), starts_on=date(2199, 4, 1))
    WardTieFactory(ward=WardFactory(number=13))
    ties = section(html_of(hakodate), "ties-heading")
    current, ended = ties.split("終了した交流")

    assert '<a href="/wards/131091/">第9区</a>' in current
    assert "災害時応援協定" in current
    assert "相互応援の協定" in current
    assert '<time datetime="2016-04-26">平成28年4月26日</time>から' in current
    assert 'href="https://ward.example.jp/kyotei"' in current
    assert "第10区" in current
    assert current.count("（開始日は不明）") == 1
    assert current.count('data-variant="demo"') == 1
    assert "（開始日は不明）～" in ended
    assert "令和2年3月31日" in ended
    assert [name for name in ("第9区", "第11区", "第12区", "第13区") if name in ended] == ["第11区"]
    assert [name for name in ("第11区", "第12区", "第13区") if name in current] == []


def test_agreements_are_the_public_ones_it_belongs_to_today(html_of, hakodate):
    body = PartnerBodyFactory(name="北海道市長会")
    CooperationAgreementFactory(bodies=[body], members=[hakodate], signed_on=FIRST)
    for extra in [*HIDDEN, {"ends_on": END}]:
        hidden = PartnerBodyFactory(name=f"秘密の会{len(extra)}{extra}"[:50])
        CooperationAgreementFactory(bodies=[hidden], members=[hakodate], **extra)
    left = CooperationAgreementFactory(bodies=[PartnerBodyFactory(name="秘密の会")])
    AgreementMemberFactory(agreement=left, municipality=hakodate, joined_on=FIRST, left_on=END)

    html = html_of(hakodate)

    assert "北海道市長会との広域連携協定" in section(html, "agreements-heading")
    assert "平成28年4月26日" in section(html, "agreements-heading")
    assert "秘密の会" not in html


def test_membership_says_since_when_and_past_ones_stand_apart(html_of, hakodate):
    MembershipFactory(municipality=hakodate, registered_on=date(2015, 4, 1), withdrawn_on=FIRST)
    MembershipFactory(municipality=hakodate, registered_on=END, is_demo=True)
    current, past = section(html_of(hakodate), "membership-heading").split("過去の会員登録")

    assert "会員登録自治体です。" in current
    assert "令和2年4月1日</time>から" in current
    assert 'data-variant="demo"' in current
    assert "平成27年4月1日" in past
    assert "平成28年4月25日" in past
    assert 'data-variant="demo"' not in past


def test_events_exhibitions_and_projects_are_the_public_ones(html_of, hakodate):
    event = EventFactory(title="北の催し", is_demo=True, status=Status.CANCELLED)
    EventRoleFactory(event=event, municipality=hakodate, name="")
    exhibition = ExhibitionFactory(title="北の展示", prefecture=hakodate.prefecture, first_day=None, fiscal_year=2019)
    project = WardProjectFactory(title="北の事業")
    project.municipalities.add(hakodate)
    for extra in HIDDEN:
        EventRoleFactory(event=EventFactory(title="秘密の催し", **extra), municipality=hakodate, name="")
        ExhibitionFactory(title="秘密の展示", prefecture=hakodate.prefecture, **extra)
        WardProjectFactory(title="秘密の事業", **extra).municipalities.add(hakodate)
    ExhibitionFactory(title="よその展示", prefecture=PrefectureFactory(code="15"))
    html = html_of(hakodate)

    assert f'<a href="{event.get_absolute_url()}">北の催し</a>' in section(html, "events-heading")
    assert "中止" in section(html, "events-heading")
    assert 'data-variant="demo"' in section(html, "events-heading")
    assert f'<a href="{exhibition.get_absolute_url()}">北の展示</a>' in section(html, "exhibitions-heading")
    assert "令和元年度" in section(html, "exhibitions-heading")
    assert f'<a href="{project.get_absolute_url()}">北の事業</a>' in section(html, "projects-heading")
    assert "秘密" not in html
    assert "よその展示" not in html


def test_the_code_of_a_ward_leads_to_the_page_of_the_ward(client):
    ward = WardFactory(number=9)

    response = client.get(f"/municipalities/{ward.code}/")

    assert (response.status_code, response["Location"]) == (301, "/wards/131091/")


NO_CODES = ["012026", "012033", "12025", "abcdef", "０１２０２５", "-12025", "9" * 5000, "012025%20", "函館市", "'"]


@pytest.mark.parametrize("code", NO_CODES)
@pytest.mark.parametrize("place", ["municipalities", "wards", "prefectures"])
def test_what_is_no_code_of_a_municipality_is_not_found(client, hakodate, place, code):
    assert client.get(f"/{place}/{code}/").status_code == 404


@pytest.mark.parametrize("place", ["municipalities", "wards", "prefectures"])
def test_a_nul_byte_is_refused(client, place):
    assert client.get(f"/{place}/01%00/").status_code == 400


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, hakodate, rows):
    for number in range(rows):
        WardTieFactory(
            municipality=hakodate,
            ward=WardFactory(number=number % 23 + 1),
            starts_on=date(1950 + number, 4, 1),
            ends_on=date(1951 + number, 4, 1),
        )
        CooperationAgreementFactory(members=[hakodate])
        EventRoleFactory(event=EventFactory(), municipality=hakodate, name="")
        ExhibitionFactory(prefecture=hakodate.prefecture)
        WardProjectFactory().municipalities.add(hakodate)

    with django_assert_num_queries(10):
        client.get("/municipalities/012025/")


def test_a_municipality_that_was_merged_keeps_its_page_and_leads_on(client):
    old, new = MunicipalityFactory(dissolved_on=date(2020, 4, 1)), MunicipalityFactory()
    MunicipalitySuccessionFactory(predecessor=old, successor=new)

    response = client.get(old.get_absolute_url())

    (notice,) = texts(response, "notice")
    assert notice.startswith("令和2年3月31日に廃止された自治体です。引き継いだ自治体：")
    assert new.get_absolute_url() in links(response).values()
    listed = links(client.get("/municipalities/"))
    assert new.get_absolute_url() in listed.values()
    assert old.get_absolute_url() not in listed.values()
    assert old.get_absolute_url() not in client.get("/sitemap.xml").content.decode()
