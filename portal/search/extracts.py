"""Texts cut around what was searched, in parts: those that were searched, and those between."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.search.queries import Query
from portal.search.words import mapped

# Letters of an extract, and of it those before the first word found.
LONGEST, BEFORE = 120, 30


class Part(NamedTuple):
    """A piece of a text; ``is_hit``: it was searched."""

    text: str
    is_hit: bool


def marked(text: str, query: Query) -> list[Part]:
    """The whole text in parts."""
    return list(_parts(text, _hits(text, query), 0, len(text)))


def extract(text: str, query: Query) -> list[Part]:
    """The text around the first word found; its beginning where none is."""
    hits = _hits(text, query)
    start = max(0, hits[0][0] - BEFORE) if hits else 0
    end = min(len(text), start + LONGEST)
    parts = list(_parts(text, hits, start, end))
    before = [Part("…", False)] if start else []
    return [*before, *parts, *([Part("…", False)] if end < len(text) else [])]


def _hits(text: str, query: Query) -> list[tuple[int, int]]:
    """Where words were found, in order and without overlap."""
    patterns = "|".join(f"(?:{term.pattern})" for term in query.terms if term.pattern)
    if not patterns:
        return []
    found = mapped(text)
    return [(found.places[match.start()], found.places[match.end()]) for match in re.finditer(patterns, found.letters)]


def _parts(text: str, hits: list[tuple[int, int]], start: int, end: int) -> Iterator[Part]:
    position = start
    for first, last in hits:
        first, last = max(first, position), min(last, end)
        if first >= last:
            continue
        if position < first:
            yield Part(text[position:first], False)
        yield Part(text[first:last], True)
        position = last
    if position < end:
        yield Part(text[position:end], False)
