"""概要資料 as a page: what it holds on a day, what it leaves out, and what it costs."""

from datetime import UTC, date, datetime

import pytest

from events.choices import DatePrecision, EventKind, Status
from events.models import Event
from portal.choices import FigureState, FigureTable
from portal.statistics.overview import joint_counts, joint_kinds, overview_on
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.factories.events import EventFactory, ExhibitionFactory
from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
)
from tests.factories.portal import (
    AimFactory,
    FoundingDocumentFactory,
    PublishedFigureFactory,
)
from tests.portal.statistics.reading import document_of, plain, tables_of

pytestmark = pytest.mark.django_db

URL = "/statistics/overview/"
DAY = date(2021, 1, 1)
SECTIONS = [
    "目次",
    "趣旨と三つの目的",
    "連携自治体",
    "広域連携協定",
    "連携事業",
    "23区一体事業",
    "全国連携展示と巡回展示",
    "被災自治体への支援",
    "国の政策への位置づけ",
    "今後の展開",
]
NOT_PUBLIC = [
    {"publication_state": "draft"},
    {"publication_state": "in_review"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
    {"unpublish_at": datetime(2021, 1, 1, tzinfo=UTC)},
    {"is_demo": True},
]


def titles_of(shown):
    return [found.event.title for found in shown]


def test_an_empty_site_has_an_edition_that_says_what_is_missing(client):
    response = client.get(URL, {"as_of": "2021-01-01"})

    assert [plain(heading) for heading in document_of(response).find(".//main").iter("h2")] == [
        "ダウンロード",
        *SECTIONS,
    ]
    text = plain(document_of(response).find(".//main"))
    assert text.count("まだ登録されていません。") == 5
    assert text.count("記録はまだありません。") == 3
    assert "令和3年1月1日に効力のある協定の記録はありません。" in text


def test_every_section_is_reached_from_the_contents(client):
    document = document_of(client.get(URL))
    contents = document.find(".//nav[@class='edition__contents']")

    targets = [link.get("href").removeprefix("#") for link in contents.iter("a")]
    assert [plain(document.find(f".//h2[@id='{target}']")) for target in targets] == SECTIONS[1:]


def test_the_edition_says_its_day_in_head_and_foot(client):
    response = client.get(URL, {"as_of": "令和3年1月1日"})

    document = document_of(response)
    assert plain(document.find(".//p[@class='edition__day']")) == "令和3年1月1日現在"
    foot = document.find(".//div[@class='edition__foot']")
    assert plain(foot) == "特別区全国連携プロジェクト概要資料令和3年1月1日現在"
    assert "概要資料（令和3年1月1日現在）" in document.find(".//title").text


@pytest.mark.parametrize("as_of", ["2021-02-30", "きのう", "1900-01-01"])
def test_a_wrong_day_is_said_and_the_edition_of_today_is_shown(client, time_machine, as_of):
    time_machine.move_to(datetime(2026, 11, 25, 3, tzinfo=UTC), tick=False)
    response = client.get(URL, {"as_of": as_of})

    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert response.context["edition"].day == date(2026, 11, 25)


def test_the_purpose_and_the_aims_stand_first(client):
    FoundingDocumentFactory(summary="共に栄えることを目指します。", tagline="日本の元気づくり")
    for title in ("共存共栄", "相互補完", "信頼関係"):
        AimFactory(title=title)

    section = document_of(client.get(URL)).find(".//section[@aria-labelledby='purpose']")
    assert "日本の元気づくり共に栄えることを目指します。" in plain(section)
    assert "平成26年9月16日特別区長会）を要約したもので、公式の文ではありません。" in plain(section)
    assert [plain(title) for title in section.iter("h4")] == ["共存共栄", "相互補完", "信頼関係"]


def printed_partners():
    rows = [("exchange", "各区の交流自治体", 574, 732), ("agreement", "広域連携協定締結自治体", None, 372)]
    rows += [("total", "合計", 660, 1035)]
    for order, (row, label, *values) in enumerate(rows):
        for year, as_of, value in ((2015, None, values[0]), (2020, DAY, values[1])):
            PublishedFigureFactory(
                row=row,
                label=label,
                fiscal_year=year,
                as_of=as_of,
                value=value,
                state=FigureState.STATED if value is not None else FigureState.DID_NOT_EXIST,
                is_total=row == "total",
                listing_order=order,
            )


def test_printed_and_computed_numbers_stand_apart(client):
    printed_partners()
    MembershipFactory(registered_on=date(2018, 4, 1))
    MembershipFactory(registered_on=date(2018, 4, 1), is_demo=True)

    tables = tables_of(client.get(URL, {"as_of": "2021-01-01"}))
    assert tables["連携自治体数の推移（公表値）"][-1] == ["合計", "660", "1,035", "+375"]
    assert tables["連携自治体数の推移（公表値）"][2] == ["広域連携協定締結自治体", "–", "372", "+372"]
    assert tables["連携自治体数（記録から算出、令和3年1月1日現在）"][1:] == [
        ["各区の交流自治体", "記録なし"],
        ["会員登録自治体", "1"],
        ["広域連携協定の構成自治体", "記録なし"],
        ["合計（重なりを除く）", "1"],
    ]


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2015, 3, 31), None),
        (date(2015, 4, 1), (2015,)),
        (date(2020, 12, 31), (2015,)),
        (date(2021, 1, 1), (2015, 2020)),
    ],
)
def test_a_printed_figure_of_a_later_day_is_not_in_it(day, years):
    printed_partners()

    table = overview_on(day).partners
    assert (table.years if table else None) == years


