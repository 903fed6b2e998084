"""Support after disasters in whole yen, and the papers in which the project has its place."""

import pytest
from django.db.models import Sum

from disaster_support.choices import Giver, SupportKind
from disaster_support.models import Disaster, SupportRecord
from portal.core.money import format_yen
from portal.models import PlanItem, PolicyDocument
from tests.portal.official.records import named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official_data")]


def test_the_support_for_each_disaster_in_printed_order():
    records = SupportRecord.objects.order_by("disaster__listing_order", "listing_order")
    stated = [record for record in records if not record.description]

    assert [(r.disaster.name, r.kind, r.giver, r.amount_yen or r.people) for r in stated] == [
        ("東日本大震災", SupportKind.DONATION, Giver.WARDS, 3_740_250_000),
        ("東日本大震災", SupportKind.DONATION, Giver.JOINT, 1_000_000_000),
        ("東日本大震災", SupportKind.STAFF, Giver.NOT_STATED, 7174),
        ("熊本地震", SupportKind.DONATION, Giver.WARDS, 306_880_000),
        ("熊本地震", SupportKind.RECONSTRUCTION, Giver.JOINT, 55_000_000),
        ("熊本地震", SupportKind.STAFF, Giver.NOT_STATED, 430),
        ("大阪府北部地震", SupportKind.RECONSTRUCTION, Giver.JOINT, 3_000_000),
        ("平成30年7月豪雨", SupportKind.RECONSTRUCTION, Giver.JOINT, 76_000_000),
        ("平成30年7月豪雨", SupportKind.STAFF, Giver.NOT_STATED, 111),
        ("平成30年北海道胆振東部地震", SupportKind.RECONSTRUCTION, Giver.JOINT, 20_000_000),
        ("平成30年北海道胆振東部地震", SupportKind.STAFF, Giver.NOT_STATED, 28),
        ("令和元年8月の前線に伴う大雨", SupportKind.RECONSTRUCTION, Giver.JOINT, 5_000_000),
        ("令和元年房総半島台風及び東日本台風", SupportKind.SYMPATHY, Giver.JOINT, 1_000_000),
        ("令和元年房総半島台風及び東日本台風", SupportKind.RECONSTRUCTION, Giver.JOINT, 113_000_000),
        ("令和2年7月豪雨", SupportKind.RECONSTRUCTION, Giver.NOT_STATED, 10_000_000),
        ("福島県沖を震源とする地震", SupportKind.RECONSTRUCTION, Giver.NOT_STATED, 1_000_000),
    ]
    assert [(r.disaster.name, r.kind) for r in records if r.description] == [
        ("東日本大震災", SupportKind.GOODS),
        ("熊本地震", SupportKind.GOODS),
        ("令和元年房総半島台風及び東日本台風", SupportKind.GOODS),
        ("令和元年房総半島台風及び東日本台風", SupportKind.STAFF),
        ("令和元年房総半島台風及び東日本台風", SupportKind.VEHICLES),
    ]


def test_money_is_whole_yen_and_its_kinds_stand_apart():
    yen = dict(
        SupportRecord.objects.exclude(amount_yen=None).order_by().values_list("kind").annotate(Sum("amount_yen"))
    )

    assert yen[SupportKind.RECONSTRUCTION] == 283_000_000
    assert format_yen(yen[SupportKind.RECONSTRUCTION]) == "2億8,300万円"
    assert yen[SupportKind.DONATION] == 3_740_250_000 + 1_000_000_000 + 306_880_000
    assert yen[SupportKind.SYMPATHY] == 1_000_000
    assert format_yen(named("support-great-east-japan-earthquake-1").amount_yen) == "37億4,025万円"


def test_what_the_paper_does_not_say_of_the_support_stays_unsaid():
    people = SupportRecord.objects.exclude(people=None)

    assert set(people.values_list("is_cumulative", flat=True)) == {True}
    assert set(SupportRecord.objects.filter(people=None).values_list("is_cumulative", flat=True)) == {None}
    assert set(SupportRecord.objects.values_list("as_of", flat=True)) == {None}
    assert set(Disaster.objects.values_list("first_day", "last_day")) == {(None, None)}


def test_the_eight_policy_papers_with_their_months():
    assert list(PolicyDocument.objects.values_list("name", "decided_year", "decided_month")) == [
        ("まち・ひと・しごと創生総合戦略（２０１７改訂版）", 2017, 12),
        ("まち・ひと・しごと創生基本方針２０１８", 2018, 6),
        ("まち・ひと・しごと創生総合戦略（２０１８改訂版）", 2018, 12),
        ("まち・ひと・しごと創生基本方針２０１９", 2019, 6),
        (
            "まち・ひと・しごと創生長期ビジョン（令和元年改訂版）、第２期「まち・ひと・しごと創生総合戦略」",
            2019,
            12,
        ),
        ("まち・ひと・しごと創生基本方針２０２０", 2020, 7),
        ("第２期「まち・ひと・しごと創生総合戦略」（２０２０改訂版）", 2020, 12),
        ("まち・ひと・しごと創生基本方針２０２１", 2021, 6),
    ]


def test_the_place_in_the_paper_of_2021_is_told_line_by_line():
    (located,) = PolicyDocument.objects.exclude(location="")

    assert located == named("policy-2021-06")
    assert located.location.splitlines()[0] == "第３章 各分野の政策の推進"
    assert located.location.splitlines()[-1] == "（a）関係人口創出拡大のための環境整備"
    assert located.ministries == "内閣府地方創生推進事務局、農林水産省農村振興局農村政策部都市農村交流課"


def test_the_plan_under_its_headings():
    titles = {}
    for item in PlanItem.objects.all():
        titles.setdefault(item.heading, []).append(item.title)

    assert titles == {
        "プロジェクト推進のための様々な事業展開": [
            "地方創生推進事業の検討",
            "全国連携プロジェクトの情報発信・ＰＲ",
        ],
        "２３一体事業の展開": [
            "自治体間連携シンポジウム等の開催",
            "魅力発信イベントの実施",
            "各地域との連携を推進する事業への支援",
            "東京区政会館を活用した情報発信",
        ],
        "企業との包括連携協定": ["企業との包括連携協定の締結", "企業との包括連携協定にもとづく事業の実施"],
        "被災自治体への支援": ["東京２３区が共同した職員派遣の実施", "東京２３区が共同した復興支援金の拠出"],
    }
