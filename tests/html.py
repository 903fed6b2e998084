"""What every HTML page must be: well formed, in Japanese, with one heading of the first level, ids once, labels.

What it says to machines must keep to the vocabulary of schema.org.
"""

from itertools import pairwise

import html5lib
from django.http import HttpResponseBase

from tests.vocabulary import faults_of as faults_of_thing
from tests.vocabulary import things_of_document

UNLABELLED_TYPES = {"hidden", "submit", "button", "reset", "image"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def faults_of(html: str) -> list[str]:
    """What is wrong with a page; nothing for a good one."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html)
    syntax = [f"{code} at {position}" for position, code, _ in parser.errors]
    return [
        *syntax,
        *_language(document),
        *_headings(document),
        *_ids(document),
        *_labels(document),
        *_tables(document),
        *(fault for thing in things_of_document(document) for fault in faults_of_thing(thing)),
    ]


def check_response(response: HttpResponseBase) -> None:
    """Raises AssertionError, naming every fault, for a bad HTML response."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    if not is_page or not response.content:
        return
    faults = faults_of(response.content.decode())
    assert faults == [], f"{response.request['PATH_INFO']}: {faults}"


def _language(document) -> list[str]:
    return [] if document.get("lang") == "ja" else ["lang is not ja"]


def _headings(document) -> list[str]:
    levels = [int(element.tag[1]) for element in document.iter() if element.tag in HEADINGS]
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1"]
    skipped = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    return faults + [f"heading jumps from h{a} to h{b}" for a, b in skipped]


def _ids(document) -> list[str]:
    ids = [element.get("id") for element in document.iter() if element.get("id") is not None]
    known = set(ids)
    twice = [f"id {name!r} twice" for name in known if ids.count(name) > 1]
    dangling = [
        f"{attribute} points to nothing: {name}"
        for element in document.iter()
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for")
        for name in (element.get(attribute) or "").split()
        if name not in known
    ]
    empty = ["empty id"] if "" in known else []
    return twice + dangling + empty


def _labels(document) -> list[str]:
    labelled = {label.get("for") for label in document.iter("label")}
    wrapped = {id(element) for label in document.iter("label") for element in label.iter()}
    return [
        f"no label: {element.tag} {element.get('name')}"
        for tag in ("input", "select", "textarea")
        for element in document.iter(tag)
        if element.get("type") not in UNLABELLED_TYPES
        and element.get("id") not in labelled
        and id(element) not in wrapped
        and not element.get("aria-label")
        and not element.get("aria-labelledby")
    ]


def _tables(document) -> list[str]:
    faults = ["image without alt" for image in document.iter("img") if image.get("alt") is None]
    for table in document.iter("table"):
        if table.find("caption") is None:
            faults.append("table without caption")
        faults += ["th without scope" for cell in table.iter("th") if cell.get("scope") is None]
    return faults
