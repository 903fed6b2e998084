"""What the project publishes."""

from datetime import UTC, date, datetime

import pytest

from portal.choices import PublicationKind
from tests.factories.core import AttachmentFactory, ImageFactory
from tests.factories.portal import PublicationFactory

pytestmark = pytest.mark.django_db

URL = "/publications/"


@pytest.fixture
def page(client):
    return lambda: client.get(URL)


def test_an_empty_list_still_says_what_is_published(page):
    html = page().content.decode()

    assert "東京23区全国連携NEWS、パンフレット、ポスターを発行しています。" in html
    assert "このポータルに掲載した刊行物はまだありません。" in html


def test_publications_stand_by_kind_the_newest_first(page):
    PublicationFactory(kind=PublicationKind.POSTER, title="ポスター", issued_on=date(2021, 1, 1))
    PublicationFactory(title="第1号", issued_on=date(2019, 4, 1))
    PublicationFactory(title="第2号", issued_on=date(2020, 4, 1))
    shown = [(label, [row.title for row in rows]) for label, rows in page().context["by_kind"]]

    assert shown == [("東京23区全国連携NEWS", ["第2号", "第1号"]), ("ポスター", ["ポスター"])]


def test_a_publication_shows_cover_day_words_and_file(page):
    PublicationFactory(
        title="第3号",
        issued_on=date(2020, 10, 1),
        summary="秋の催しの特集です。",
        cover=ImageFactory(alt_text="第3号の表紙", credit="広報課"),
        attachment=AttachmentFactory(title="第3号", size=3 * 1024 * 1024),
    )
    html = page().content.decode()

    assert '<time datetime="2020-10-01">令和2年10月1日</time>' in html
    assert 'alt="第3号の表紙" width="4" height="3"' in html
    assert "提供：広報課" in html
    assert "秋の催しの特集です。" in html
    assert "第3号（PDF、3.0" in html
    assert "デモ" not in html


def test_a_publication_may_have_neither_cover_nor_file(page):
    PublicationFactory(title="第4号", is_demo=True)
    html = page().content.decode()

    assert "ファイルは掲載していません。" in html
    assert "<img" not in html
    assert 'data-variant="demo"' in html


def test_a_cover_whose_rights_have_run_out_is_not_shown(page):
    PublicationFactory(title="第5号", cover=ImageFactory(rights_until=date(2020, 1, 1)))
    PublicationFactory(title="第6号", cover=ImageFactory(rights_until=date(2199, 1, 1), alt_text="第6号の表紙"))
    html = page().content.decode()

    assert html.count("<img") == 1
    assert "第6号の表紙" in html


def test_what_is_not_public_is_not_listed(page):
    for extra in (
        {"publication_state": "draft"},
        {"publication_state": "withdrawn"},
        {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)},
        {"unpublish_at": datetime(2021, 1, 1, tzinfo=UTC)},
    ):
        PublicationFactory(**extra)

    assert page().context["by_kind"] == []


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    for _ in range(rows):
        PublicationFactory(cover=ImageFactory(), attachment=AttachmentFactory())

    with django_assert_num_queries(2):
        client.get(URL)
