"""The agreements with the associations of cities, towns and villages."""

from datetime import UTC, date, datetime

import pytest

from tests.factories.core import SourceNoteFactory
from tests.factories.events import EventRoleFactory
from tests.factories.municipalities import (
    AgreementMemberFactory,
    CooperationAgreementFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    PrefectureFactory,
)
from tests.reading import texts

pytestmark = pytest.mark.django_db

URL = "/agreements/"
FIRST = date(2016, 4, 26)


@pytest.fixture
def kyoto():
    """Two bodies with one set of members."""
    prefecture = PrefectureFactory(code="26", name="京都府")
    bodies = [
        PartnerBodyFactory(name="京都府市長会", prefecture=prefecture, kind="city_mayors"),
        PartnerBodyFactory(name="京都府町村会", prefecture=prefecture),
    ]
    members = [MunicipalityFactory(prefecture=prefecture, number=number) for number in (201, 202, 203)]
    return CooperationAgreementFactory(bodies=bodies, members=members, signed_on=FIRST)


@pytest.fixture
def others():
    """What must be neither shown nor counted."""
    for name, extra in {
        "下書きの会": {"publication_state": "draft"},
        "取り下げた会": {"publication_state": "withdrawn"},
        "明日の会": {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
        "終わった会": {"ends_on": date(2016, 5, 1)},
        "後の会": {"signed_on": date(2018, 4, 16)},
    }.items():
        CooperationAgreementFactory(bodies=[PartnerBodyFactory(name=name)], members=[MunicipalityFactory()], **extra)


def test_the_agreements_of_a_day_with_bodies_members_and_total(client, kyoto, others):
    response = client.get(URL, {"as_of": "2017-01-01"})
    html = response.content.decode()

    assert [row.title for row in response.context["agreements"]] == ["京都府市長会・京都府町村会"]
    assert texts(response, "results__total") == ["2団体3自治体"]
    assert "平成29年1月1日</time>現在" in html
    assert '<time datetime="2016-04-26">平成28年4月26日</time>' in html
    assert ">3自治体</td>" in html


def test_fictional_agreements_are_shown_and_not_counted(client, kyoto):
    CooperationAgreementFactory(
        is_demo=True, members=[MunicipalityFactory()], bodies=[PartnerBodyFactory(name="架空の会")]
    )

    response = client.get(URL, {"as_of": "令和3年1月1日"})
    html = response.content.decode()

    assert "架空の会" in html
    assert 'data-variant="demo"' in html
    assert texts(response, "results__total") == ["2団体3自治体"]


@pytest.mark.parametrize(("day", "members"), [("2018-03-31", 3), ("2018-04-01", 2)])
def test_members_are_those_of_the_day(client, kyoto, day, members):
    kyoto.members.filter(municipality__code__startswith="26201").update(left_on=date(2018, 4, 1))

    response = client.get(URL, {"as_of": day})

    assert response.context["member_total"] == members
    assert [row.member_count for row in response.context["agreements"]] == [members]


def test_before_the_first_agreement_the_page_says_when_it_came(client, kyoto, others):
    html = client.get(URL, {"as_of": "2016-04-25"}).content.decode()

    assert "平成28年4月25日</time>現在、効力のある広域連携協定はありません" in html
    assert '<a href="?as_of=2016-04-26">' in html
    assert "<table" not in html


def test_without_any_agreement_the_page_says_so(client):
    html = client.get(URL).content.decode()

    assert "効力のある広域連携協定はありません" in html
    assert "最初の協定" not in html


@pytest.mark.parametrize("as_of", ["2021-02-30", "きのう", "1900-01-01", "9999-12-31"])
def test_a_wrong_day_is_named_and_today_shown(client, kyoto, others, as_of):
    response = client.get(URL, {"as_of": as_of})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["as_of"]
    assert [row.title for row in response.context["agreements"]] == ["京都府市長会・京都府町村会", "後の会"]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_of_the_list_does_not_grow(client, django_assert_num_queries, rows):
    for _ in range(rows):
        CooperationAgreementFactory(members=[MunicipalityFactory()])

    with django_assert_num_queries(5):
        client.get(URL)


def test_an_agreement_shows_bodies_members_by_prefecture_and_sources(client, kyoto):
    elsewhere = MunicipalityFactory(prefecture=PrefectureFactory(code="15", name="新潟県"), number=300)
    AgreementMemberFactory(agreement=kyoto, municipality=elsewhere, joined_on=date(2019, 4, 1))
    SourceNoteFactory(record=kyoto, as_printed="京都府市長会", reason="二つの団体で一つの構成です。", line=90)

    response = client.get(kyoto.get_absolute_url())
    html = response.content.decode()

    assert "<h1>京都府市長会・京都府町村会との広域連携協定</h1>" in html
    assert "平成28年4月26日（火曜日）" in html
    assert texts(response, "results__total") == ["4自治体"]
    assert html.index("<h3>新潟県</h3>") < html.index("第300町") < html.index("<h3>京都府</h3>") < html.index("第201町")
    assert "平成31年4月1日</time>から" in html
    assert "※ 二つの団体で一つの構成です。" in html
    assert "掲載日" in html
    assert "過去の構成自治体" not in html


def test_members_that_left_stand_apart_with_their_last_day(client, kyoto):
    kyoto.members.filter(municipality__code__startswith="26201").update(left_on=date(2018, 4, 1))
    response = client.get(kyoto.get_absolute_url())
    html = response.content.decode()

    assert texts(response, "results__total") == ["2自治体"]
    assert html.index("第202町") < html.index("過去の構成自治体") < html.index("第201町")
    assert "平成30年3月31日" in html


def test_an_agreement_that_ended_says_so_and_what_is_unknown_is_called_unknown(client):
    agreement = CooperationAgreementFactory(
        ends_on=date(2018, 4, 1),
        summary="概要の文です。",
        is_demo=True,
        bodies=[PartnerBodyFactory(official_site="https://body.example.jp/")],
    )
    html = client.get(agreement.get_absolute_url()).content.decode()

    assert "平成30年3月31日（土曜日）" in html
    assert "<dd>不明</dd>" in html
    assert "概要の文です。" in html
    assert 'href="https://body.example.jp/"' in html
    assert "現在の構成自治体はありません。" in html
    assert 'data-variant="demo"' in html


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        ({"publication_state": "draft"}, 404),
        ({"publish_at": datetime(2199, 1, 1, tzinfo=UTC)}, 404),
        ({"publication_state": "withdrawn"}, 410),
    ],
)
def test_an_agreement_that_is_not_public_is_not_shown(client, extra, status):
    agreement = CooperationAgreementFactory(bodies=[PartnerBodyFactory(name="秘密の会")], **extra)

    response = client.get(agreement.get_absolute_url())

    assert response.status_code == status
    assert "秘密の会" not in response.content.decode()


@pytest.mark.parametrize("pk", ["0", "99999999999999999999", "9" * 5000, "-1", "x"])
def test_an_unknown_agreement_is_not_found(client, pk):
    assert client.get(f"{URL}{pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_of_a_detail_does_not_grow(client, django_assert_num_queries, rows):
    members = [MunicipalityFactory(number=200 + number) for number in range(rows)]
    agreement = CooperationAgreementFactory(members=members)
    for _ in range(rows):
        SourceNoteFactory(record=agreement)
        EventRoleFactory(name="", body=agreement.bodies.get())

    with django_assert_num_queries(5):
        client.get(agreement.get_absolute_url())
