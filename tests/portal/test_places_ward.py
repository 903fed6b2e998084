"""The page of a ward."""

from datetime import UTC, date, datetime

import pytest

from events.choices import StopState
from municipalities.choices import TieKind
from tests.factories.core import ContactPointFactory
from tests.factories.events import (
    EventFactory,
    EventRoleFactory,
    ExhibitionFactory,
    TourStopFactory,
    VenueFactory,
    WardProjectFactory,
)
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory, WardTieFactory
from tests.reading import texts

pytestmark = pytest.mark.django_db

URL = "/wards/131091/"
HIDDEN = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
]


@pytest.fixture
def ward():
    return WardFactory(
        number=9,
        name="品川区",
        contact=ContactPointFactory(organization="品川区役所"),
        latitude="35.6",
        longitude="139.7",
    )


@pytest.fixture
def html(client, ward):
    """The page as it is once asked for."""
    return lambda: client.get(URL).content.decode()


def test_the_page_says_what_the_ward_is_and_whom_to_ask(html):
    page = html()

    for fact in ("<h1>品川区</h1>", "<dd>特別区</dd>", "<dd>131091</dd>", "品川区役所 企画課", "Geolonia 住所データ"):
        assert fact in page


def test_partners_stand_by_region_and_prefecture(html, ward):
    for code, name, region in [
        ("40", "福岡県", "九州・沖縄"),
        ("14", "神奈川県", "関東"),
        ("20", "長野県", "中部"),
        ("15", "新潟県", "中部"),
    ]:
        prefecture = PrefectureFactory(code=code, name=name, region=region)
        WardTieFactory(ward=ward, municipality=MunicipalityFactory(prefecture=prefecture, name=f"{name}の町"))
    page = html()

    order = [
        page.index(words)
        for words in (
            "<h3>関東</h3>",
            ">神奈川県の町<",
            "<h3>中部</h3>",
            '<h4><a href="/prefectures/15/">新潟県</a></h4>',
            ">新潟県の町<",
            ">長野県の町<",
            "<h3>九州・沖縄</h3>",
            ">福岡県の町<",
        )
    ]
    assert order == sorted(order)
    assert page.count("<h3>中部</h3>") == 1


def test_only_official_ties_of_today_are_counted(client, ward):
    town = MunicipalityFactory()
    WardTieFactory(ward=ward, municipality=town)
    WardTieFactory(ward=ward, municipality=town, kind=TieKind.DISASTER)
    WardTieFactory(ward=ward, is_demo=True, title="架空の協定")
    WardTieFactory(ward=ward, ends_on=date(2018, 4, 1), title="昔の協定")
    WardTieFactory()
    response = client.get(URL)
    page = response.content.decode()

    (count,) = texts(response, "results__count")
    assert count.startswith("1自治体交流 2件 （令和")
    assert "「デモ」と記した交流は、数に含みません。" in page
    assert page.index("架空の協定") < page.index("終了した交流") < page.index("昔の協定")
    assert "平成30年3月31日" in page


def test_a_ward_without_anything_says_so(client, ward):
    response = client.get(URL)
    page = response.content.decode()

    assert texts(response, "results__total") == ["0自治体"]
    for sentence in (
        "現在の交流は登録されていません。",
        "この区での巡回展示は掲載されていません。",
        "この区の事業は掲載されていません。",
        "この区が関わるイベントは掲載されていません。",
    ):
        assert sentence in page
    assert "「デモ」" not in page


def test_tour_stops_name_exhibition_state_days_and_venue(html, ward):
    known = ExhibitionFactory(title="京都の展示")
    TourStopFactory(
        exhibition=known,
        ward=ward,
        first_day=date(2017, 10, 2),
        last_day=date(2017, 10, 6),
        venue=VenueFactory(name="区役所ロビー"),
    )
    unknown = ExhibitionFactory(title="北の展示", first_day=None, fiscal_year=2019, is_demo=True)
    TourStopFactory(exhibition=unknown, ward=ward, state=StopState.PLANNED)
    TourStopFactory(exhibition=ExhibitionFactory(title="よその展示"), ward=WardFactory(number=1))
    for extra in HIDDEN:
        TourStopFactory(exhibition=ExhibitionFactory(title="秘密の展示", **extra), ward=ward)
    page = html()

    assert f'<a href="{known.get_absolute_url()}">京都の展示</a>' in page
    assert "平成29年10月2日（月曜日）" in page
    assert "区役所ロビー" in page
    assert ">実施</span>" in page
    assert ">予定</span>" in page
    assert "令和元年度の展示、巡回の日程は不明" in page
    assert 'data-variant="demo"' in page
    assert "よその展示" not in page
    assert "秘密の展示" not in page


def test_projects_and_events_are_the_public_ones(html, ward):
    town = MunicipalityFactory(name="連携の町")
    project = WardProjectFactory(ward=ward, title="区の事業", is_demo=True)
    project.municipalities.add(town)
    event = EventFactory(title="区の催し")
    EventRoleFactory(event=event, municipality=ward, name="")
    for extra in HIDDEN:
        WardProjectFactory(ward=ward, title="秘密の事業", **extra)
        EventRoleFactory(event=EventFactory(title="秘密の催し", **extra), municipality=ward, name="")
    page = html()

    assert f'<a href="{project.get_absolute_url()}">区の事業</a>' in page
    assert f'<a href="{town.get_absolute_url()}">連携の町</a>' in page
    assert f'<a href="{event.get_absolute_url()}">区の催し</a>' in page
    assert 'data-variant="demo"' in page
    assert "秘密" not in page


def test_the_code_of_another_municipality_is_not_found(client):
    town = MunicipalityFactory()

    assert client.get(f"/wards/{town.code}/").status_code == 404
    assert client.get("/wards/131016/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, ward, rows):
    for _ in range(rows):
        WardTieFactory(ward=ward)
        TourStopFactory(ward=ward, venue=VenueFactory())
        WardProjectFactory(ward=ward).municipalities.add(MunicipalityFactory())
        EventRoleFactory(event=EventFactory(), municipality=ward, name="")

    with django_assert_num_queries(7):
        client.get(URL)