def test_a_figure_fixed_from_the_records_is_not_a_printed_one(administrator):
    printed_partners()
    PublishedFigureFactory(
        row="exchange",
        fiscal_year=2019,
        as_of=date(2019, 4, 1),
        value=9999,
        origin="counted",
        frozen_at=datetime(2020, 1, 1, tzinfo=UTC),
        frozen_by=administrator,
    )
    PublishedFigureFactory(row="invented", is_demo=True)

    table = overview_on(DAY).partners
    assert table.years == (2015, 2020)
    assert len(table.rows) == 3


def test_bars_are_drawn_and_said_in_words(client):
    printed_partners()
    response = client.get(URL, {"as_of": "2021-01-01"})

    figure = document_of(response).find(".//figure[@class='edition__chart']")
    titles = [title.text for title in figure.iter("{http://www.w3.org/2000/svg}title")]
    assert "2020年度：各区の交流自治体732自治体、広域連携協定締結自治体372自治体" in titles
    assert "2020年度：合計1,035自治体" in titles
    text = plain(figure)
    assert "732＋372＝1,104" in text
    assert "合計1,035（うすい色は重なり69）" in text


def test_agreements_are_those_in_force_with_their_members_of_the_day(client):
    north, south = PartnerBodyFactory(name="北町村会"), PartnerBodyFactory(name="南市長会")
    pair = [PartnerBodyFactory(name="西市長会"), PartnerBodyFactory(name="西町村会")]
    shared = MunicipalityFactory()
    CooperationAgreementFactory(bodies=[north], members=[shared, MunicipalityFactory()], signed_on=date(2016, 4, 26))
    CooperationAgreementFactory(bodies=pair, members=[shared], signed_on=date(2016, 6, 25))
    CooperationAgreementFactory(bodies=[south], members=[MunicipalityFactory()], signed_on=date(2016, 6, 26))
    for extra in NOT_PUBLIC:
        CooperationAgreementFactory(bodies=[south], members=[MunicipalityFactory()], **extra)
    for row, label, value in (("north", "北町村会", 2), ("west", "西市長会・西町村会", 1), ("total", "合計", 3)):
        PublishedFigureFactory(
            table=FigureTable.AGREEMENTS, row=row, label=label, value=value, fiscal_year=2015, is_total=row == "total"
        )

    tables = tables_of(client.get(URL, {"as_of": "2016-06-25"}))
    assert tables["協定締結団体一覧（平成28年6月25日現在）"] == [
        ["団体名", "締結日", "構成自治体数（記録から算出）", "構成自治体数（公表値、平成27年度）"],
        ["北町村会", "平成28年4月26日", "2", "2"],
        ["西市長会・西町村会", "平成28年6月25日", "1", "1"],
        ["合計", "3団体", "2", "3"],
    ]
    tables = tables_of(client.get(URL, {"as_of": "2016-06-26"}))
    assert tables["協定締結団体一覧（平成28年6月26日現在）"][3] == ["南市長会", "平成28年6月26日", "1", "記載なし"]


def test_joint_projects_stand_by_kind_and_fiscal_year():
    second = EventFactory(title="二月の講演会", first_day=date(2019, 2, 1))
    first = EventFactory(title="七月の講演会", first_day=date(2018, 7, 1))
    undated = EventFactory(title="日程不明", first_day=None, fiscal_year=2018)
    older = EventFactory(title="前の年度", first_day=date(2018, 3, 31))
    fair = EventFactory(title="フェア", kind=EventKind.PROMOTION, first_day=date(2018, 9, 1))
    EventFactory(title="区の事業", kind=EventKind.WARD, first_day=date(2018, 9, 1))
    EventFactory(title="会員の催し", kind=EventKind.MEMBER, first_day=date(2018, 9, 1))
    EventFactory(title="次の年度", first_day=date(2019, 4, 1))

    lectures, promotions = overview_on(date(2018, 10, 1)).joint
    assert lectures.label == "講演会・シンポジウム・セミナー"
    assert [(year, titles_of(shown)) for year, shown in lectures.years] == [
        (2017, [older.title]),
        (2018, [first.title, second.title, undated.title]),
    ]
    assert [(year, titles_of(shown)) for year, shown in promotions.years] == [(2018, [fair.title])]


