"""自治体数一覧 and 連携事業一覧: what stands in their sheets."""

from datetime import UTC, date, datetime

import pytest

from events.choices import EventKind, Status
from portal.statistics.partners import partners_on
from portal.statistics.sheets import municipality_sheets, project_sheets
from tests.factories.events import EventFactory, ExhibitionFactory, WardProjectFactory
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

DAY = date(2021, 1, 1)
SITE = "https://portal.example"
NOT_PUBLIC = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
    {"is_demo": True},
]


def rows_of(sheets):
    """The rows of each sheet by its title, each checked to be as wide as its columns."""
    found = {sheet.title: [list(row) for row in sheet.rows] for sheet in sheets}
    assert all(len(row) == len(sheet.columns) for sheet in sheets for row in found[sheet.title])
    return found


def titles_of(sheets, name):
    return [column.title for sheet in sheets if sheet.title == name for column in sheet.columns]


def test_each_ward_stands_with_the_towns_it_is_tied_with():
    busy, idle = WardFactory(name="港区"), WardFactory(name="新宿区")
    town = MunicipalityFactory()
    WardTieFactory(ward=busy, municipality=town)
    WardTieFactory(ward=busy, municipality=town, kind="disaster")
    WardTieFactory(ward=busy)
    WardTieFactory(ward=busy, ends_on=DAY)
    WardTieFactory(ward=busy, is_demo=True)

    sheets = municipality_sheets(DAY)
    assert titles_of(sheets, "区別") == ["コード", "特別区", "交流自治体数"]
    assert rows_of(sheets)["区別"] == [[busy.code, "港区", 2], [idle.code, "新宿区", 0]]


def test_each_prefecture_stands_with_its_sets_their_union_and_all_of_japan_last():
    north, south = PrefectureFactory(code="01", name="北海道"), PrefectureFactory(code="47", name="沖縄県")
    first, second, third = (MunicipalityFactory(prefecture=place) for place in (north, north, south))
    MunicipalityFactory(prefecture=south)
    MembershipFactory(municipality=first)
    MembershipFactory(municipality=third, withdrawn_on=DAY)
    CooperationAgreementFactory(members=[first, second], bodies=[PartnerBodyFactory(prefecture=north)])

    sheets = municipality_sheets(DAY)
    assert titles_of(sheets, "都道府県別") == [
        "コード",
        "都道府県",
        "自治体数（特別区を含む）",
        "各区の交流自治体",
        "会員登録自治体",
        "広域連携協定の構成自治体",
        "連携自治体の合計（重なりを除く）",
        "重なって数えられた分",
    ]
    assert rows_of(sheets)["都道府県別"] == [
        ["01", "北海道", 2, 0, 1, 2, 2, 1],
        ["47", "沖縄県", 2, 0, 0, 0, 0, 0],
        [None, "全国", 4, 0, 1, 2, 2, 1],
    ]
    assert partners_on(DAY).union == 2


def test_without_prefectures_there_is_no_total():
    assert rows_of(municipality_sheets(DAY))["都道府県別"] == []


def test_the_definitions_say_the_day_and_every_column_that_is_counted():
    sheets = municipality_sheets(DAY)
    definitions = dict(rows_of(sheets)["定義"])

    assert definitions["いつ現在"].startswith("令和3年1月1日（2021-01-01）現在。")
    assert set(titles_of(sheets, "都道府県別")[3:]) <= definitions.keys()


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_the_queries_of_the_municipalities_do_not_grow(django_assert_num_queries, rows):
    for number in range(rows):
        WardTieFactory(municipality=MunicipalityFactory(prefecture=PrefectureFactory(code=f"{number + 1:02}")))

    with django_assert_num_queries(4):
        rows_of(municipality_sheets(DAY))


