"""What the mirror holds, under which names, and where its links lead."""

import pytest

from portal.mirror.addresses import NOT_HERE, Address, copy_of, mirrored, original


@pytest.mark.parametrize(
    ("target", "copy", "file"),
    [
        ("/", "/", "index.html"),
        ("/events/", "/events/", "events/index.html"),
        ("/events/?page=2", "/events/@page=2/", "events/@page=2/index.html"),
        ("/events/?page=2&utm_source=x", "/events/@page=2/", "events/@page=2/index.html"),
        ("/events/feed/", "/events/feed/index.xml", "events/feed/index.xml"),
        ("/events.ics", "/events.ics", "events.ics"),
        ("/events/3.ics", "/events/3.ics", "events/3.ics"),
        ("/open-data/ties.csv?enc=sjis", "/open-data/@enc=sjis/ties.csv", "open-data/@enc=sjis/ties.csv"),
        ("/sitemap.xml", "/sitemap.xml", "sitemap.xml"),
    ],
)
def test_an_address_has_a_copy_and_the_copy_leads_back(target, copy, file):
    address = mirrored(target)

    assert (address.in_mirror, address.file) == (copy, file)
    assert mirrored(original(copy)) == address


@pytest.mark.parametrize(
    "target",
    [
        *("/accounts/login/", "/admin/", "/members/posts/", "/contact/", "/preview/x/", "/nowhere/", "//evil.example/"),
        *("/municipalities/?q=%E6%B8%A9", "/events/?ward=131091&page=2", "/events/?page=../x", "/healthz"),
    ],
)
def test_what_the_mirror_does_not_hold(target):
    assert mirrored(target) is None


def test_links_lead_to_copies_and_forms_nowhere():
    copy = copy_of(
        '<a href="/events/?page=2#list">1</a><a href="/events/?ward=1&amp;page=2">2</a><a href="#main">3</a>'
        '<a href="https://elsewhere.example/">4</a><a href="/accounts/login/">5</a><a href="?page=3">6</a>'
        '<img src="/media/a.webp"><link href="/static/a.css"><script nonce="x" src="/static/a.js"></script>'
        '<form class="search" method="post" action="/contact/"></form>',
        Address("/events/"),
    )

    assert copy.html == (
        '<a href="/events/@page=2/#list">1</a><a href="/not-in-mirror/">2</a><a href="#main">3</a>'
        '<a href="https://elsewhere.example/">4</a><a href="/not-in-mirror/">5</a><a href="/events/@page=3/">6</a>'
        '<img src="/media/a.webp"><link href="/static/a.css"><script src="/static/a.js"></script>'
        f'<form method="get" action="{NOT_HERE}" class="search"></form>'
    )
    assert copy.pages == {Address("/events/", "page=2"), Address("/events/", "page=3")}
    assert copy.media == {"/media/a.webp"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("copy", "page"),
    [
        ("/events/@when=next_month/", "/events/?when=next_month"),
        ("/open-data/@enc=sjis/ties.csv", "/open-data/ties.csv?enc=sjis"),
        ("/news/feed/index.xml", "/news/feed/"),
        ("/not-in-mirror/", "/"),
    ],
)
def test_the_address_of_a_copy_leads_to_the_live_page(client, copy, page):
    response = client.get(copy)

    assert response.status_code == 302
    assert response.headers["Location"] == page


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/@page=2/accounts/", "/nowhere/@page=2/", "/events/@page=2/x/"])
def test_it_leads_nowhere_else(client, path):
    assert client.get(path).status_code == 404
