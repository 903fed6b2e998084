"""概要資料 as a page: its later sections, what is doubtful in the paper, and what it costs."""

import gzip
from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType

from disaster_support.choices import SupportKind
from disaster_support.models import SupportRecord
from events.choices import StopState
from events.models import Event, Exhibition
from portal.models import PlanItem, PolicyDocument, PublishedFigure
from portal.statistics.overview import overview_on
from tests.factories.core import SourceNoteFactory
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory
from tests.factories.municipalities import CooperationAgreementFactory, MunicipalityFactory, WardFactory
from tests.factories.portal import (
    AimFactory,
    FoundingDocumentFactory,
    PlanItemFactory,
    PolicyDocumentFactory,
    PublishedFigureFactory,
)
from tests.portal.statistics.reading import document_of, plain, tables_of

pytestmark = pytest.mark.django_db

URL = "/statistics/overview/"
DAY = date(2021, 1, 1)


@pytest.fixture(autouse=True)
def _known_content_types():
    """Looked up once in the life of a process; not part of a page's own queries."""
    ContentType.objects.get_for_models(Event, Exhibition, SupportRecord, PolicyDocument, PlanItem, PublishedFigure)


def test_exhibitions_tell_their_tours(client):
    exhibition = ExhibitionFactory(title="お茶の京都", first_day=date(2017, 8, 21), venue__name="一階ホール")
    TourStopFactory(exhibition=exhibition, ward=WardFactory(name="港区"), state=StopState.HELD, listing_order=1)
    TourStopFactory(exhibition=exhibition, ward=None, state=StopState.ARRANGING, listing_order=2)
    ExhibitionFactory(title="巡回なし", first_day=date(2017, 11, 1), venue=None)

    rows = tables_of(client.get(URL, {"as_of": "2021-01-01"}))["令和2年度までの記録"]
    assert rows[1:] == [
        ["平成29年度", "お茶の京都", "平成29年8月21日（月）一階ホール", "港区（実施）、巡回先は未定（調整中）"],
        ["平成29年度", "巡回なし", "平成29年11月1日（水）", "記載なし"],
    ]


def test_support_is_added_up_by_kind_and_told_by_disaster(client):
    disaster = DisasterFactory(name="大地震")
    SupportRecordFactory(disaster=disaster, kind=SupportKind.DONATION, giver="wards", amount_yen=3_740_250_000)
    SupportRecordFactory(disaster=disaster, kind=SupportKind.DONATION, giver="joint", amount_yen=1_000_000_000)
    SupportRecordFactory(disaster=disaster, kind=SupportKind.STAFF, amount_yen=None, people=7174, is_cumulative=True)
    SupportRecordFactory(kind=SupportKind.GOODS, amount_yen=None, description="毛布", disaster__name="大雨")
    SupportRecordFactory(disaster__name="後の災害", disaster__first_day=date(2021, 1, 2), amount_yen=5)
    SupportRecordFactory(disaster=disaster, as_of=date(2021, 1, 2), amount_yen=7)

    tables = tables_of(client.get(URL, {"as_of": "2021-01-01"}))
    assert tables["支援の合計（記録から算出）"][1:] == [
        ["義援金", "各区", "37億4,025万円", "1件"],
        ["23区共同", "10億円", "1件"],
        ["救援物資", "23区共同", "数量の記載なし", "1件"],
        ["職員派遣", "23区共同", "7,174人", "1件"],
    ]
    told = dict(tables["災害ごとの支援"][1:])
    assert told == {
        "大雨": "救援物資（23区共同）：毛布",
        "大地震": "義援金（各区）：37億4,025万円義援金（23区共同）：10億円職員派遣（23区共同）：7,174人（累積）",
    }


