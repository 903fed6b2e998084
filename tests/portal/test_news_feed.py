"""What is new among the notices."""

from datetime import UTC, datetime

import pytest

from portal.models import NewsItem
from tests.factories.portal import NewsItemFactory
from tests.feeds import read, titles
from tests.reading import links

pytestmark = pytest.mark.django_db

URL = "/news/feed/"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = "https://portal.example/"


def test_the_newest_notice_stands_first_and_what_is_not_public_does_not_stand_there(client):
    NewsItemFactory(title="古い知らせ", publish_at=datetime(2020, 5, 1, tzinfo=UTC))
    NewsItemFactory(title="新しい知らせ", publish_at=datetime(2020, 6, 1, tzinfo=UTC))
    for facts in (
        {"publication_state": "draft"},
        {"publication_state": "withdrawn"},
        {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
        {"unpublish_at": datetime(2021, 1, 1, tzinfo=UTC)},
    ):
        NewsItemFactory(title="秘密の知らせ", **facts)

    assert titles(client.get(URL)) == ["新しい知らせ", "古い知らせ"]


def test_the_feed_and_its_entries_say_what_they_are(client):
    item = NewsItemFactory(
        title="公開しました", body="一行目です。\n二行目です。", publish_at=datetime(2026, 4, 1, tzinfo=UTC)
    )
    NewsItem.objects.update(updated_at=datetime(2026, 5, 1, tzinfo=UTC))

    found = read(client.get(URL))

    assert found.feed.title == "お知らせ｜特別区全国連携プロジェクト"
    assert found.feed.id == "tag:portal.example,2026:news"
    assert {link.rel: link.href for link in found.feed.links} == {
        "alternate": "https://portal.example/news/",
        "self": "https://portal.example/news/feed/",
    }
    (entry,) = found.entries
    assert entry.id == f"tag:portal.example,2026:newsitem-{item.pk}"
    assert entry.link == f"https://portal.example/news/{item.pk}/"
    assert (entry.title, entry.summary) == ("公開しました", "一行目です。\n二行目です。")
    assert (entry.published_parsed[:3], entry.updated_parsed[:3]) == ((2026, 4, 1), (2026, 5, 1))


def test_what_is_fictional_says_so(client):
    NewsItemFactory(title="お知らせ", is_demo=True)

    assert titles(client.get(URL)) == ["【デモ】お知らせ"]


def test_what_has_not_changed_is_not_sent_again(client):
    item = NewsItemFactory()
    known = {"If-None-Match": client.get(URL).headers["ETag"]}

    assert client.get(URL, headers=known).status_code == 304
    item.publication_state = "withdrawn"
    item.save()
    assert titles(client.get(URL, headers=known)) == []


def test_the_list_of_notices_names_its_feed(client):
    html = client.get("/news/").content.decode()

    assert '<link rel="alternate" type="application/atom+xml" title="お知らせ" href="/news/feed/">' in html


def test_the_page_of_all_feeds_names_it(client):
    assert links(client.get("/events/subscribe/"))["お知らせのフィード"] == "/news/feed/"


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_feed_takes_one_query(client, django_assert_num_queries, rows):
    NewsItemFactory.create_batch(rows)

    with django_assert_num_queries(1):
        response = client.get(URL)

    assert len(titles(response)) == min(rows, 30)
