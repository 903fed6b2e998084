"""The page of a prefecture."""

from datetime import date

import pytest

from tests.factories.events import EventFactory, ExhibitionFactory
from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)

pytestmark = pytest.mark.django_db

URL = "/prefectures/26/"


@pytest.fixture
def kyoto():
    return PrefectureFactory(code="26", name="京都府", name_kana="きょうとふ", name_en="Kyoto", region="近畿")


@pytest.fixture
def body(kyoto):
    return PartnerBodyFactory(name="京都府市長会", prefecture=kyoto, official_site="https://body.example.jp/")


def test_the_page_counts_municipalities_and_official_links(client, kyoto, body):
    towns = [MunicipalityFactory(prefecture=kyoto, number=number) for number in (201, 202, 203)]
    CooperationAgreementFactory(bodies=[body], members=towns[:1])
    MembershipFactory(municipality=towns[0])
    MembershipFactory(municipality=towns[1], is_demo=True)
    MunicipalityFactory()

    response = client.get(URL)
    html = response.content.decode()

    assert "<h1>京都府</h1>" in html
    assert "<dd>3自治体</dd>" in html
    assert "<dd>1自治体（<time" in html
    assert list(response.context["municipalities"]) == towns
    rows = html.split("<tbody>")[-1].split("<tr>")[1:]
    assert [row.count('class="chip"') for row in rows] == [2, 2, 0]
    assert ["デモ" in row for row in rows] == [False, True, False]


def test_agreements_of_its_bodies_are_the_public_ones_in_force(client, kyoto, body):
    agreement = CooperationAgreementFactory(bodies=[body], members=[MunicipalityFactory(prefecture=kyoto)])
    secret = PartnerBodyFactory(name="秘密の会", prefecture=kyoto)
    CooperationAgreementFactory(bodies=[secret], publication_state="draft")
    CooperationAgreementFactory(bodies=[secret], publication_state="withdrawn")
    CooperationAgreementFactory(bodies=[secret], ends_on=date(2018, 4, 1))
    CooperationAgreementFactory(bodies=[PartnerBodyFactory(name="よその会", prefecture=PrefectureFactory(code="15"))])
    html = client.get(URL).content.decode()

    assert f'<a href="{agreement.get_absolute_url()}">京都府市長会との広域連携協定</a>' in html
    assert '<a href="https://body.example.jp/">京都府市長会の公式サイト</a>' in html
    assert "構成自治体 1自治体" in html
    assert "秘密の会" not in html
    assert "よその会" not in html


def test_exhibitions_are_the_public_ones(client, kyoto):
    shown = ExhibitionFactory(prefecture=kyoto, title="お茶の展示", subtitle="知る", is_demo=True)
    ExhibitionFactory(prefecture=kyoto, title="秘密の展示", publication_state="draft")
    ExhibitionFactory(prefecture=kyoto, title="秘密の展示", publication_state="withdrawn")
    html = client.get(URL).content.decode()

    assert f'<a href="{shown.get_absolute_url()}">お茶の展示「知る」</a>' in html
    assert 'data-variant="demo"' in html
    assert "秘密の展示" not in html


def test_a_prefecture_without_agreements_or_exhibitions_says_so(client, kyoto):
    html = client.get(URL).content.decode()

    assert "この都道府県の市長会・町村会との協定はありません。" in html
    assert "この都道府県の展示は掲載されていません。" in html


def test_tokyo_lists_its_wards_too(client):
    ward = WardFactory(number=9)

    assert '<a href="/wards/131091/">第9区</a>' in client.get(f"/prefectures/{ward.prefecture_id}/").content.decode()


@pytest.mark.parametrize("code", ["00", "48", "2", "026", "京都", "２６", "9" * 5000])
def test_an_unknown_prefecture_is_not_found(client, kyoto, code):
    assert client.get(f"/prefectures/{code}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, kyoto, body, rows):
    for number in range(rows):
        town = MunicipalityFactory(prefecture=kyoto, number=200 + number)
        WardTieFactory(municipality=town)
        CooperationAgreementFactory(bodies=[body], members=[town])
        ExhibitionFactory(prefecture=kyoto)
        EventFactory().prefectures.add(kyoto)

    with django_assert_num_queries(6):
        client.get(URL)
