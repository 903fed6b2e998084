"""Where exhibitions can be seen today, and what opens next."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from events.choices import Status, StopState
from tests.factories.events import ExhibitionFactory, TourStopFactory, VenueFactory
from tests.factories.municipalities import WardFactory
from tests.reading import headings, links, main_text, texts

pytestmark = pytest.mark.django_db

URL = "/exhibitions/now/"
TODAY = date(2026, 10, 10)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(datetime(2026, 10, 10, 12, tzinfo=ZoneInfo("Asia/Tokyo")), tick=False):
        yield


def day(distance: int) -> date:
    return TODAY + timedelta(days=distance)


@pytest.fixture
def wards(db):
    return {code: WardFactory(code=code, name=name) for code, name in (("131032", "港区"), ("131091", "品川区"))}


def test_what_is_on_view_by_ward_with_its_last_day_and_then_what_opens(client, wards):
    hall = VenueFactory(name="区民会館", access="品川駅から徒歩5分", municipality=wards["131091"])
    tea = ExhibitionFactory(title="お茶の展示", first_day=day(-60), venue=None)
    first, last = day(-1), day(0)
    TourStopFactory(exhibition=tea, ward=wards["131091"], venue=hall, first_day=first, last_day=last, note="5階")
    TourStopFactory(exhibition=tea, ward=wards["131032"], first_day=day(20), last_day=day(22), state="planned")
    place = VenueFactory(name="港の館", municipality=wards["131032"])
    lake = ExhibitionFactory(title="湖の展示", first_day=day(-9), last_day=day(3), venue=place, is_demo=True)

    response = client.get(URL)

    assert headings(response, 1) == ["いま、どこで見られるか"]
    assert headings(response) == ["いま見られる展示", "これから始まる展示"]
    assert texts(response, "exhibition-row") == [
        "あと3日 10月1日（木）～13日（火） 港区 港の館 湖の展示 デモ 10月13日（火）まで",
        "きょうまで 10月9日（金）～10日（土） 品川区 区民会館 お茶の展示"
        " 交通案内：品川駅から徒歩5分 5階 10月10日（土）まで",
        "10月30日（金）～11月1日（日） 港区 お茶の展示",
    ]
    assert links(response)["湖の展示"] == lake.get_absolute_url()
    assert links(response)["品川区"] == "/wards/131091/"


@pytest.mark.parametrize(
    ("exhibition", "stop"),
    [
        ({"publication_state": "draft"}, {}),
        ({"publication_state": "withdrawn"}, {}),
        ({"status": Status.CANCELLED}, {}),
        ({"status": Status.WITHHELD}, {}),
        ({}, {"state": StopState.CANCELLED}),
        ({}, {"state": StopState.ARRANGING}),
        ({}, {"first_day": day(-9), "last_day": day(-1)}),
        ({}, {"first_day": day(61), "last_day": day(62)}),
        ({}, {"first_day": None, "last_day": None}),
    ],
)
def test_what_cannot_be_seen_is_not_there_and_the_page_says_what_it_can(client, wards, exhibition, stop):
    row = ExhibitionFactory(title="秘密の展示", first_day=day(-200), **exhibition)
    TourStopFactory(exhibition=row, ward=wards["131032"], **{"first_day": day(0), "last_day": day(0)} | stop)

    response = client.get(URL)

    assert "秘密の展示" not in main_text(response)
    assert "いま見られる展示はありません。決まり次第、このページでお知らせします。" in main_text(response)
    assert "60日のうちに始まる展示は、掲載されていません。" in main_text(response)


@pytest.mark.parametrize(("distance", "shown"), [(1, 1), (60, 1), (61, 0)])
def test_what_opens_within_sixty_days(client, wards, distance, shown):
    ExhibitionFactory(first_day=day(distance))

    response = client.get(URL)

    assert len(texts(response, "exhibition-row")) == shown
    assert ("次の展示を下でご案内しています。" in main_text(response)) is bool(shown)


def test_where_only_the_month_is_known_nobody_is_sent_there(client):
    ExhibitionFactory(first_day=date(2026, 10, 1), last_day=date(2026, 10, 31), date_precision="month")

    assert texts(client.get(URL), "exhibition-row") == []


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_takes_two_queries(client, wards, rows, django_assert_num_queries):
    for _ in range(rows):
        exhibition = ExhibitionFactory(first_day=TODAY, venue=VenueFactory(municipality=wards["131091"]))
        TourStopFactory(exhibition=exhibition, ward=wards["131032"], first_day=day(0), last_day=day(0))

    with django_assert_num_queries(2):
        response = client.get(URL)

    assert len(texts(response, "exhibition-row")) == 2 * rows


def test_the_route_says_where_it_is_where_it_goes_next_and_in_which_year(client, wards):
    exhibition = ExhibitionFactory(first_day=date(2026, 3, 1), venue=VenueFactory(name="区政会館"))
    days = {"first_day": day(0), "last_day": day(0)}
    hall = VenueFactory(name="ロビー", address="港区1-1", access="駅の前")
    TourStopFactory(exhibition=exhibition, ward=wards["131032"], venue=hall, listing_order=1, **days)
    TourStopFactory(exhibition=exhibition, ward=wards["131091"], state="planned", listing_order=2, fiscal_year=2026)
    TourStopFactory(exhibition=exhibition, ward=None, state=StopState.ARRANGING, listing_order=3)

    assert texts(client.get(exhibition.get_absolute_url()), "route__station") == [
        "港区 実施 いまここ 令和8年10月10日（土曜日） 令和8年度の巡回です（展示は令和7年度）。"
        " ロビー（港区1-1） 交通案内：駅の前",
        "品川区 予定 次はここ 令和8年度（日程の記載なし） 令和8年度の巡回です（展示は令和7年度）。",
        "巡回先は未定 調整中 日程の記載なし",
    ]


def test_before_it_begins_the_first_place_is_next(client, wards):
    exhibition = ExhibitionFactory(first_day=day(1), venue=VenueFactory(name="区政会館"))
    TourStopFactory(exhibition=exhibition, ward=wards["131032"], state="planned")

    response = client.get(exhibition.get_absolute_url())

    assert texts(response, "route__start")[0].startswith("区政会館 次はここ")
    assert "次はここ" not in texts(response, "route__station")[0]


def test_where_it_goes_next_is_not_said_of_what_does_not_take_place(client, wards):
    exhibition = ExhibitionFactory(first_day=day(-9), status=Status.CANCELLED)
    TourStopFactory(exhibition=exhibition, ward=wards["131032"], state="planned")

    assert "次はここ" not in main_text(client.get(exhibition.get_absolute_url()))