def test_ward_projects_stand_year_by_year_and_ward_by_ward():
    first, second = WardFactory(name="千代田区"), WardFactory(name="中央区")
    later = WardProjectFactory(ward=first, title="森の学校", fiscal_year=2020, field="environment")
    town, village = MunicipalityFactory(name="甲町"), MunicipalityFactory(name="乙村")
    fair = WardProjectFactory(ward=second, title="市", fiscal_year=2019, summary="物産の市です。")
    fair.municipalities.set([town, village])
    WardProjectFactory(ward=first, title="祭", fiscal_year=2019, status=Status.CANCELLED)
    WardProjectFactory(ward=first, title="次の年度", fiscal_year=2021)
    for extra in NOT_PUBLIC:
        WardProjectFactory(title="秘密", fiscal_year=2019, **extra)

    sheets = project_sheets(DAY, SITE)
    rows = rows_of(sheets)["各区事業"]
    assert [row[4] for row in rows] == ["祭", "市", "森の学校"]
    named = [dict(zip(titles_of(sheets, "各区事業"), row, strict=True)) for row in rows]
    assert [row["実施状況"] for row in named] == ["中止", "予定", "予定"]
    assert {key: named[1][key] for key in ("年度", "年度（元号）", "特別区", "連携自治体", "概要")} == {
        "年度": 2019,
        "年度（元号）": "令和元年度",
        "特別区": "中央区",
        "連携自治体": "甲町、乙村",
        "概要": "物産の市です。",
    }
    assert named[2]["分野"] == "環境・森林"
    assert named[2]["ページ"] == f"{SITE}{later.get_absolute_url()}"


def test_joint_projects_stand_with_their_parts_and_exhibitions():
    whole = EventFactory(title="二つの催し", kind=EventKind.PROMOTION, first_day=date(2018, 10, 6), ordinal=2)
    EventFactory(title="一つ目", kind=EventKind.PROMOTION, first_day=date(2018, 10, 7), parent=whole)
    EventFactory(
        title="中止の講演会",
        first_day=None,
        fiscal_year=2020,
        status=Status.CANCELLED,
        status_reason="感染症のため。",
        venue=None,
    )
    ExhibitionFactory(
        title="展示", subtitle="お茶", first_day=date(2017, 8, 21), last_day=date(2017, 9, 29), venue__name="ホール"
    )
    EventFactory(title="区の催し", kind=EventKind.WARD, first_day=date(2018, 10, 6))
    EventFactory(title="会員の催し", kind=EventKind.MEMBER, first_day=date(2018, 10, 6))
    EventFactory(title="次の年度", first_day=date(2021, 4, 1))
    for extra in NOT_PUBLIC:
        EventFactory(title="秘密", first_day=date(2018, 10, 6), **extra)
        ExhibitionFactory(title="秘密", first_day=date(2018, 10, 6), **extra)

    sheets = project_sheets(DAY, SITE)
    titles = titles_of(sheets, "23区一体事業")
    rows = [dict(zip(titles, row, strict=True)) for row in rows_of(sheets)["23区一体事業"]]
    assert [row["名称"] for row in rows] == ["二つの催し", "一つ目", "中止の講演会", "展示「お茶」"]
    assert [row["全体のイベント"] for row in rows] == [None, "二つの催し", None, None]
    assert [row["種別"] for row in rows][-1] == "全国連携展示"
    assert (rows[0]["回"], rows[0]["ページ"]) == (2, f"{SITE}{whole.get_absolute_url()}")
    assert [rows[2][key] for key in ("年度", "初日", "会場", "状態", "状態の理由")] == [
        2020,
        None,
        None,
        "中止",
        "感染症のため。",
    ]
    assert [rows[3][key] for key in ("年度（元号）", "初日", "最終日", "会場")] == [
        "平成29年度",
        date(2017, 8, 21),
        date(2017, 9, 29),
        "ホール",
    ]


def test_a_whole_that_is_not_public_is_not_named():
    whole = EventFactory(title="秘密の全体", publication_state="draft", first_day=date(2018, 10, 6))
    EventFactory(title="部分", first_day=date(2018, 10, 6), parent=whole)

    [row] = rows_of(project_sheets(DAY, SITE))["23区一体事業"]
    assert "秘密の全体" not in row


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_queries_of_the_projects_do_not_grow(django_assert_num_queries, rows):
    for _ in range(rows):
        WardProjectFactory(fiscal_year=2018).municipalities.set([MunicipalityFactory()])
        EventFactory(first_day=date(2018, 10, 6), parent=EventFactory(first_day=date(2018, 10, 6)))
        ExhibitionFactory(first_day=date(2018, 10, 6))

    with django_assert_num_queries(5):
        rows_of(project_sheets(DAY, SITE))
