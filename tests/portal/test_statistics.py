"""The page of numbers: the printed tables as they are printed, and what the records give on a day."""

import re
from datetime import UTC, date, datetime

import html5lib
import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from portal.choices import FigureState, FigureTable
from portal.core.wareki import era_date
from portal.models import PublishedFigure
from portal.statistics.tables import comparison
from tests.factories.core import SourceNoteFactory
from tests.factories.municipalities import CooperationAgreementFactory, MunicipalityFactory, PartnerBodyFactory
from tests.factories.portal import PublishedFigureFactory

pytestmark = pytest.mark.django_db

URL = "/statistics/"
AS_OF = date(2021, 1, 1)
PARTNERS = [
    ("exchange", "各区の交流自治体", 574, 732),
    ("member", "全国連携ホームページ会員登録自治体", 149, 269),
    ("agreement", "広域連携協定締結自治体", None, 372),
    ("total", "合計", 660, 1035),
]
PROJECTS = [
    ("ward", "各区事業", 552, 739),
    ("joint", "２３区一体事業（主要事業）", 1, 8),
    ("total", "合計", 553, 747),
]
AGREEMENTS = [("hokkaido", "北海道町村会", 144), ("kyoto", "京都府市長会・京都府町村会", 26), ("total", "合計", 170)]


@pytest.fixture(autouse=True)
def _known_content_types():
    """Looked up once in the life of a process; not part of a page's own queries."""
    ContentType.objects.get_for_model(PublishedFigure)


def figure(table, row, label, fiscal_year, value, order, **extra):
    state = FigureState.STATED if value is not None else FigureState.DID_NOT_EXIST
    return PublishedFigureFactory(
        table=table,
        row=row,
        label=label,
        fiscal_year=fiscal_year,
        value=value,
        state=state,
        is_total=row == "total",
        listing_order=order,
        **extra,
    )


@pytest.fixture
def figures():
    """The figures of the paper, those of the newer year first in the database."""
    for table, rows, unit in ((FigureTable.PARTNERS, PARTNERS, "自治体"), (FigureTable.PROJECTS, PROJECTS, "事業")):
        for order, (row, label, before, after) in reversed(list(enumerate(rows))):
            figure(table, row, label, 2020, after, order, as_of=AS_OF, unit=unit)
            figure(table, row, label, 2015, before, order, unit=unit)
    for order, (row, label, value) in enumerate(AGREEMENTS):
        figure(FigureTable.AGREEMENTS, row, label, 2020, value, order)


@pytest.fixture
def agreements():
    """Two agreements, one of them of two bodies, and one municipality in both."""
    shared = MunicipalityFactory()
    CooperationAgreementFactory(
        bodies=[PartnerBodyFactory(name="北海道町村会")], members=[shared, MunicipalityFactory()]
    )
    bodies = [PartnerBodyFactory(name="京都府市長会"), PartnerBodyFactory(name="京都府町村会")]
    CooperationAgreementFactory(
        bodies=bodies, members=[shared, MunicipalityFactory()], signed_on=date(2016, 6, 25), listing_order=1
    )