def test_what_is_not_public_or_fictional_is_in_no_section(client):
    for number, extra in enumerate(NOT_PUBLIC):
        EventFactory(title="秘密の催し", first_day=date(2018, 7, 1), **extra)
        EventFactory(title="秘密の部分", first_day=date(2018, 7, 1), parent=_whole(), **extra)
        ExhibitionFactory(title="秘密の展示", first_day=date(2018, 7, 1), **extra)
        SupportRecordFactory(disaster=DisasterFactory(name=f"秘密の災害{number}", **extra))
    SupportRecordFactory(disaster=DisasterFactory(), amount_yen=987_654_321, is_demo=True)

    text = client.get(URL, {"as_of": "2021-01-01"}).content.decode()
    assert "秘密" not in text
    assert "987" not in text


def _whole():
    return Event.objects.filter(title="公開の全体").first() or EventFactory(
        title="公開の全体", first_day=date(2018, 7, 1)
    )


def test_the_parts_of_an_event_stand_with_it(client):
    whole = EventFactory(title="二つの催し", kind=EventKind.PROMOTION, first_day=date(2018, 10, 6), venue=None)
    EventFactory(
        title="シルクと光", kind=EventKind.PROMOTION, parent=whole, first_day=date(2018, 10, 7), venue__name="L-WING"
    )

    [kind] = overview_on(DAY).joint
    [(year, [shown])] = kind.years
    assert (year, shown.event.title, [part.event.title for part in shown.parts]) == (2018, "二つの催し", ["シルクと光"])
    table = tables_of(client.get(URL, {"as_of": "2021-01-01"}))["令和2年度までの記録"]
    assert table[1][1] == "二つの催しシルクと光10月7日（日）L-WING"


@pytest.mark.parametrize(
    ("day", "status", "said"),
    [
        ("2018-07-01", Status.HELD, "平成30年7月2日（月）開催予定"),
        ("2018-07-02", Status.HELD, "平成30年7月2日（月）開催中"),
        ("2018-07-03", Status.HELD, "平成30年7月2日（月）"),
        ("2018-07-01", Status.PLANNED, "平成30年7月2日（月）開催予定"),
        ("2018-07-03", Status.CANCELLED, "平成30年7月2日（月）中止：感染症のため。"),
    ],
)
def test_an_event_stands_as_it_stood_on_the_day(client, day, status, said):
    reason = "感染症のため。" if status == Status.CANCELLED else ""
    EventFactory(first_day=date(2018, 7, 2), status=status, status_reason=reason)
    ExhibitionFactory(first_day=date(2018, 7, 2), status=status, status_reason=reason, venue=None)

    response = client.get(URL, {"as_of": day})
    lists = [table for table in document_of(response).iter("table") if "edition__list" in table.get("class")]
    assert [plain(list(table.iter("td"))[1]) for table in lists[:2]] == [said, said]


def test_days_that_are_not_known_are_not_made_up(client):
    EventFactory(
        title="月だけ", first_day=date(2018, 5, 1), last_day=date(2018, 5, 31), date_precision=DatePrecision.MONTH
    )
    EventFactory(title="不明", first_day=None, fiscal_year=2018, date_note="資料に記載なし", status=Status.CANCELLED)

    rows = tables_of(client.get(URL, {"as_of": "2021-01-01"}))["令和2年度までの記録"]
    assert rows[1][2] == "平成30年5月"
    assert rows[2][1] == "平成30年度（日程は資料に記載なし）中止"


def test_projects_are_counted_by_year_without_what_did_not_take_place(client):
    whole = EventFactory(first_day=date(2016, 5, 1), kind=EventKind.PROMOTION)
    EventFactory(first_day=date(2016, 5, 1), kind=EventKind.PROMOTION, parent=whole)
    EventFactory(first_day=date(2018, 5, 1))
    for status in (Status.CANCELLED, Status.POSTPONED, Status.WITHHELD):
        EventFactory(first_day=date(2018, 5, 1), status=status)
    ExhibitionFactory(first_day=date(2018, 5, 1))

    table = tables_of(client.get(URL, {"as_of": "2021-01-01"}))["23区一体事業の件数（記録から算出、令和2年度まで）"]
    assert table == [
        ["年度", "講演会・シンポジウム・セミナー", "魅力発信イベント", "全国連携展示", "計"],
        ["平成28年度", "0", "1", "0", "1"],
        ["平成29年度", "0", "0", "0", "0"],
        ["平成30年度", "1", "0", "1", "2"],
    ]


def test_nothing_counted_is_an_empty_table():
    assert joint_kinds([]) == []
    assert joint_counts([], []) == ([], [])
