"""The list of events: what is to come, or what was asked for."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from events.choices import EventKind, Status
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory, VenueFactory
from tests.factories.municipalities import WardFactory
from tests.reading import headings, links, main_text, texts

pytestmark = pytest.mark.django_db

URL = "/events/"


def day(distance: int) -> date:
    """A day so many days from today."""
    return timezone.localdate() + timedelta(days=distance)


def titles(response) -> list[str]:
    return [shown.event.title for shown in response.context["events"]]


def test_without_a_filter_what_is_to_come_soonest_first(client):
    EventFactory(title="来月の講演会", first_day=day(30))
    EventFactory(title="明日の講演会", first_day=day(1))
    EventFactory(title="日程未定の講演会", first_day=None, fiscal_year=day(0).year + 1)
    EventFactory(title="昨日の講演会", first_day=day(-1))
    EventFactory(title="中止の講演会", first_day=day(1), status=Status.CANCELLED)

    response = client.get(URL)

    assert titles(response) == ["明日の講演会", "来月の講演会", "日程未定の講演会"]
    assert headings(response) == ["これからのイベント", "いま見られる展示", "年度別の一覧"]
    assert 'class="disclosure" open' not in response.content.decode()


def test_what_the_public_must_not_see_is_nowhere(client):
    EventFactory(title="下書き", first_day=day(1), publication_state="draft")
    EventFactory(title="取下げ", first_day=day(1), publication_state="withdrawn")
    EventFactory(title="来年公開", first_day=day(1), publish_at=timezone.now() + timedelta(days=365))
    whole = EventFactory(title="全体", first_day=day(1))
    EventFactory(title="内緒の部分", first_day=day(1), parent=whole, publication_state="draft")

    for filters in ({}, {"kind": EventKind.LECTURE}):
        response = client.get(URL, filters)
        assert titles(response) == ["全体"]
        text = main_text(response)
        assert [word for word in ("下書き", "取下げ", "来年公開", "内緒の部分") if word in text] == []


def test_an_entry_says_what_when_where_and_how_it_stands(client):
    event = EventFactory(
        title="歩く会", first_day=day(2), kind=EventKind.MEMBER, venue=VenueFactory(name="芝公園"), is_demo=True
    )

    response = client.get(URL)

    (entry,) = texts(response, "event-row")
    assert entry.split()[-5:] == ["歩く会", "会員自治体の催し", "開催予定", "デモ", "芝公園"]
    assert links(response)["歩く会"] == event.get_absolute_url()


def test_parts_are_listed_under_their_whole_only(client):
    whole = EventFactory(title="全体の催し", first_day=day(1))
    EventFactory(title="部分の催し", first_day=day(1), parent=whole, listing_order=1)

    response = client.get(URL)

    assert titles(response) == ["全体の催し"]
    (part,) = texts(response, "event-row__part")
    assert part.startswith("部分の催し")


def test_a_part_says_how_it_stands_only_where_it_differs(client):
    whole = EventFactory(first_day=date(2199, 4, 1), last_day=date(2199, 4, 2))
    EventFactory(title="歌", first_day=date(2199, 4, 1), parent=whole, listing_order=1)
    EventFactory(title="踊り", first_day=date(2199, 4, 2), parent=whole, listing_order=2, status=Status.CANCELLED)

    assert texts(client.get(URL), "event-row__part") == ["歌 4月1日（月）", "踊り 4月2日（火） 中止"]


@pytest.mark.parametrize(
    ("fields", "when"),
    [
        ({"first_day": date(2018, 7, 26)}, ["平成30年7月26日（木曜日）"]),
        ({"first_day": date(2018, 7, 26), "date_note": "雨天中止"}, ["平成30年7月26日（木曜日） （雨天中止）"]),
        ({"first_day": None, "fiscal_year": 2020, "date_note": "資料に記載なし"}, []),
    ],
)
def test_what_was_asked_for_says_its_year(client, fields, when):
    EventFactory(**fields)

    assert texts(client.get(URL, {"kind": EventKind.LECTURE}), "event-row__when") == when


def test_what_is_to_come_says_what_there_is_to_say_of_its_days(client):
    EventFactory(first_day=day(1), date_note="品物がなくなり次第終わります。")
    EventFactory(first_day=day(2))

    assert texts(client.get(URL), "event-row__when") == ["品物がなくなり次第終わります。"]


def test_exhibitions_on_view_in_their_place_or_on_tour(client):
    ExhibitionFactory(title="会場の展示", first_day=day(-1), last_day=day(1), venue=VenueFactory(name="区政会館"))
    touring = ExhibitionFactory(title="巡回中の展示", first_day=day(-60))
    TourStopFactory(
        exhibition=touring, ward=WardFactory(code="131091", name="品川区"), first_day=day(0), last_day=day(0)
    )
    ExhibitionFactory(title="終わった展示", first_day=day(-9))
    ExhibitionFactory(title="下書きの展示", first_day=day(0), publication_state="draft")

    response = client.get(URL)

    assert headings(response)[:2] == ["いま見られる展示", "これからのイベント"]
    assert texts(response, "exhibition-row__title") == ["巡回中の展示", "会場の展示"]
    assert texts(response, "exhibition-row__chips") == ["巡回中", "開催中"]
    assert texts(response, "route-summary__stop") == [str(touring.venue), "品川区 実施 いまここ", "区政会館 いまここ"]


def test_each_fiscal_year_leads_to_its_archive(client):
    EventFactory(first_day=date(2019, 1, 11))
    ExhibitionFactory(first_day=date(2019, 5, 14))
    EventFactory(first_day=date(2015, 5, 30), publication_state="draft")

    found = links(client.get(URL))

    assert {text: url for text, url in found.items() if "archive" in url} == {
        "令和元年度（2019年度）": "/events/archive/2019/",
        "平成30年度（2018年度）": "/events/archive/2018/",
    }


@pytest.fixture
def three(db):
    EventFactory(title="講演会", first_day=date(2018, 7, 26), status=Status.HELD)
    EventFactory(title="物産展", first_day=date(2018, 9, 8), kind=EventKind.PROMOTION, status=Status.HELD)
    EventFactory(title="中止の物産展", first_day=None, fiscal_year=2020, kind="promotion", status=Status.CANCELLED)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": "promotion"}, ["中止の物産展", "物産展"]),
        ({"fiscal_year": "2018"}, ["物産展", "講演会"]),
        ({"status": "cancelled"}, ["中止の物産展"]),
        ({"kind": "promotion", "fiscal_year": "2018", "status": "held"}, ["物産展"]),
        ({"kind": "sponsorship"}, []),
        ({"kind": "promotion", "colour": "red"}, ["中止の物産展", "物産展"]),
    ],
)
def test_filters_alone_and_together(client, three, filters, found):
    response = client.get(URL, filters)

    assert titles(response) == found
    assert 'class="disclosure" open' in response.content.decode()
    assert headings(response) == [f"条件に合うイベント（{len(found)}件）"]
    assert ("条件に合うイベントはありません。" in main_text(response)) is (found == [])


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"kind": "song"}, "種別：正しく選択してください。 song は候補にありません。"),
        ({"fiscal_year": "2000"}, "年度：正しく選択してください。 2000 は候補にありません。"),
        ({"fiscal_year": "平成三十年"}, "年度：正しく選択してください。 平成三十年 は候補にありません。"),
        ({"status": "9" * 500}, f"実施状況：正しく選択してください。 {'9' * 500} は候補にありません。"),
    ],
)
def test_a_wrong_filter_is_explained_and_left_out(client, three, filters, message):
    response = client.get(URL, filters)

    assert response.status_code == 200
    assert 'class="disclosure" open' in response.content.decode()
    assert texts(response, "error-summary__list") == [message]
    assert headings(response)[0] == "これからのイベント"


def test_nothing_at_all_says_so_and_offers_the_next_step(client):
    text = main_text(client.get(URL))

    assert "これからのイベントは、まだ掲載されていません。" in text
    assert "いま見られる展示はありません。" in text
    assert "まだ記録がありません。" in text


def test_matches_come_fifty_to_a_page_and_the_filter_stays(client):
    EventFactory.create_batch(51, first_day=date(2018, 7, 26))

    response = client.get(URL, {"kind": "lecture", "fiscal_year": "2018"})

    assert len(titles(response)) == 50
    assert links(response)["次のページ"] == "?kind=lecture&fiscal_year=2018&page=2"
    assert len(titles(client.get(URL, {"kind": "lecture", "page": "2"}))) == 1


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "９９", "9" * 400])
def test_a_page_that_does_not_exist_is_not_found(client, three, page):
    assert client.get(URL, {"page": page}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_what_is_to_come_takes_six_queries(client, rows, django_assert_num_queries):
    for _ in range(rows):
        EventFactory(first_day=day(0), parent=EventFactory(first_day=day(1)))
        TourStopFactory(exhibition=ExhibitionFactory(first_day=day(0)))

    with django_assert_num_queries(6):
        response = client.get(URL)

    assert len(titles(response)) == rows
    assert len(texts(response, "exhibition-row")) == rows


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_matches_take_four_queries(client, rows, django_assert_num_queries):
    for _ in range(rows):
        EventFactory(parent=EventFactory())

    with django_assert_num_queries(4):
        response = client.get(URL, {"kind": "lecture"})

    assert len(titles(response)) == rows
