"""The pages people get when something cannot be answered, through real requests."""

import re

import pytest
from django.template.loader import render_to_string

from portal.core import navigation
from portal.core.proxy_pages import STATUSES
from tests.conftest import StrictClient
from tests.factories.portal import NewsItemFactory


@pytest.fixture
def client(settings):
    """A client that gets the page of a failure, not the exception."""
    settings.ROOT_URLCONF = "tests.portal.urls_that_fail"
    return StrictClient(raise_request_exception=False)


def links_of(html):
    return re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', html)


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/bad/", 400, "この要求は受け付けられません"),
        ("/news/?page=%00", 400, "アドレスに使えない文字があります"),
        ("/forbidden/", 403, "このページは表示できません"),
        ("/no/such/page/", 404, "ページが見つかりません"),
        ("/broken/", 500, "ただいま、表示できません"),
        ("/no-database/", 503, "ただいま、混み合っています"),
        ("/no-room/", 507, "いまはファイルを保存できません"),
    ],
)
def test_a_failure_has_a_page_with_a_way_on(client, address, status, heading):
    # No database mark: none of these pages may need it.
    response = client.get(address)
    html = response.content.decode()

    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in html
    assert f"<title>{heading}｜特別区全国連携プロジェクト</title>" in html
    assert {("/municipalities/", "自治体をさがす"), ("/statistics/", "数字で見る")} <= set(links_of(html))
    assert "secret detail" not in html


@pytest.mark.parametrize("address", ["/bad/", "/forbidden/", "/no/such/page/"])
def test_where_there_is_a_frame_the_page_offers_a_search(client, address):
    html = client.get(address).content.decode()

    # The one of every page's head, and a large one.
    assert re.findall(r'<form class="site-search" role="search" [^>]*aria-label="([^"]+)"', html) == [
        "サイト内検索",
        "サイト内をさがす",
    ]


def test_a_host_that_is_not_ours_is_refused(client):
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "この要求は受け付けられません" in response.content.decode()


def test_a_form_without_its_token_is_refused_with_advice(settings):
    settings.ROOT_URLCONF = "tests.portal.urls_that_fail"
    response = StrictClient(enforce_csrf_checks=True).post("/bad/")

    assert response.status_code == 403
    assert "送信を確認できませんでした" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_what_was_withdrawn_says_so(client, method):
    item = NewsItemFactory(title="取り下げた知らせ", publication_state="withdrawn", withdrawal_note="内容の誤りのため")
    response = getattr(client, method)(item.get_absolute_url())

    assert response.status_code == 410
    if method == "get":
        html = response.content.decode()
        assert "「取り下げた知らせ」は公開を終了しました。" in html
        assert "内容の誤りのため" in html


def test_a_database_that_does_not_answer_asks_to_come_back(client):
    assert client.get("/no-database/")["Retry-After"] == "60"
    assert "Retry-After" not in client.get("/broken/")


@pytest.mark.parametrize("template", ["500.html", "503.html", *(f"proxy/{status}.html" for status in STATUSES)])
def test_the_pages_of_last_resort_need_nothing_and_know_the_menu(template):
    html = render_to_string(template)

    assert '<link rel="stylesheet" href="/static/css/portal.css">' in html
    assert 'action="/search/"' in html
    assert links_of(html) == [(page.url, page.label) for page in (navigation.HOME, *navigation.MENU)]
