"""While the database is silent: public pages from the mirror, nothing sent, and no page that waits for it."""

import pytest
from django.db import transaction
from django.utils import timezone

from portal.mirror.export import export
from portal.serving.watch import watch
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.portal import NewsItemFactory
from tests.html import check_response
from tests.requests import kept_connection

SINCE = timezone.now().replace(month=11, day=26, hour=3, minute=5)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINE = "控えのページを表示しています"


@pytest.fixture(scope="module")
def exported(tmp_path_factory, django_db_setup, django_db_blocker):
    """A mirror of a small site, of which nothing is left in the database."""
    folder = tmp_path_factory.mktemp("mirror")
    with django_db_blocker.unblock(), transaction.atomic(), kept_connection():
        MunicipalityFactory.create_batch(51)
        item = NewsItemFactory(title="控えにあるお知らせ")
        export(folder)
        transaction.set_rollback(True)
    return folder, item


@pytest.fixture
def mirror(exported, db, settings):
    settings.MIRROR_DIR, item = exported
    return item


@pytest.fixture
def silent(mirror, django_db_blocker):
    """From now on the database is not to be asked: whoever does fails the test."""
    watch.found_silent(SINCE)
    with django_db_blocker.block():
        yield mirror
    watch.found_answering()


def test_a_page_comes_from_the_mirror_and_says_since_when(silent, client):
    response = client.get(f"/news/{silent.pk}/")

    assert response.status_code == 200
    text = response.content.decode()
    assert "控えにあるお知らせ" in text
    assert "11月26日12時05分から、システムの不具合のため" in text
    assert LINE in text
    assert "max-age=0, s-maxage=1" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "kind", "start"),
    [
        ("/news/feed/", "application/atom+xml; charset=utf-8", b"<?xml"),
        ("/events.ics", "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR"),
        ("/open-data/ties.csv", "text/csv; charset=utf-8; header=present", b"\xef\xbb\xbf"),
        ("/open-data/ties.csv?enc=sjis", "text/csv; charset=utf-8; header=present", "区".encode("cp932")[:1]),
        ("/robots.txt", "text/plain; charset=utf-8", b"User-agent"),
        ("/sitemap.xml", "application/xml", b"<?xml"),
        ("/open-data/projects.xlsx", XLSX, b"PK"),
    ],
)
def test_files_come_from_it_as_they_are(silent, client, address, kind, start):
    response = client.get(address)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    assert LINE.encode() not in response.content
    if "sjis" not in address:
        assert response.content.startswith(start)


def test_a_further_page_of_a_list_is_that_page(silent, client):
    live = client.get("/municipalities/?page=2").content.decode()
    copy = client.get("/municipalities/@page=2/").content.decode()

    assert live == copy
    assert "2ページ" in live or "前" in live


def test_what_was_asked_of_a_list_is_said_to_be_left_out(silent, client):
    text = client.get("/municipalities/?q=%E3%81%82&page=1").content.decode()

    assert "条件での絞り込みもできない" in text


def test_empty_fields_of_a_form_ask_for_nothing(silent, client):
    assert "条件での絞り込み" not in client.get("/municipalities/?q=&prefecture=").content.decode()


@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/admin/", "/contact/", "/municipalities/999999/", "/nowhere/"]
)
def test_what_the_mirror_does_not_hold_is_explained(silent, client, address):
    response = client.get(address)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert response.headers["Cache-Control"] == "no-store"
    assert "一時的にページを表示できません" in response.content.decode()


def test_a_form_says_that_nothing_can_be_sent(silent, client):
    response = client.post("/contact/", {"body": "質問"})

    assert response.status_code == 503
    assert "いまは送信できません" in response.content.decode()
    check_response(response)


def test_who_is_signed_in_gets_the_copy_too(silent, client):
    client.cookies["sessionid"] = "x" * 32

    assert LINE in client.get("/news/").content.decode()


def test_the_page_about_what_is_missing_can_be_opened(silent, client):
    assert "このページは控えにありません" in client.get("/not-in-mirror/").content.decode()


def test_the_process_still_says_that_it_is_there(silent, client):
    assert client.get("/healthz").content == b"ok"


def test_afterwards_everything_is_live(mirror, client):
    watch.found_silent(SINCE)
    watch.found_answering()

    response = client.get("/news/")

    assert LINE not in response.content.decode()
    assert "控えにあるお知らせ" not in response.content.decode()


def test_without_a_mirror_there_is_a_page_that_explains(client, settings, tmp_path):
    settings.MIRROR_DIR = tmp_path / "nothing"
    watch.found_silent(SINCE)
    try:
        assert client.get("/").status_code == 503
    finally:
        watch.found_answering()


@pytest.mark.parametrize(
    ("address", "resource_policy"),
    [("/", "same-origin"), ("/open-data/ties.csv", "cross-origin"), ("/open-data/projects.xlsx", "cross-origin")],
)
def test_a_copy_says_what_browsers_must_not_do_with_it(silent, client, address, resource_policy):
    headers = client.get(address).headers

    assert headers["Cross-Origin-Resource-Policy"] == resource_policy
    assert headers.get("Access-Control-Allow-Origin") == ("*" if resource_policy == "cross-origin" else None)
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "nonce" not in headers["Content-Security-Policy"]
