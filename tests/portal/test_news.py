"""Notices: the list and each of them."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.contenttypes.models import ContentType

from portal.models import NewsItem
from tests.factories.core import AttachmentFactory, ImageFactory, SourceNoteFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

NEVER_PUBLIC = [{"publication_state": "draft"}, {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)}]
NO_LONGER_PUBLIC = [{"publication_state": "withdrawn"}, {"unpublish_at": datetime(2021, 1, 1, tzinfo=UTC)}]


@pytest.fixture(autouse=True)
def _known_content_types():
    """Looked up once in the life of a process; not part of a page's own queries."""
    ContentType.objects.get_for_model(NewsItem)


def test_an_empty_list_says_so(client):
    assert "お知らせはまだありません。" in client.get("/news/").content.decode()


def test_the_newest_notice_stands_first_and_what_is_not_public_does_not_stand_there(client):
    NewsItemFactory(title="古い知らせ", publish_at=datetime(2020, 5, 1, tzinfo=UTC))
    # 15:00 UTC is already the next day in Tokyo.
    NewsItemFactory(title="新しい知らせ", publish_at=datetime(2020, 5, 31, 15, tzinfo=UTC), is_demo=True)
    for extra in [*NEVER_PUBLIC, *NO_LONGER_PUBLIC]:
        NewsItemFactory(**extra)
    response = client.get("/news/")

    assert [item.title for item in response.context["page"]] == ["新しい知らせ", "古い知らせ"]
    html = response.content.decode()
    assert '<time datetime="2020-06-01">2020年6月1日</time>' in html
    assert html.count('data-variant="demo"') == 1


def test_the_list_is_cut_into_pages(client):
    NewsItemFactory.create_batch(51)

    first, second = client.get("/news/"), client.get("/news/?page=2")

    assert (len(first.context["page"]), len(second.context["page"])) == (50, 1)
    assert 'href="?page=2"' in first.content.decode()
    assert 'href="?page=1"' in second.content.decode()


@pytest.mark.parametrize("page", ["0", "2", "-1", "last", "9" * 400, ""])
def test_there_is_no_such_page(client, page):
    NewsItemFactory()

    assert client.get("/news/", {"page": page}).status_code == 404


def test_a_notice_shows_what_was_written_and_when(client):
    item = NewsItemFactory(
        title="催しの<お知らせ>",
        body="一行目\n二行目\n\nくわしくは https://city.example.jp/ へ。<script>",
        change_note="会場を改めました。",
        publish_at=datetime(2020, 5, 1, tzinfo=UTC),
    )
    html = client.get(item.get_absolute_url()).content.decode()

    assert "<h1>催しの&lt;お知らせ&gt;</h1>" in html
    assert "<p>一行目<br>二行目</p>" in html
    assert '<a href="https://city.example.jp/">' in html
    assert "&lt;script&gt;" in html
    assert '掲載日：<time datetime="2020-05-01">' in html
    assert "会場を改めました。" in html
    assert "デモ" not in html


def test_a_fictional_notice_says_so(client):
    html = client.get(NewsItemFactory(is_demo=True).get_absolute_url()).content.decode()

    assert 'data-variant="demo"' in html


def test_pictures_have_their_words_and_files_their_type_and_size(client):
    item = NewsItemFactory()
    item.images.add(ImageFactory(alt_text="会場の写真", credit="広報課"), ImageFactory(alt_text="", is_decorative=True))
    item.attachments.add(AttachmentFactory(title="ちらし", size=2048))
    SourceNoteFactory(record=item, as_printed="資料の行")
    html = client.get(item.get_absolute_url()).content.decode()

    assert 'alt="会場の写真" width="4" height="3"' in html
    assert 'alt=""' in html
    assert "提供：広報課" in html
    assert "ちらし（PDF、2.0" in html
    assert "資料の行" in html


def test_a_picture_whose_rights_have_run_out_is_not_shown(client):
    item = NewsItemFactory()
    item.images.add(
        ImageFactory(alt_text="期限の切れた写真", rights_until=date(2020, 1, 1)),
        ImageFactory(alt_text="期限前の写真", rights_until=date(2199, 1, 1)),
    )
    html = client.get(item.get_absolute_url()).content.decode()

    assert "期限前の写真" in html
    assert "期限の切れた写真" not in html


@pytest.mark.parametrize("extra", NEVER_PUBLIC)
def test_what_never_was_public_is_not_there(client, extra):
    assert client.get(NewsItemFactory(**extra).get_absolute_url()).status_code == 404


@pytest.mark.parametrize("extra", NO_LONGER_PUBLIC)
def test_what_was_public_once_says_that_it_is_gone(client, extra):
    assert client.get(NewsItemFactory(**extra).get_absolute_url()).status_code == 410


@pytest.mark.parametrize("pk", ["0", "9" * 30])
def test_an_unknown_number_is_not_there(client, pk):
    assert client.get(f"/news/{pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    items = NewsItemFactory.create_batch(rows)
    items[0].images.add(*ImageFactory.create_batch(rows))
    items[0].attachments.add(*AttachmentFactory.create_batch(rows))
    for _ in range(rows):
        SourceNoteFactory(record=items[0])

    with django_assert_num_queries(2):
        client.get("/news/")
    with django_assert_num_queries(4):
        client.get(items[0].get_absolute_url())
