"""Texts with headings, lists, links, quotations and tables: what may stand in them, and what they say as plain text.

They are kept as HTML that is sound by itself: only the elements below, headings in the order of the page, tables with a
head, a caption and scopes. Whatever way a text comes in, it is cleaned before it is kept.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, SubElement, TreeBuilder, tostring

import nh3
from django.db import models
from django.utils.html import urlize

# Two levels of headings are enough; which, says the page.
LEVELS = 2
_MOST_STEPS = 5

_INLINE = {"a", "br", "em", "strong"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_CELLS = {"td", "th"}
_CONTAINERS = {"blockquote", "ol", "table", "tbody", "thead", "tr", "ul"}
_BLOCKS = {"caption", "li", "p", *_HEADINGS, *_CELLS, *_CONTAINERS}
_SPANS = {"colspan", "rowspan"}
_CLEANER = nh3.Cleaner(
    tags=_INLINE | _BLOCKS,
    # 「*」 stands for every element: by itself it would take along what is of use to nobody.
    attributes={
        "*": set(),
        "a": {"href"},
        "ol": {"start"},
        "table": {"data-caption"},
        "th": {"scope", *_SPANS},
        "td": _SPANS,
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_INLINE | _BLOCKS))})(?:\s[^<>]*)?/?>", re.IGNORECASE)


def sanitized(html: str) -> str:
    """Without whatever could do harm or has no place in a text."""
    return _CLEANER.clean(html)


def cleaned(text: str, first_heading: int = 2) -> str:
    """A text as it is kept: sound HTML, and empty where it says nothing.

    What has no tag in it is plain text and becomes paragraphs. Headings above or below the two levels that the page has
    room for, from ``first_heading`` on, become the nearest of them.
    """
    if not _TAG.search(text):
        return from_plain(text) if text.strip() else ""
    # What is nested as no browser would read it comes apart, step by step.
    for _ in range(_MOST_STEPS):
        before, text = text, _sound(text, first_heading)
        if text == before:
            break
    return text if plain_text(text).strip() else ""


def from_plain(text: str) -> str:
    """Plain text as paragraphs, its addresses as links; ``plain_text`` gives it back to the letter."""
    root = Element("div")
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        element = SubElement(root, "p")
        for number, line in enumerate(paragraph.split("\n")):
            if number:
                SubElement(element, "br")
            _add(element, tree_of(urlize(line, autoescape=True)))
    return html_of(root)


def plain_text(html: str) -> str:
    """What a text says where there is no HTML: in feeds, tables, calendars, descriptions and searches."""
    if not _TAG.search(html):
        return html
    return "\n\n".join(_words(block) for block in tree_of(html))


def _sound(html: str, first_heading: int) -> str:
    root = tree_of(sanitized(html))
    _without_layout(root)
    _without_lone_paragraphs(root)
    _with_levels(root, first_heading)
    for table in root.iter("table"):
        _with_heads(table)
    _in_paragraphs(root)
    return html_of(root)


class _Reader(HTMLParser):
    """Builds a tree from HTML that closes whatever it opens."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.builder.start("div", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag == "br":
            self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "br":
            self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def tree_of(html: str) -> Element:
    """The elements of a text that was sanitized, below one that stands for the whole."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.builder.end("div")
    return reader.builder.close()


def html_of(root: Element) -> str:
    """The inverse of ``tree_of``."""
    return tostring(root, encoding="unicode", method="html").removeprefix("<div>").removesuffix("</" + "div>")


def _add(element: Element, other: Element) -> None:
    """Puts the text and the elements within another one at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + (other.text or "")
    else:
        element.text = (element.text or "") + (other.text or "")
    element.extend(other)


def _without_layout(root: Element) -> None:
    """Takes out the line ends and indents between blocks that editors of HTML write."""
    for element in root.iter():
        if element is not root and element.tag not in _CONTAINERS:
            continue
        element.text = element.text if (element.text or "").strip() else None
        for child in element:
            child.tail = child.tail if (child.tail or "").strip() else None


