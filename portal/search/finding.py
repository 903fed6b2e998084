"""What is found for a search: all that match are ranked, counted by kind, and read a page at a time."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from difflib import SequenceMatcher
from enum import IntEnum
from typing import NamedTuple

from portal.search.choices import PLACES
from portal.search.models import SearchEntry
from portal.search.queries import Query, Term, alone, any_of, read
from portal.search.querysets import SearchEntryQuerySet
from portal.search.words import skeleton

# Nobody reads further; of more, the best are shown: ranking all would cost more than they are worth.
MOST = 2_000
PER_PAGE = 20
_SUGGESTED, _TRIED_ALONE = 8, 3
# So many names are looked at for one that is meant, and so alike it must be (0 to 1).
_LOOKED_AT, _ALIKE = 400, 0.66


class Standing(IntEnum):
    """How a word stands in what a record is called; the higher, the nearer to what was meant."""

    ELSEWHERE = 0
    IN_OTHER_NAME = 1
    IN_TITLE = 2
    BEGINS_OTHER_NAME = 3
    BEGINS_TITLE = 4
    IS_NAME = 5


class Candidate(NamedTuple):
    """What is to be known of an entry to rank it: the columns are read in this order."""

    pk: int
    kind: str
    name_key: str
    day: int


class Found(NamedTuple):
    """The entries found, by key, the best first; how many there are of each kind.

    ``is_cut``: there are more than are shown. ``is_uncounted``: of all kinds together there are so many that those of
    each are not counted. ``is_named``: the first one is called what was searched.
    """

    keys: list[int]
    counts: dict[str, int]
    is_cut: bool
    is_uncounted: bool
    is_named: bool


def find(query: Query, kind: str = "", at: datetime | None = None) -> Found:
    """What the public may see at a moment in which every word is found, of one kind or of all."""
    entries = SearchEntry.objects.public(at)
    every = _candidates(entries.matching(query))
    if len(every) <= MOST:
        counts = dict(Counter(candidate.kind for candidate in every))
        chosen = [candidate for candidate in every if kind in ("", candidate.kind)]
        return _found(rank(chosen, query), query, counts)
    if kind:
        entries = entries.of_kind(kind)
        every = _candidates(entries.matching(query))
    if len(every) > MOST:
        # What is called so comes first; the rest is filled up with what the database comes to first.
        every = list(dict.fromkeys([*_candidates(entries.named(query)), *every]))
    return _found(rank(every, query), query, None)


def _found(ranked: list[Candidate], query: Query, counts: dict[str, int] | None) -> Found:
    is_named = bool(ranked) and _standing(ranked[0].name_key, query.terms) > 0
    shown = [candidate.pk for candidate in ranked[:MOST]]
    return Found(shown, counts or {}, len(ranked) > MOST, counts is None, is_named)


def _candidates(entries: SearchEntryQuerySet) -> list[Candidate]:
    """The entries as candidates, no more than one beyond the most that are shown."""
    rows = entries.first_found(MOST + 1, "pk", "kind", "name_key", "day")
    return [Candidate(pk, kind, name_key, day.toordinal() if day else 0) for pk, kind, name_key, day in rows]


def rank(candidates: Iterable[Candidate], query: Query) -> list[Candidate]:
    """The best first: by how the words stand in names, places before others of the same standing, the newest first.

    Of what only tells of the words, places come last: every municipality tells of its prefecture.
    """

    def order(candidate: Candidate) -> tuple[int, int, int, int]:
        standing = _standing(candidate.name_key, query.terms)
        place = PLACES.index(candidate.kind) - len(PLACES) if candidate.kind in PLACES else 0
        return -standing, place if standing else -place, -candidate.day, candidate.pk

    return sorted(candidates, key=order)


def _standing(name_key: str, terms: Iterable[Term]) -> int:
    names = name_key.split("\n")
    return sum(_standing_of(names, term.letters) for term in terms if term.letters in name_key)


def _standing_of(names: list[str], letters: str) -> Standing:
    title, *others = names
    if letters in names:
        return Standing.IS_NAME
    if title.startswith(letters):
        return Standing.BEGINS_TITLE
    if any(name.startswith(letters) for name in others):
        return Standing.BEGINS_OTHER_NAME
    if letters in title:
        return Standing.IN_TITLE
    return Standing.IN_OTHER_NAME if any(letters in name for name in others) else Standing.ELSEWHERE


def read_entries(keys: list[int]) -> list[SearchEntry]:
    """The entries of these keys in their order; what was removed meanwhile is left out."""
    found = SearchEntry.objects.for_list().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def suggestions(text: str, at: datetime | None = None) -> list[SearchEntry]:
    """What begins with a text or is called so in part, the likeliest first, each title once."""
    query = read(text)
    if not query.terms:
        return []
    ranked = rank(_candidates(SearchEntry.objects.public(at).named(query)), query)
    titled: dict[str, SearchEntry] = {}
    for entry in read_entries([candidate.pk for candidate in ranked[: 2 * _SUGGESTED]]):
        titled.setdefault(entry.title, entry)
    return list(titled.values())[:_SUGGESTED]


def alike(query: Query, at: datetime | None = None) -> list[SearchEntry]:
    """Places that are called or read nearly like what was searched in vain, the nearest first."""
    near = any_of(query.text)
    if not near.terms:
        return []
    places = SearchEntry.objects.public(at).of_kinds(PLACES).named(near).order_by("pk")
    letters = skeleton(query.text)
    weighed = [(_likeness(letters, entry.name_key), entry) for entry in places.for_list()[:_LOOKED_AT]]
    weighed = sorted((pair for pair in weighed if pair[0] >= _ALIKE), key=lambda pair: (-pair[0], pair[1].pk))
    return [entry for _, entry in weighed[:_SUGGESTED]]


def _likeness(letters: str, name_key: str) -> float:
    """How like a name is to letters (0 to 1): people leave out 市 and し, so no more than they wrote is compared."""
    names = (skeleton(name)[: len(letters) + 1] for name in name_key.split("\n"))
    return max(SequenceMatcher(None, letters, name, autojunk=False).ratio() for name in names)


def each_alone(query: Query, at: datetime | None = None) -> list[tuple[str, int]]:
    """Of several words, each of the first few that is found by itself, and how often; one query."""
    terms = query.terms[:_TRIED_ALONE] if len(query.terms) > 1 else ()
    counted = [SearchEntry.objects.public(at).matching(alone(term)).counted_as(n) for n, term in enumerate(terms)]
    if not counted:
        return []
    first, *others = counted
    numbers = first.union(*others, all=True).order_by("number")
    return [(terms[n].text, count) for n, count in numbers if count]