@pytest.fixture
def tables(client):
    """Each table of the page by its caption, as rows of cell texts."""

    def asked(address=URL):
        document = html5lib.parse(client.get(address).content.decode(), namespaceHTMLElements=False)
        return {
            plain(table.find("caption")): [
                [plain(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")
            ]
            for table in document.iter("table")
        }

    return asked


def plain(element):
    return re.sub(r"\s+", "", "".join(element.itertext()))


def text_of(response):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_without_figures_the_page_says_so(client):
    text = text_of(client.get(URL))

    assert text.count("この表の公表値はまだ登録されていません。") == 3
    assert "締結団体0団体記載なし" in text


def test_partners_are_printed_as_in_the_paper(client, tables, figures):
    assert tables()["連携自治体数の推移（公表値）"] == [
        ["区分", "2015年度（平成27年度）", "2020年度（令和2年度）", "‘15→’20増加数"],
        ["各区の交流自治体", "574", "732", "+158"],
        ["全国連携ホームページ会員登録自治体", "149", "269", "+120"],
        ["広域連携協定締結自治体", "–", "372", "+372"],
        ["合計", "660", "1,035", "+375"],
    ]
    text = text_of(client.get(URL))
    assert "※令和3年1月1日現在約1.5倍増加" in text


def test_projects_are_printed_as_in_the_paper(client, tables, figures):
    assert tables()["連携事業数の一覧（公表値）"] == [
        ["区分", "2015年度（平成27年度）", "2020年度（令和2年度）", "‘15→’20増加数"],
        ["各区事業", "552", "739", "+187"],
        ["２３区一体事業（主要事業）", "1", "8", "+7"],
        ["合計", "553", "747", "+194"],
    ]
    assert "※令和3年1月1日現在約1.3倍増加" in text_of(client.get(URL))


def test_the_union_and_the_sum_are_explained_with_their_arithmetic(client, figures):
    text = text_of(client.get(URL))

    assert "2015年度：574＋149＝723、合計は660（差の63は、区分の間で重なって数えられた分）" in text
    assert "2020年度：732＋269＋372＝1,373、合計は1,035（差の338は、区分の間で重なって数えられた分）" in text
    assert "2015年度：552＋1＝553、合計は553" in text
    assert "2020年度：739＋8＝747、合計は747" in text
    assert text.count("計算し直していません。") == 2
    assert text.count("「–」は、まだなかったことを示します。") == 1


def test_bodies_that_share_one_figure_share_one_cell(client, tables, figures, agreements):
    assert tables()["協定締結団体一覧（公表値）"] == [
        ["団体名", "構成自治体数"],
        ["北海道町村会（平成28年4月26日）", "144"],
        ["京都府市長会（平成28年6月25日）", "26"],
        ["京都府町村会（平成28年6月25日）"],
        ["合計", "170"],
    ]
    html = client.get(URL).content.decode()
    assert html.count('rowspan="2">26</td>') == 1
    assert html.count("rowspan") == 1


def test_a_body_without_a_recorded_agreement_stands_without_a_day(tables, figures):
    CooperationAgreementFactory(bodies=[PartnerBodyFactory(name="北海道町村会")], is_demo=True)

    assert tables()["協定締結団体一覧（公表値）"][1] == ["北海道町村会", "144"]


@pytest.mark.parametrize(
    ("as_of", "day", "bodies", "members"),
    [
        ("2016-04-25", "平成28年4月25日", 0, 0),
        ("2016-04-26", "平成28年4月26日", 1, 2),
        ("平成28年6月25日", "平成28年6月25日", 3, 3),
        ("R3.1.1", "令和3年1月1日", 3, 3),
    ],
)
def test_what_the_records_give_on_a_day_stands_beside_what_was_printed(
    client, tables, figures, agreements, as_of, day, bodies, members
):
    for extra in (
        {"publication_state": "draft"},
        {"publication_state": "withdrawn"},
        {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
        {"is_demo": True},
    ):
        CooperationAgreementFactory(members=[MunicipalityFactory()], **extra)

    assert tables(f"{URL}?as_of={as_of}")["協定の数：記録から算出した数と公表値"] == [
        ["区分", f"記録から算出（{day}現在）", "公表値（令和2年度）"],
        ["締結団体", f"{bodies}団体", "3団体"],
        ["構成自治体", f"{members}自治体", "170自治体"],
    ]


def test_the_printed_day_of_the_agreements_is_shown_where_it_is_known(tables):
    figure(FigureTable.AGREEMENTS, "total", "合計", 2020, 372, 1, as_of=AS_OF)

    heading = tables()["協定の数：記録から算出した数と公表値"][0][2]
    assert heading == "公表値（令和3年1月1日現在）"


def test_the_line_of_the_agreements_stands_beside_its_numbers(client, tables, figures, agreements):
    CooperationAgreementFactory(members=[MunicipalityFactory()], is_demo=True)
    CooperationAgreementFactory(members=[MunicipalityFactory()], publication_state="draft")
    page = f"{URL}?as_of=2016-05-01"

    assert tables(page)["構成自治体の推移（記録から算出、単位：自治体）"] == [
        ["日付", "増減", "構成自治体"],
        ["平成28年4月26日", "+2", "2"],
        ["平成28年6月25日", "+1", "3"],
    ]
    response = client.get(page)
    assert (
        '<desc id="steps-desc">平成28年4月26日に2自治体、平成28年6月25日に3自治体。</desc>' in response.content.decode()
    )
    assert "破線は平成28年5月1日。" in text_of(response)


def test_a_day_before_every_agreement_is_not_marked(client, agreements):
    text = text_of(client.get(URL, {"as_of": "2015-12-31"}))

    assert "平成28年4月26日に2自治体" in text
    assert "破線は" not in text


def test_the_parts_are_drawn_beside_their_total(client, figures):
    html = client.get(URL).content.decode()

    assert "2015年度：各区の交流自治体574、全国連携ホームページ会員登録自治体149、合計660自治体。" in html
    assert "732＋269＋372＝1,373" in html
    assert "合計 1,035</tspan>（重なり 338）" in html
    assert '739＋8＝<tspan class="trend-chart__sum">合計 747</tspan>' in html


def test_the_day_leads_to_the_list_of_that_day(client):
    assert 'href="/agreements/?as_of=2021-01-01"' in client.get(URL, {"as_of": "令和3年1月1日"}).content.decode()


@pytest.mark.parametrize("as_of", ["2021-02-30", "きのう", "1900-01-01", "9" * 500])
def test_a_wrong_day_is_said_and_today_is_shown(client, as_of):
    response = client.get(URL, {"as_of": as_of})

    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert f"記録から算出（{era_date(timezone.localdate())}現在）" in text_of(response)


def test_fictional_figures_are_not_official(tables, figures):
    figure(FigureTable.PARTNERS, "extra", "架空の区分", 2020, 9999, 9, is_demo=True)

    assert len(tables()["連携自治体数の推移（公表値）"]) == 5


def test_each_line_of_the_paper_is_quoted_once_with_its_remarks(client, figures):
    of_row = PublishedFigure.objects.filter(row="exchange")
    for record, words in zip(of_row, ("574 732", "574 732 +158 ※令和3年1月1日現在"), strict=True):
        SourceNoteFactory(record=record, line=74, as_printed=words)
    total = PublishedFigure.objects.get(table="agreements", row="total")
    SourceNoteFactory(record=total, line=None, as_printed="合計", reason="日付の記載がありません。")
    html = client.get(URL).content.decode()

    assert html.count("574 732") == 1
    assert "574 732 +158 ※令和3年1月1日現在" in html
    assert "※ 日付の記載がありません。" in html


@pytest.mark.parametrize(
    ("cells", "heading", "growth", "multiple", "additions"),
    [
        ([("a", 2015, 5, False), ("t", 2015, 5, True)], "", 0, None, 1),
        ([("a", 2015, 5, False), ("a", 2020, 7, False)], "‘15→’20増加数", 2, None, 0),
        ([("a", 2015, 5, False), ("t", 2020, 7, True)], "‘15→’20増加数", None, None, 0),
        ([("t", 2015, None, True), ("t", 2020, 7, True)], "‘15→’20増加数", 7, None, 0),
        ([("a", 2015, 5, False), ("t", 2015, None, True)], "", 0, None, 0),
        ([("t", 2009, 2, True), ("t", 2015, 3, True), ("t", 2020, 5, True)], "‘09→’20増加数", 3, 2.5, 0),
    ],
    ids=["one year", "no total", "a gap", "total did not exist", "no total yet", "three years"],
)
def test_a_table_may_be_entered_in_part(client, cells, heading, growth, multiple, additions):
    for row, year, value, is_total in cells:
        state = FigureState.STATED if value is not None else FigureState.DID_NOT_EXIST
        PublishedFigureFactory(row=row, fiscal_year=year, value=value, state=state, is_total=is_total)
    table = comparison(PublishedFigure.objects.of_table(FigureTable.PARTNERS))

    assert table.growth_heading == heading
    assert table.rows[0].growth == growth
    assert table.multiple == multiple
    assert len(table.additions) == additions
    assert client.get(URL).status_code == 200


def test_a_cell_that_was_not_entered_is_not_a_dash(tables):
    PublishedFigureFactory(row="a", label="甲", fiscal_year=2015, value=5)
    PublishedFigureFactory(row="b", label="乙", fiscal_year=2020, value=0)

    assert tables()["連携自治体数の推移（公表値）"][1:] == [
        ["甲", "5", "記載なし", "記載なし"],
        ["乙", "記載なし", "0", "記載なし"],
    ]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    for order in range(rows):
        SourceNoteFactory(record=figure(FigureTable.PARTNERS, f"row-{order}", "区分", 2015, 1, order))
        figure(FigureTable.AGREEMENTS, f"body-{order}", f"団体{order}", 2020, 1, order)
        CooperationAgreementFactory(members=[MunicipalityFactory()])

    with django_assert_num_queries(6):
        client.get(URL)
