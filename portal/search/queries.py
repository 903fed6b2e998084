"""What people type, read as a search: words that must all be there, each perhaps written in several ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from portal.core.wareki import ERAS, Era, parse_date, parse_fiscal_year
from portal.search.words import (
    calendar_year_token,
    enlarged,
    fiscal_year_token,
    normal,
    runs,
    ways_to_write,
)

_ERA = "令和|平成|昭和|大正|明治|[RHSTM]"
# In quotation marks of any kind, or up to the next space.
_PART = re.compile(r'["“”]([^"“”]+)["“”]|「([^「」]+)」|『([^『』]+)』|(\S+)')
_YEAR = re.compile(rf"((?:{_ERA})(?:元|\d{{1,2}})|\d{{4}})(年度|年)?", re.IGNORECASE)
_MONTH = re.compile(rf"((?:{_ERA})(?:元|\d{{1,2}})|\d{{4}})年(\d{{1,2}})月", re.IGNORECASE)
# Letters that are said of much else than eras.
_DOUBTFUL = re.compile(r"[STM]\d+|\d{4}", re.IGNORECASE)


@dataclass(frozen=True)
class Phrase:
    """Pairs of letters that follow one another; ``is_open``: the last one is the beginning of a pair."""

    tokens: tuple[str, ...]
    is_open: bool = False

    @classmethod
    def of(cls, text: str) -> Self:
        """Of the letters of a text; signs between them do not count."""
        *before, last = runs(text)
        pairs = [run[position : position + 2] for run in before for position in range(len(run))]
        if len(last) == 1:
            return cls((*pairs, last), is_open=True)
        return cls((*pairs, *(last[position : position + 2] for position in range(len(last) - 1))))


@dataclass(frozen=True)
class Term:
    """A word as it was typed: the phrases of which one must be there, how it is marked in texts, its letters alone."""

    text: str
    phrases: tuple[Phrase, ...]
    pattern: str
    letters: str


@dataclass(frozen=True)
class Query:
    """All words must be there. ``text`` is what was typed, in one spelling."""

    text: str
    terms: tuple[Term, ...]

    def for_postgresql(self) -> str:
        """As PostgreSQL's tsquery."""
        return " & ".join(f"({' | '.join(_tsquery(phrase) for phrase in term.phrases)})" for term in self.terms)

    def for_sqlite(self) -> str:
        """As SQLite's FTS5 has it."""
        return " AND ".join(f"({' OR '.join(_fts5(phrase) for phrase in term.phrases)})" for term in self.terms)


def read(text: str) -> Query:
    """What somebody typed as a search; without terms where there is neither letter nor figure in it."""
    plain = normal(text)
    return Query(plain, tuple(dict.fromkeys(_terms(plain))))


def alone(term: Term) -> Query:
    return Query(term.text, (term,))


def any_of(text: str) -> Query:
    """A search for what is written nearly as a text: any two of its letters in a row, or its first one."""
    written = [*runs(text), *runs(enlarged(text))]
    pairs = {Phrase((run[n : n + 2],)) for run in written for n in range(len(run) - 1)}
    first = {Phrase((run[0],), is_open=True) for run in written[:1]}
    phrases = tuple(sorted(pairs | first, key=lambda phrase: phrase.tokens))
    return Query(text, (Term(text, phrases, "", ""),) if phrases else ())


def _tsquery(phrase: Phrase) -> str:
    """Tokens are letters and figures only: nothing has to be escaped but the mark of a beginning."""
    pairs = " <-> ".join(f"'{token}'" for token in phrase.tokens)
    return f"({pairs}{':*' if phrase.is_open else ''})"


def _fts5(phrase: Phrase) -> str:
    return '"' + " ".join(phrase.tokens) + '"' + (" *" if phrase.is_open else "")


def _terms(plain: str) -> Iterator[Term]:
    for match in _PART.finditer(plain):
        quoted, word = match[1] or match[2] or match[3], match[4]
        if quoted:
            yield from [_plain_term(quoted)] if runs(quoted) else []
        else:
            dated = _day(word) or _month(word) or _year(word)
            yield from [dated] if dated else map(_plain_term, runs(word))


def _plain_term(text: str) -> Term:
    found = runs(text)
    return Term(text, (Phrase.of(text),), r"[\W_]*".join(map(re.escape, found)), "".join(found))


def _day(word: str) -> Term | None:
    try:
        day = parse_date(word)
    except ValueError:
        return None
    return _written(word, *ways_to_write(day))


def _month(word: str) -> Term | None:
    match = _MONTH.fullmatch(word)
    year = _western(match[1]) if match else None
    if match is None or year is None:
        return None
    month = int(match[2])
    return _written(word, *(f"{written}年{month}月" for written in _eras_of(year)), f"{year}年{month}月")


def _written(word: str, *ways: str) -> Term:
    """Found as any of these texts."""
    terms = [_plain_term(way) for way in dict.fromkeys(ways)]
    phrases = tuple(phrase for term in terms for phrase in term.phrases)
    return Term(word, phrases, "|".join(term.pattern for term in terms), "".join(runs(word)))


def _year(word: str) -> Term | None:
    """A year of an era or of ours: a fiscal year unless 年 says otherwise. H30, 平成30年度 and 2018年度 are one."""
    match = _YEAR.fullmatch(word)
    year = _western(match[1]) if match else None
    if match is None or year is None:
        return None
    tokens = [fiscal_year_token(year)] if match[2] != "年" else []
    if match[2] == "年" or (match[1].isdigit() and not match[2]):
        tokens.append(calendar_year_token(year))
    phrases = [Phrase((token,)) for token in tokens]
    if not match[2] and _DOUBTFUL.fullmatch(match[1]):
        phrases.append(Phrase.of(word))
    return Term(word, tuple(phrases), _pattern_of_year(year), "".join(runs(word)))


def _western(written: str) -> int | None:
    try:
        return parse_fiscal_year(written)
    except ValueError:
        return None


def _number(era: Era, year: int) -> int | None:
    """Which year of an era lies, in part, in a year of ours."""
    number = year - era.began.year + 1
    following = next((later for later in reversed(ERAS) if later.began > era.began), None)
    return number if number >= 1 and (following is None or year <= following.began.year) else None


def _eras_of(year: int) -> list[str]:
    """「平成31」, 「令和1」, 「令和元」: how a year of ours is written in eras."""
    numbered = [(era.name, number) for era in ERAS if (number := _number(era, year))]
    return [f"{name}{number}" for name, number in numbered] + [f"{name}元" for name, number in numbered if number == 1]


def _pattern_of_year(year: int) -> str:
    """What is marked in texts: the year in any way it is written there."""
    written = [f"{name}年度?" for name in [*_eras_of(year), str(year)]]
    letters = [(era.letter.casefold(), _number(era, year)) for era in ERAS if era.letter in "RH"]
    return "|".join(written + [f"(?<![0-9a-z]){letter}{number}(?![0-9])" for letter, number in letters if number])
