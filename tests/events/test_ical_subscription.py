"""Calendars that people subscribe to: everything, or a slice of it."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine

from events.actions import refresh_places
from events.choices import EventKind, Status, StopState
from events.models import Event
from tests.calendars import read
from tests.factories.core import ContactPointFactory
from tests.factories.events import EventFactory, EventRoleFactory, ExhibitionFactory, TourStopFactory, VenueFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory

pytestmark = pytest.mark.django_db

URL = "/events.ics"
NOW = datetime(2026, 10, 1, 3, tzinfo=UTC)
TODAY = date(2026, 10, 1)
HIDDEN = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
    {"unpublish_at": datetime(2021, 1, 1, tzinfo=UTC)},
]


@pytest.fixture(autouse=True)
def _now(settings):
    settings.SITE_URL = "https://portal.example"
    with time_machine.travel(NOW, tick=False):
        yield


def titles(response) -> list[str]:
    return [entry.title for entry in read(response.content).values()]


def day(distance: int) -> date:
    """A day so many days from today."""
    return TODAY + timedelta(days=distance)


def stop_of(exhibition, distance=10, **facts):
    return TourStopFactory(exhibition=exhibition, first_day=day(distance), last_day=day(distance), **facts)


def test_everything_that_is_announced_soonest_first(client):
    EventFactory(title="来月の催し", first_day=day(30))
    EventFactory(title="明日の催し", first_day=day(1))
    exhibition = ExhibitionFactory(title="展示", first_day=day(2), last_day=day(9))
    stop_of(exhibition, 20, ward=WardFactory(number=9, name="品川区"))
    EventFactory(title="日程未定の催し", first_day=None, fiscal_year=2026)
    EventFactory(title="月だけ", first_day=day(0), last_day=day(30), date_precision="month")

    response = client.get(URL)

    assert titles(response) == ["明日の催し", "展示", "展示（品川区）", "来月の催し"]
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Content-Disposition" not in response.headers
    assert response.headers["Cache-Control"].startswith("public, max-age=300, s-maxage=1,")


def test_what_is_over_stays_for_ninety_days(client):
    EventFactory(title="九十一日前", first_day=day(-91))
    EventFactory(title="九十日前", first_day=day(-90))
    EventFactory(title="去年から続く催し", first_day=day(-400), last_day=day(-90))
    exhibition = ExhibitionFactory(title="昔の展示", first_day=day(-200))
    stop_of(exhibition, -91)
    stop_of(exhibition, -90, ward=WardFactory(number=9, name="品川区"))

    assert titles(client.get(URL)) == ["去年から続く催し", "九十日前", "昔の展示（品川区）"]


def test_the_day_is_that_of_tokyo(client):
    EventFactory(title="九十日前", first_day=day(-90))
    # 15:00 UTC is already the next day in Tokyo.
    with time_machine.travel(datetime(2026, 10, 1, 14, 59, tzinfo=UTC), tick=False):
        before = titles(client.get(URL))
    with time_machine.travel(datetime(2026, 10, 1, 15, tzinfo=UTC), tick=False):
        after = titles(client.get(URL))

    assert (before, after) == (["九十日前"], [])


def test_the_entries_are_the_same_as_in_a_single_file(client):
    event = EventFactory(first_day=day(3))

    assert read(client.get(URL).content) == read(client.get(event.get_calendar_url()).content)


def test_parts_stand_in_place_of_their_whole(client):
    whole = EventFactory(title="全体", first_day=day(1), last_day=day(2))
    EventFactory(title="部分", first_day=day(2), parent=whole)
    EventFactory(title="部分のない催し", first_day=day(3))
    EventFactory(title="部分の日が未定の催し", first_day=day(4))
    EventFactory(parent=Event.objects.get(title="部分の日が未定の催し"), first_day=None, fiscal_year=2026)

    assert titles(client.get(URL)) == ["部分", "部分のない催し", "部分の日が未定の催し"]


def test_what_the_public_must_not_see_is_nowhere(client):
    whole = EventFactory(title="公開の全体", first_day=day(1))
    for facts in HIDDEN:
        EventFactory(title="秘密の催し", first_day=day(1), **facts)
        EventFactory(title="秘密の部分", first_day=day(1), parent=whole, **facts)
        stop_of(ExhibitionFactory(title="秘密の展示", first_day=day(1), **facts))

    response = client.get(URL)

    assert titles(response) == ["公開の全体"]
    assert "秘密" not in response.content.decode()


@pytest.mark.parametrize(
    ("setting", "status"),
    [("keep", None), ("cancel", "CANCELLED")],
)
def test_what_is_cancelled_stays_and_says_so_as_the_site_has_it_set(client, settings, setting, status):
    settings.ICAL_SUBSCRIPTION_CANCELLED = setting
    EventFactory(title="講演会", first_day=day(1), status=Status.CANCELLED, status_reason="大雨のため。")
    stop_of(ExhibitionFactory(title="展示", first_day=day(2)), ward=WardFactory(name="港区"), state=StopState.CANCELLED)

    found = read(client.get(URL).content)

    assert {entry.title: entry.texts.get("STATUS") for entry in found.values()} == {
        "【中止】講演会": status,
        "展示": "CONFIRMED",
        "【中止】展示（港区）": status,
    }
    assert "中止：大雨のため。" in next(iter(found.values())).lines


def test_by_itself_a_cancellation_is_kept(client):
    EventFactory(title="講演会", first_day=day(1), status=Status.CANCELLED)

    assert b"STATUS:CANCELLED" not in client.get(URL).content


@pytest.fixture
def land(db):
    """Two wards, a town in a prefecture, and what takes place there."""
    minato, shinagawa = WardFactory(number=3, name="港区"), WardFactory(number=9, name="品川区")
    kyoto = PrefectureFactory(code="26", name="京都府")
    town = MunicipalityFactory(prefecture=kyoto, name="宇治田原町")
    EventFactory(title="港区の講演", first_day=day(1), venue=VenueFactory(municipality=minato))
    tea = EventFactory(title="京都の物産", first_day=day(2), kind=EventKind.PROMOTION, venue=None)
    tea.prefectures.add(kyoto)
    EventRoleFactory(event=tea, municipality=town, name="")
    whole = EventFactory(title="品川区の全体", first_day=day(3), owner=shinagawa)
    EventFactory(title="品川区の部分", first_day=day(3), parent=whole, kind=EventKind.PROMOTION)
    touring = ExhibitionFactory(
        title="茶の展示", first_day=day(4), prefecture=kyoto, venue=VenueFactory(municipality=minato)
    )
    stop_of(touring, 5, ward=shinagawa)
    stop_of(ExhibitionFactory(title="よその展示", first_day=day(6)), 7, ward=minato)
    refresh_places(Event.objects.all())
    return {"minato": minato.code, "shinagawa": shinagawa.code, "kyoto": kyoto.code, "town": town.code}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (
            "",
            "港区の講演 京都の物産 品川区の部分 茶の展示 茶の展示（品川区） よその展示 よその展示（港区）",
        ),
        (
            "ward=&prefecture=&municipality=&kind=",
            "港区の講演 京都の物産 品川区の部分 茶の展示 茶の展示（品川区） よその展示 よその展示（港区）",
        ),
        ("ward={minato}", "港区の講演 茶の展示 よその展示（港区）"),
        ("ward={shinagawa}", "品川区の部分 茶の展示（品川区）"),
        ("municipality={shinagawa}", "品川区の部分 茶の展示（品川区）"),
        ("municipality={town}", "京都の物産"),
        ("prefecture={kyoto}", "京都の物産 茶の展示 茶の展示（品川区）"),
        ("prefecture={kyoto}&ward={shinagawa}", "茶の展示（品川区）"),
        ("kind=promotion", "京都の物産 品川区の部分"),
        ("kind=promotion&ward={shinagawa}", "品川区の部分"),
        ("kind=member", ""),
        ("colour=red&ward={shinagawa}", "品川区の部分 茶の展示（品川区）"),
    ],
)
def test_slices(client, land, query, found):
    assert titles(client.get(f"{URL}?{query.format(**land)}")) == found.split()


@pytest.mark.parametrize(
    "query",
    [
        "ward=131300",
        "ward=13103",
        "ward=港区",
        "ward={town}",
        "prefecture=48",
        "prefecture=6",
        "municipality=999999",
        "kind=song",
        "kind=lecture&ward=0",
        "ward=%20",
    ],
)
@pytest.mark.parametrize("address", [URL, "/events/feed/"])
def test_a_slice_there_is_not_is_not_everything(client, land, address, query):
    response = client.get(f"{address}?{query.format(**land)}")

    assert response.status_code == 404
    assert "ページが見つかりません" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "name"),
    [("", "すべてのイベント・展示"), ("ward={minato}", "港区のイベント・展示"), ("kind=member", "会員自治体の催し")],
)
def test_the_calendar_has_a_name(client, land, query, name):
    calendar = icalendar.Calendar.from_ical(client.get(f"{URL}?{query.format(**land)}").content)

    assert calendar["X-WR-CALNAME"] == f"{name}｜特別区全国連携プロジェクト"
    assert "X-WR-CALDESC" not in calendar


def test_five_hundred_entries_are_enough_and_the_calendar_says_so(client):
    exhibition = ExhibitionFactory(title="間の展示", first_day=day(1), last_day=day(1))
    EventFactory.create_batch(500, first_day=day(2), venue=None)
    EventFactory(title="早い催し", first_day=day(0))
    EventFactory(title="遅い催し", first_day=day(3))

    response = client.get(URL)

    found = titles(response)
    assert (len(found), found[:2]) == (500, ["早い催し", str(exhibition)])
    assert "遅い催し" not in found
    assert icalendar.Calendar.from_ical(response.content)["X-WR-CALDESC"] == (
        "日程の早いものから500件だけを載せています。"
        "区・都道府県・種別ごとのカレンダーもご利用ください：https://portal.example/events/subscribe/"
    )


def test_numbers_and_addresses_do_not_change_with_the_host(client):
    event = EventFactory(first_day=day(1))

    bodies = {client.get(URL, headers={"host": host}).content for host in ("testserver", "localhost")}

    (body,) = bodies
    assert list(read(body)) == [f"event-{event.pk}@portal.example"]


def test_a_site_without_an_address_takes_that_of_the_request_but_for_numbers(client, settings):
    settings.SITE_URL = ""
    event = EventFactory(first_day=day(1))

    for host in ("testserver", "localhost"):
        ((uid, entry),) = read(client.get(URL, headers={"host": host}).content).items()
        assert uid == f"event-{event.pk}@portal.localhost"
        assert entry.texts["URL"] == f"http://{host}/events/{event.pk}/"


def test_what_has_not_changed_is_not_sent_again(client):
    event = EventFactory(first_day=day(1))
    first = client.get(URL)
    known = {"If-None-Match": first.headers["ETag"]}

    again = client.get(URL, headers=known)

    assert (again.status_code, again.content) == (304, b"")
    assert client.get(URL).content == first.content
    assert first.headers["Last-Modified"] == "Thu, 01 Oct 2026 03:00:00 GMT"
    event.publication_state = "withdrawn"
    event.save()
    withdrawn = client.get(URL, headers=known)
    assert (withdrawn.status_code, titles(withdrawn)) == (200, [])


@pytest.mark.parametrize("change", ["venue", "contact", "whole", "stop", "clock"])
def test_whatever_changes_the_calendar_changes_its_mark(client, change):
    whole = EventFactory(title="全体", first_day=day(1))
    part = EventFactory(first_day=day(1), parent=whole, contact=ContactPointFactory(), venue=VenueFactory())
    EventFactory(first_day=day(1), publish_at=datetime(2026, 10, 1, 4, tzinfo=UTC))
    stop = stop_of(ExhibitionFactory(first_day=day(1)), ward=WardFactory())
    known = {"If-None-Match": client.get(URL).headers["ETag"]}
    # Past every hook that would count the change.
    rows = {"venue": part.venue, "contact": part.contact, "whole": whole, "stop": stop}
    facts = {
        "venue": {"name": "別の会場"},
        "contact": {"phone": "03-1111-1111"},
        "whole": {"title": "別の全体"},
        "stop": {"last_day": day(11)},
    }
    if change == "clock":
        with time_machine.travel(datetime(2026, 10, 1, 4, tzinfo=UTC), tick=False):
            assert client.get(URL, headers=known).status_code == 200
        return
    type(rows[change])._default_manager.filter(pk=rows[change].pk).update(**facts[change])

    assert client.get(URL, headers=known).status_code == 200


def test_who_knows_only_the_hour_gets_it_all(client):
    """What was withdrawn leaves no later hour behind: the hour alone would keep it in calendars for ever."""
    EventFactory(first_day=day(1))
    first = client.get(URL)

    again = client.get(URL, headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert again.status_code == 200


def test_only_the_head_may_be_asked_for_and_nothing_sent_in(client):
    head = client.head(URL)

    assert (head.status_code, head.content) == (200, b"")
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50])
@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("", 3),
        ("kind=lecture", 1),
        ("ward={ward}", 4),
        ("prefecture=13", 4),
        ("municipality={ward}", 4),
        ("ward={ward}&kind=lecture", 2),
        ("prefecture=13&ward={ward}", 5),
    ],
)
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows, query, queries):
    ward = WardFactory(number=9)
    for _ in range(rows):
        venue, contact = VenueFactory(municipality=ward), ContactPointFactory()
        whole = EventFactory(first_day=day(1), owner=ward, venue=venue)
        whole.prefectures.add(ward.prefecture)
        EventFactory(first_day=day(1), parent=whole, contact=contact, venue=venue)
        facts = {"prefecture": ward.prefecture, "contact": contact, "venue": venue}
        stop_of(ExhibitionFactory(first_day=day(1), **facts), ward=ward, venue=venue)
    address = f"{URL}?{query.format(ward=ward.code)}"

    with django_assert_num_queries(queries):
        response = client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304

    assert len(read(response.content)) == (rows if "kind" in query else 3 * rows)