@pytest.mark.parametrize(
    ("day", "names"),
    [(date(2017, 11, 30), []), (date(2017, 12, 1), ["戦略"]), (date(2018, 6, 1), ["戦略", "方針"])],
)
def test_policy_is_that_decided_by_the_month_of_the_day(day, names):
    PolicyDocumentFactory(name="戦略", decided_year=2017, decided_month=12)
    PolicyDocumentFactory(name="方針", decided_year=2018, decided_month=6)

    assert [document.name for document in overview_on(day).policy] == names


def test_where_the_project_stands_in_a_policy_paper_is_told(client):
    PolicyDocumentFactory(name="方針", location="第３章\n（２）つながり", summary="要約です。", ministries="内閣府")

    section = document_of(client.get(URL)).find(".//section[@aria-labelledby='policy']")
    assert "国が閣議決定した次の1件の文書" in plain(section)
    assert [plain(step) for step in section.iter("li")] == ["第３章", "（２）つながり"]
    assert "担当：内閣府。内容は要約です。" in plain(section)


def test_the_plan_stands_under_its_headings(client):
    for order, (heading, title) in enumerate((("支援", "派遣"), ("協定", "締結"), ("支援", "支援金"))):
        PlanItemFactory(heading=heading, title=title, listing_order=order)

    section = document_of(client.get(URL)).find(".//section[@aria-labelledby='plan']")
    assert [plain(heading) for heading in section.iter("h3")] == ["支援", "協定"]
    assert [plain(term) for term in section.iter("dt")] == ["派遣", "支援金", "締結"]


def test_what_is_doubtful_in_the_paper_is_said_in_the_section_of_its_record(client):
    exhibition = ExhibitionFactory(title="千葉の展示", first_day=date(2017, 11, 15))
    hidden = ExhibitionFactory(title="隠れた展示", first_day=date(2017, 11, 15), publication_state="draft")
    SourceNoteFactory(record=exhibition, reason="曜日が合いません。")
    SourceNoteFactory(record=exhibition, reason="")
    SourceNoteFactory(record=hidden, reason="見せない注記。")
    SourceNoteFactory(record=EventFactory(pk=exhibition.pk, first_day=date(2018, 5, 1)), reason="")

    edition = overview_on(DAY)
    assert edition.remarks == {
        "joint": [],
        "exhibitions": [("千葉の展示", "曜日が合いません。")],
        "support": [],
        "policy": [],
        "plan": [],
    }
    text = client.get(URL, {"as_of": "2021-01-01"}).content.decode()
    assert "※ 千葉の展示：曜日が合いません。" in text
    assert "見せない注記" not in text


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    for order in range(rows):
        _fill(order)

    with django_assert_num_queries(16):
        client.get(URL, {"as_of": "2026-11-25"})


def _fill(order):
    """A row of everything, with what hangs on it."""
    FoundingDocumentFactory() if order == 0 else None
    AimFactory(number=order + 1)
    PlanItemFactory(listing_order=order)
    PolicyDocumentFactory()
    SourceNoteFactory(record=PublishedFigureFactory(), reason="注記。")
    CooperationAgreementFactory(members=[MunicipalityFactory()])
    whole = EventFactory(first_day=date(2018, 5, 1))
    EventFactory(first_day=date(2018, 5, 1), parent=whole)
    exhibition = ExhibitionFactory(first_day=date(2018, 5, 1))
    TourStopFactory(exhibition=exhibition)
    SourceNoteFactory(record=exhibition, reason="注記。")
    SourceNoteFactory(record=SupportRecordFactory(), reason="注記。")


def test_the_page_of_numbers_leads_to_the_edition_and_the_files_of_its_day(client):
    links = {link.get("href") for link in document_of(client.get("/statistics/?as_of=2021-01-01")).iter("a")}

    assert {
        f"/statistics/{name}?as_of=2021-01-01"
        for name in ("overview/", "overview.pdf", "municipalities.xlsx", "projects.xlsx", "figures.csv", "figures.json")
    } <= links


def test_an_edition_of_many_rows_is_light(client):
    for order in range(20):
        _fill(order)

    assert len(gzip.compress(client.get(URL).content)) < 14 * 1024
