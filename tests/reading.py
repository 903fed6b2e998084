"""What a page says, read as text."""

import re
from collections.abc import Iterator

import html5lib
from django.http import HttpResponse


def texts(response: HttpResponse, css_class: str) -> list[str]:
    """The text of each element of a class, white space made single."""
    return [_text(element) for element in _elements(response) if css_class in element.get("class", "").split()]


def facts(response: HttpResponse) -> dict[str, list[str]]:
    """The definition lists of a page: each term with what is said of it."""
    rows = [element for element in _elements(response) if element.get("class") == "facts__row"]
    return {_text(row.find("dt")): [_text(said) for said in row.findall("dd")] for row in rows}


def table(response: HttpResponse, caption: str) -> list[list[str]]:
    """The rows of the table whose caption begins so, its head first."""
    found = next(t for t in _elements(response) if t.tag == "table" and _text(t.find("caption")).startswith(caption))
    return [[_text(cell) for cell in row if cell.tag in ("th", "td")] for row in found.iter("tr")]


def links(response: HttpResponse) -> dict[str, str]:
    """The addresses of the links in the main part of a page, by what they say."""
    main = next(element for element in _elements(response) if element.tag == "main")
    return {_text(link): link.get("href", "") for link in main.iter("a")}


def main_text(response: HttpResponse) -> str:
    return _text(next(element for element in _elements(response) if element.tag == "main"))


def headings(response: HttpResponse, level: int = 2) -> list[str]:
    return [_text(element) for element in _elements(response) if element.tag == f"h{level}"]


def _elements(response: HttpResponse) -> Iterator:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    yield from parser.parse(response.content.decode()).iter()


def _text(element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()
