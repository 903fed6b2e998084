"""What is new among events and exhibitions."""

from datetime import UTC, date, datetime

import pytest

from events.actions import refresh_places
from events.choices import EventKind, Status
from events.models import Event, Exhibition
from tests.factories.events import EventFactory, EventRoleFactory, ExhibitionFactory, TourStopFactory, VenueFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory
from tests.feeds import read, titles

pytestmark = pytest.mark.django_db

URL = "/events/feed/"
HIDDEN = [
    {"publication_state": "draft"},
    {"publication_state": "withdrawn"},
    {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
    {"unpublish_at": datetime(2021, 1, 1, tzinfo=UTC)},
]


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = "https://portal.example"


def published(day: int) -> datetime:
    return datetime(2026, 4, day, 1, tzinfo=UTC)


def test_the_newest_stands_first_whatever_it_is(client):
    EventFactory(title="初めの催し", publish_at=published(1), first_day=date(2026, 12, 1))
    ExhibitionFactory(title="次の展示", publish_at=published(2))
    EventFactory(title="終わりの催し", publish_at=published(3), first_day=None, fiscal_year=2020)

    assert titles(client.get(URL)) == ["終わりの催し", "次の展示", "初めの催し"]


def test_the_feed_says_what_it_is(client):
    feed = read(client.get(URL)).feed

    assert feed.title == "すべてのイベント・展示｜特別区全国連携プロジェクト"
    assert feed.id == "tag:portal.example,2026:events"
    assert feed.author == "特別区全国連携プロジェクト"
    assert feed.author_detail.href == "https://portal.example/"
    assert {link.rel: link.href for link in feed.links} == {
        "alternate": "https://portal.example/events/",
        "self": "https://portal.example/events/feed/",
    }
    assert b'xml:lang="ja"' in client.get(URL).content


def test_an_entry_says_what_is_new_and_since_when(client):
    event = EventFactory(title="歩く会", summary="公園を歩きます。", publish_at=published(1))
    Event.objects.update(updated_at=datetime(2026, 5, 2, 3, 4, 5, tzinfo=UTC))

    (entry,) = read(client.get(URL)).entries

    assert entry.id == f"tag:portal.example,2026:event-{event.pk}"
    assert entry.link == f"https://portal.example/events/{event.pk}/"
    assert (entry.title, entry.summary) == ("歩く会", "公園を歩きます。")
    assert [tag.term for tag in entry.tags] == ["講演会・シンポジウム・セミナー"]
    assert entry.published_parsed[:6] == (2026, 4, 1, 1, 0, 0)
    assert entry.updated_parsed[:6] == (2026, 5, 2, 3, 4, 5)


def test_an_exhibition_is_told_of_likewise(client):
    exhibition = ExhibitionFactory(title="全国連携展示", subtitle="お茶の京都", summary="茶の道です。")

    (entry,) = read(client.get(URL)).entries

    assert entry.id == f"tag:portal.example,2026:exhibition-{exhibition.pk}"
    assert entry.link == f"https://portal.example/exhibitions/{exhibition.pk}/"
    assert (entry.title, entry.summary) == ("全国連携展示「お茶の京都」", "茶の道です。")
    assert [tag.term for tag in entry.tags] == ["全国連携展示"]


def test_what_was_written_before_it_was_published_is_new_on_that_day(client):
    EventFactory(publish_at=published(20))
    Event.objects.update(updated_at=published(1))

    feed = read(client.get(URL))

    assert feed.entries[0].updated_parsed[:3] == feed.feed.updated_parsed[:3] == (2026, 4, 20)


@pytest.mark.parametrize("factory", [EventFactory, ExhibitionFactory])
@pytest.mark.parametrize(
    ("facts", "title", "summary"),
    [
        ({"status": Status.CANCELLED}, "【中止】催し", "中止\n概要です。"),
        (
            {"status": Status.CANCELLED, "status_reason": "大雨のため。"},
            "【中止】催し",
            "中止：大雨のため。\n概要です。",
        ),
        ({"status": Status.POSTPONED}, "【延期】催し", "延期\n概要です。"),
        ({"is_demo": True}, "【デモ】催し", "概要です。"),
    ],
)
def test_the_title_says_what_became_of_the_plan(client, factory, facts, title, summary):
    factory(title="催し", summary="概要です。", **facts)

    (entry,) = read(client.get(URL)).entries

    assert (entry.title, entry.summary) == (title, summary)


@pytest.mark.parametrize("words", ["A & B <b>太字</b>", "「&amp;」", "a < b > c", "\"引用\" '引用'"])
def test_text_is_read_as_it_was_written(client, words):
    EventFactory(title=words, summary=words)

    (entry,) = read(client.get(URL)).entries

    assert entry.title == words
    assert entry.title_detail.type == "text/plain"
    # A summary is HTML to the reader.
    assert entry.summary_detail.type == "text/html"
    assert words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in (
        entry.summary,
        entry.summary.replace("&quot;", '"').replace("&#x27;", "'").replace("&#39;", "'"),
    )


def test_control_characters_do_not_break_the_feed(client):
    EventFactory(title="題\x0b名\x1b", summary="概\x0c要\x08です")

    (entry,) = read(client.get(URL)).entries

    assert "題" in entry.title
    assert "です" in entry.summary


def test_a_long_summary_is_cut(client):
    EventFactory(summary="長" * 1000)

    (entry,) = read(client.get(URL)).entries

    assert entry.summary == "長" * 299 + "…"


def test_what_the_public_must_not_see_is_nowhere(client):
    whole = EventFactory(title="公開の全体")
    for facts in HIDDEN:
        EventFactory(title="秘密の催し", **facts)
        EventFactory(title="秘密の部分", parent=whole, kind=EventKind.MEMBER, **facts)
        ExhibitionFactory(title="秘密の展示", **facts)

    assert titles(client.get(URL)) == ["公開の全体"]
    assert titles(client.get(URL, {"kind": "member"})) == []
    assert "秘密" not in client.get(URL).content.decode()


def test_parts_are_told_of_with_their_whole(client):
    whole = EventFactory(title="全体")
    EventFactory(title="部分", parent=whole, kind=EventKind.MEMBER)

    assert titles(client.get(URL)) == ["全体"]
    assert titles(client.get(URL, {"kind": "member"})) == ["全体"]
    assert titles(client.get(URL, {"kind": "lecture"})) == ["全体"]
    assert titles(client.get(URL, {"kind": "promotion"})) == []


@pytest.fixture
def land(db):
    ward, kyoto = WardFactory(number=9, name="品川区"), PrefectureFactory(code="26", name="京都府")
    town = MunicipalityFactory(prefecture=kyoto, name="宇治田原町")
    EventFactory(title="区の講演", owner=ward, publish_at=published(1))
    tea = EventFactory(title="茶の物産", kind=EventKind.PROMOTION, publish_at=published(2))
    tea.prefectures.add(kyoto)
    EventRoleFactory(event=tea, municipality=town, name="")
    touring = ExhibitionFactory(title="巡る展示", prefecture=kyoto, publish_at=published(3))
    TourStopFactory(exhibition=touring, ward=ward)
    ExhibitionFactory(title="区の展示", venue=VenueFactory(municipality=ward), publish_at=published(4))
    refresh_places(Event.objects.all())
    return {"ward": ward.code, "kyoto": kyoto.code, "town": town.code}


@pytest.mark.parametrize(
    ("query", "title", "found"),
    [
        ("ward={ward}", "品川区のイベント・展示", "区の展示 巡る展示 区の講演"),
        ("prefecture={kyoto}", "京都府のイベント・展示", "巡る展示 茶の物産"),
        ("municipality={town}", "宇治田原町のイベント・展示", "茶の物産"),
        ("kind=promotion", "魅力発信イベント", "茶の物産"),
        ("ward={ward}&prefecture={kyoto}", "京都府・品川区のイベント・展示", "巡る展示"),
        ("ward={ward}&kind=lecture", "品川区の講演会・シンポジウム・セミナー", "区の講演"),
    ],
)
def test_slices(client, land, query, title, found):
    query = query.format(**land)
    response = client.get(f"{URL}?{query}")
    feed = read(response).feed

    assert titles(response) == found.split()
    assert feed.title == f"{title}｜特別区全国連携プロジェクト"
    assert feed.id == f"tag:portal.example,2026:events?{query}"
    assert {link.rel: link.href for link in feed.links} == {
        "alternate": f"https://portal.example/events/?{query}",
        "self": f"https://portal.example/events/feed/?{query}",
    }


def test_thirty_entries_are_enough(client):
    for number in range(1, 29):
        EventFactory(title=f"催し{number}", publish_at=published(number))
        ExhibitionFactory(title=f"展示{number}", publish_at=published(number))

    found = titles(client.get(URL))

    assert len(found) == 30
    assert set(found) == {f"{word}{number}" for word in ("催し", "展示") for number in range(14, 29)}


def test_an_empty_feed_is_the_same_at_every_look(client):
    first = client.get(URL)

    assert read(first).entries == []
    assert client.get(URL).content == first.content
    assert first.headers["Last-Modified"] == "Thu, 01 Jan 2026 00:00:00 GMT"


def test_what_has_not_changed_is_not_sent_again(client):
    event = EventFactory()
    first = client.get(URL)
    known = {"If-None-Match": first.headers["ETag"]}

    again = client.get(URL, headers=known)

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"].startswith("public, max-age=300, s-maxage=1,")
    event.status = Status.CANCELLED
    event.save()
    assert titles(client.get(URL, headers=known)) == [f"【中止】{event.title}"]


def test_only_the_head_may_be_asked_for_and_nothing_sent_in(client):
    head = client.head(URL)

    assert (head.status_code, head.content) == (200, b"")
    assert client.post(URL).status_code == 405


def test_addresses_do_not_change_with_the_host(client):
    EventFactory()

    bodies = {client.get(URL, headers={"host": host}).content for host in ("testserver", "localhost")}

    assert len(bodies) == 1


@pytest.mark.parametrize("rows", [1, 3, 50])
@pytest.mark.parametrize(("query", "queries"), [("", 2), ("kind=lecture", 1), ("ward={ward}", 3), ("prefecture=13", 3)])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows, query, queries):
    ward = WardFactory(number=9)
    for _ in range(rows):
        EventFactory(parent=EventFactory(owner=ward)).parent.prefectures.add(ward.prefecture)
        TourStopFactory(exhibition=ExhibitionFactory(prefecture=ward.prefecture), ward=ward)

    with django_assert_num_queries(queries):
        response = client.get(f"{URL}?{query.format(ward=ward.code)}")

    assert len(titles(response)) == min(30, rows if "kind" in query else 2 * rows)
    assert Exhibition.objects.count() == rows
