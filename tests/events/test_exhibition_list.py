"""The exhibitions by fiscal year, those on view, and which wards they came to."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from events.choices import Status, StopState
from tests.factories.events import ExhibitionFactory, TourStopFactory, VenueFactory
from tests.factories.municipalities import WardFactory
from tests.reading import headings, main_text, table, texts

pytestmark = pytest.mark.django_db

URL = "/exhibitions/"


@pytest.fixture
def wards(db):
    return {
        name: WardFactory(code=code, name=name)
        for code, name in (("131032", "港区"), ("131091", "品川区"), ("131105", "目黒区"))
    }


def test_exhibitions_by_fiscal_year_with_their_tours_as_text(client, wards):
    kyoto = ExhibitionFactory(
        title="第1回全国連携展示（京都府市町村）",
        subtitle="「お茶の京都」を知る",
        first_day=date(2017, 8, 21),
        last_day=date(2017, 9, 29),
        venue=VenueFactory(name="東京区政会館"),
        status=Status.HELD,
    )
    TourStopFactory(exhibition=kyoto, ward=wards["品川区"], listing_order=2)
    TourStopFactory(exhibition=kyoto, ward=wards["港区"], listing_order=1)
    saitama = ExhibitionFactory(title="埼玉", first_day=date(2021, 5, 11), last_day=date(2021, 6, 24))
    TourStopFactory(exhibition=saitama, ward=None, state=StopState.ARRANGING)
    chiba = ExhibitionFactory(title="千葉", first_day=date(2017, 11, 15))

    response = client.get(URL)

    assert headings(response) == ["令和3年度（2021年度）", "平成29年度（2017年度）", "区ごとの巡回展示"]
    assert texts(response, "exhibition-row__title") == [
        "埼玉",
        "千葉",
        "第1回全国連携展示（京都府市町村）「「お茶の京都」を知る」",
    ]
    assert texts(response, "route-summary") == [
        f"{saitama.venue} 巡回先は未定 調整中",
        f"{chiba.venue}",
        "東京区政会館 港区 実施 品川区 実施",
    ]


def test_what_is_on_view_today_comes_first(client, wards):
    today = timezone.localdate()
    ExhibitionFactory(title="会場の展示", first_day=today, last_day=today)
    touring = ExhibitionFactory(title="巡回中の展示", first_day=today - timedelta(days=90))
    TourStopFactory(exhibition=touring, ward=wards["港区"], first_day=today, last_day=today)
    TourStopFactory(exhibition=touring, ward=wards["目黒区"])
    cancelled = ExhibitionFactory(title="中止の展示", first_day=today, status=Status.CANCELLED)
    TourStopFactory(exhibition=cancelled, ward=wards["港区"], first_day=today, last_day=today)

    response = client.get(URL)

    assert headings(response)[0] == "いま見られる展示"
    assert [shown.exhibition.title for shown in response.context["on_view"]] == ["巡回中の展示", "会場の展示"]
    assert texts(response, "route-summary")[0] == f"{touring.venue} 港区 実施 いまここ 目黒区 実施"
    (entry,) = [text for text in texts(response, "exhibition-row") if "中止の展示 中止" in text]
    assert "いまここ" not in entry


def test_how_often_each_ward_is_named_and_none_is_not_zero(client, wards):
    for state in (StopState.HELD, StopState.HELD, StopState.PLANNED):
        TourStopFactory(ward=wards["品川区"], state=state)
    TourStopFactory(ward=wards["目黒区"])
    TourStopFactory(ward=wards["港区"], state=StopState.CANCELLED)
    for fields in ({"is_demo": True}, {"publication_state": "draft"}, {"publication_state": "withdrawn"}):
        TourStopFactory(ward=wards["港区"], exhibition=ExhibitionFactory(**fields))

    response = client.get(URL)

    assert table(response, "区ごとの巡回展示の回数") == [
        ["区", "回数"],
        ["港区", "記載なし"],
        ["品川区", "3回（うち1回は「予定」の記載）"],
        ["目黒区", "1回"],
    ]


def test_what_is_not_public_does_not_appear_and_nothing_says_so(client):
    ExhibitionFactory(title="下書きの展示", publication_state="draft")
    ExhibitionFactory(title="取り下げた展示", publication_state="withdrawn")
    ExhibitionFactory(title="先の展示", publish_at=timezone.now() + timedelta(days=9))

    response = client.get(URL)

    assert texts(response, "exhibition-row") == []
    assert "展示は、まだ掲載されていません。" in main_text(response)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_takes_six_queries(client, rows, django_assert_num_queries):
    today = timezone.localdate()
    for _ in range(rows):
        TourStopFactory(exhibition=ExhibitionFactory(first_day=today))

    with django_assert_num_queries(6):
        response = client.get(URL)

    assert len(texts(response, "exhibition-row")) == 2 * rows
