"""What the project says of itself, its printed figures and its agreements: exactly as printed."""

from datetime import date, timedelta

import pytest

from events.models import EventRole
from municipalities.choices import MunicipalityKind, Relation
from municipalities.models import AgreementMember, CooperationAgreement, Membership, Municipality, PartnerBody, WardTie
from portal.choices import FigureState, FigureTable
from portal.models import Aim, FoundingDocument, Milestone, PublishedFigure
from tests.portal.official.records import named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official_data")]


def agreement_totals():
    return [
        (agreement.title, agreement.signed_on, agreement.member_count)
        for agreement in CooperationAgreement.objects.published().official().for_list().order_by("listing_order")
    ]


def test_the_prospectus_has_its_date_issuer_and_tagline_and_waits_for_its_text():
    document = FoundingDocument.objects.get()

    assert (document.slug, document.title) == ("prospectus", "趣意書")
    assert (document.issued_on, document.issuer) == (date(2014, 9, 16), "特別区長会")
    assert document.tagline == "東京２３区が、全国各地と連携して進める「日本の元気づくり」"
    assert document.official_text == ""
    assert len(document.summary) > 100


def test_the_three_aims():
    assert list(Aim.objects.values_list("number", "title")) == [
        (1, "共存共栄による日本の元気創造"),
        (2, "相互補完による地域課題の克服"),
        (3, "信頼関係・絆の強化"),
    ]


def test_the_plans_have_no_date_because_none_is_printed():
    assert list(Milestone.objects.values_list("title", "happened_on", "fiscal_year")) == [
        ("事業計画（～2020年度）", None, None),
        ("事業計画（～2022年度）", None, None),
    ]


def cells(table):
    figures = PublishedFigure.objects.of_table(table).values_list("label", "fiscal_year", "value", "as_of")
    return [tuple(figure) for figure in figures]


JANUARY = date(2021, 1, 1)


def test_the_table_of_partners_as_printed():
    assert cells(FigureTable.PARTNERS) == [
        ("各区の交流自治体", 2015, 574, None),
        ("各区の交流自治体", 2020, 732, JANUARY),
        ("全国連携ホームページ会員登録自治体", 2015, 149, None),
        ("全国連携ホームページ会員登録自治体", 2020, 269, JANUARY),
        ("広域連携協定締結自治体", 2015, None, None),
        ("広域連携協定締結自治体", 2020, 372, JANUARY),
        ("合計", 2015, 660, None),
        ("合計", 2020, 1035, JANUARY),
    ]
    (absent,) = PublishedFigure.objects.filter(value=None)
    assert absent.state == FigureState.DID_NOT_EXIST


def test_the_table_of_projects_as_printed():
    assert cells(FigureTable.PROJECTS) == [
        ("各区事業", 2015, 552, None),
        ("各区事業", 2020, 739, JANUARY),
        ("２３区一体事業（主要事業）", 2015, 1, None),
        ("２３区一体事業（主要事業）", 2020, 8, JANUARY),
        ("合計", 2015, 553, None),
        ("合計", 2020, 747, JANUARY),
    ]
    totals = PublishedFigure.objects.filter(is_total=True)
    assert set(totals.values_list("table", "label")) == {(table, "合計") for table in FigureTable}


def test_the_table_of_agreements_as_printed():
    assert [(label, value) for label, _, value, _ in cells(FigureTable.AGREEMENTS)] == [
        ("北海道町村会", 144),
        ("京都府市長会・京都府町村会", 26),
        ("青森県市長会・青森県町村会", 40),
        ("千葉県町村会", 17),
        ("広島県町村会", 9),
        ("奈良県町村会", 27),
        ("群馬県町村会", 23),
        ("群馬県市長会", 12),
        ("埼玉県町村会", 23),
        ("千葉県市長会", 37),
        ("山梨県町村会", 14),
        ("合計", 372),
    ]


def test_no_rows_are_invented_to_reach_the_printed_figures():
    assert not WardTie.objects.exists()
    assert not Membership.objects.exists()
    assert not EventRole.objects.exists()


def test_the_members_of_every_agreement_reproduce_the_printed_counts():
    assert agreement_totals() == [
        ("北海道町村会", date(2016, 4, 26), 144),
        ("京都府市長会・京都府町村会", date(2016, 4, 26), 26),
        ("青森県市長会・青森県町村会", date(2016, 6, 25), 40),
        ("千葉県町村会", date(2017, 1, 19), 17),
        ("広島県町村会", date(2017, 1, 27), 9),
        ("奈良県町村会", date(2018, 2, 21), 27),
        ("群馬県町村会", date(2018, 4, 16), 23),
        ("群馬県市長会", date(2018, 4, 16), 12),
        ("埼玉県町村会", date(2018, 5, 1), 23),
        ("千葉県市長会", date(2019, 10, 26), 37),
        ("山梨県町村会", date(2019, 10, 26), 14),
    ]
    assert PartnerBody.objects.count() == 13
    assert Municipality.objects.linked(Relation.AGREEMENT, official=True).count() == 372
    assert set(AgreementMember.objects.values_list("left_on", flat=True)) == {None}


def test_a_body_stands_for_the_cities_or_for_the_towns_and_villages_of_its_prefecture():
    kinds = {
        (member.municipality.prefecture.name, member.municipality.kind)
        for member in named("agreement-hokkaido-towns").members.for_list()
    } | {
        (member.municipality.prefecture.name, member.municipality.kind)
        for member in named("agreement-chiba-cities").members.for_list()
    }

    assert kinds == {
        ("北海道", MunicipalityKind.TOWN),
        ("北海道", MunicipalityKind.VILLAGE),
        ("千葉県", MunicipalityKind.CITY),
    }


@pytest.mark.parametrize(
    ("day", "total", "the_day_before"),
    [
        (date(2016, 4, 26), 170, 0),
        (date(2016, 6, 25), 210, 170),
        (date(2017, 1, 19), 227, 210),
        (date(2017, 1, 27), 236, 227),
        (date(2018, 2, 21), 263, 236),
        (date(2018, 4, 16), 298, 263),
        (date(2018, 5, 1), 321, 298),
        (date(2019, 10, 26), 372, 321),
    ],
)
def test_the_members_of_all_agreements_on_a_day(day, total, the_day_before):
    agreements = CooperationAgreement.objects.published().official()

    assert agreements.member_total(day) == total
    assert agreements.member_total(day - timedelta(days=1)) == the_day_before
    assert Municipality.objects.linked(Relation.AGREEMENT, day, official=True).count() == total
