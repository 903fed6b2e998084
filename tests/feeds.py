"""Feeds as a reader of feeds understands them, after the rules of RFC 4287 were held against them."""

from typing import Any
from xml.etree import ElementTree

import feedparser
from django.http import HttpResponse

ATOM = "{http://www.w3.org/2005/Atom}"
OF_FEED, OF_ENTRY = ("id", "title", "updated", "author"), ("id", "title", "updated", "published", "summary", "category")


def read(response: HttpResponse) -> Any:
    """The feed as feedparser reads it, with everything that Atom requires in its place exactly once."""
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    assert root.tag == f"{ATOM}feed"
    assert [name for name in OF_FEED if len(root.findall(f"{ATOM}{name}")) != 1] == []
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    for entry in root.iter(f"{ATOM}entry"):
        assert [name for name in OF_ENTRY if len(entry.findall(f"{ATOM}{name}")) != 1] == []
        assert entry.find(f"{ATOM}link").get("rel") == "alternate"
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert sorted(ids) == sorted(set(ids))
    found = feedparser.parse(response.content)
    assert found.bozo is False, found.bozo_exception
    assert found.version == "atom10"
    return found


def titles(response: HttpResponse) -> list[str]:
    return [entry.title for entry in read(response).entries]