def _without_lone_paragraphs(root: Element) -> None:
    """An item or a cell that is one paragraph is just that text."""
    for element in root.iter():
        if element.tag in {"li", *_CELLS} and len(element) == 1 and element[0].tag == "p" and not element.text:
            paragraph = element[0]
            element.remove(paragraph)
            _add(element, paragraph)


def _with_levels(root: Element, first: int) -> None:
    for element in root.iter():
        if element.tag in _HEADINGS:
            element.tag = f"h{min(max(int(element.tag[1]), first), first + LEVELS - 1)}"


def _with_heads(table: Element) -> None:
    """The rows of headings at the top stand in a head; every heading says what it is the heading of."""
    rows, caption = _rows_of(table), _caption_of(table)
    heads = _leading(rows)
    for child in list(table):
        table.remove(child)
    if caption:
        SubElement(table, "caption").text = caption
    for name, part in (("thead", heads), ("tbody", rows[len(heads) :])):
        if part:
            SubElement(table, name).extend(part)
    for number, row in enumerate(rows):
        for cell in row:
            spans = {span: size for span, size in cell.items() if span in _SPANS and size.isdecimal() and size != "1"}
            scope = {"scope": "col" if number < len(heads) else "row"} if cell.tag == "th" else {}
            cell.attrib = scope | spans


def _rows_of(table: Element) -> list[Element]:
    """The rows of a table that have cells; not those of a table within it."""
    rows = (row for part in table for row in ([part] if part.tag == "tr" else part))
    return [row for row in rows if row.tag == "tr" and len(row)]


def _caption_of(table: Element) -> str:
    element = table.find("caption")
    written = table.attrib.pop("data-caption", "")
    return (written or (_words(element) if element is not None else "")).strip()


def _leading(rows: list[Element]) -> list[Element]:
    """The rows at the top that have headings alone, unless there is nothing else."""
    heads: list[Element] = []
    for row in rows:
        if any(cell.tag == "td" for cell in row):
            return heads
        heads.append(row)
    return heads[:1]


def _in_paragraphs(root: Element) -> None:
    """Text that stands by itself becomes a paragraph, an item without a list a list."""
    whole = Element("div")
    for piece in _pieces(root):
        if isinstance(piece, str) or piece.tag not in _BLOCKS:
            if not len(whole) or whole[-1].get("loose") is None:
                SubElement(whole, "p", {"loose": ""})
            part = Element("div")
            part.text, part[:] = (piece, []) if isinstance(piece, str) else (None, [piece])
            _add(whole[-1], part)
        elif piece.tag == "li":
            SubElement(whole, "ul").append(piece)
        else:
            whole.append(piece)
    for paragraph in whole:
        paragraph.attrib.pop("loose", None)
    root.text, root[:] = None, list(whole)


def _pieces(root: Element) -> Iterator[str | Element]:
    if root.text:
        yield root.text
    for child in root:
        tail, child.tail = child.tail, None
        yield child
        if tail:
            yield tail


def _words(element: Element) -> str:
    said = element.text or ""
    for number, child in enumerate(element, start=1):
        if child.tag == "br":
            said += "\n"
        elif child.tag in _BLOCKS:
            between = "" if not said else "　" if child.tag in _CELLS else "\n"
            mark = "" if child.tag != "li" else f"{number}. " if element.tag == "ol" else "・"
            said += f"{between}{mark}{_words(child)}"
        else:
            said += _words(child)
        said += child.tail or ""
    return said


class RichTextField(models.TextField):
    """A text with headings, lists, links and tables; cleaned whenever it is saved, whichever way it came in."""

    def __init__(self, *args: Any, first_heading: int = 2, **options: Any):
        self.first_heading = first_heading
        super().__init__(*args, **options)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        text = cleaned(getattr(model_instance, self.attname) or "", self.first_heading)
        setattr(model_instance, self.attname, text)
        return text

    def deconstruct(self) -> tuple:
        """To the database it is a text."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
