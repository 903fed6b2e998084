"""What titles give away: that something is entered twice, or is about another prefecture."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from municipalities.models import Prefecture
from portal.core.text import fold

# From this share of common letters on, two titles are taken for two spellings of one.
ALIKE = 0.85
# 東京 stands in the titles of half of what the wards do.
_TOKYO = "13"
# みえ, なら, しが and other short readings are parts of other words.
_SHORTEST_READING = 3
_QUOTED = re.compile(r"「[^」]*」")
_COUNTED = re.compile(r"\d+|(?<![a-z])[a-z](?![a-z])")


def nearly_equal(title: str, other: str) -> bool:
    """Whether two titles differ in their spelling only. 第1回 and 第2回, 分科会A and 分科会B are two things."""
    one, two = (re.sub(r"[\W_]+", "", fold(text)) for text in (title, other))
    if _COUNTED.findall(fold(title)) != _COUNTED.findall(fold(other)):
        return False
    return SequenceMatcher(None, one, two).ratio() >= ALIKE


def head_and_body(title: str) -> tuple[str, str]:
    """A title without what it quotes in 「」, and what it quotes."""
    return _QUOTED.sub(" ", title), " ".join(_QUOTED.findall(title))


def contradiction(title: str, body: str, prefectures: Collection[Prefecture]) -> tuple[str, str] | None:
    """The words with which a title and what stands below it name two prefectures; None where they may both be right."""
    above, below = prefectures_named(title, prefectures), prefectures_named(body, prefectures)
    if not above or not below or {named.prefecture for named in above} & {named.prefecture for named in below}:
        return None
    return above[0].word, below[0].word


class Named(NamedTuple):
    """A prefecture that a title names, and the word with which it does."""

    prefecture: Prefecture
    word: str


def prefectures_named(title: str, prefectures: Iterable[Prefecture]) -> list[Named]:
    """The prefectures named in a title, without 東京都: by name, with or without 県, or by a reading in hiragana."""
    text = unicodedata.normalize("NFKC", title).replace("東京都", "")
    found = ((prefecture, _word_for(prefecture, text)) for prefecture in prefectures if prefecture.code != _TOKYO)
    return [Named(prefecture, word) for prefecture, word in found if word]


def _word_for(prefecture: Prefecture, text: str) -> str:
    name, reading = _words_for(prefecture.name, prefecture.name_kana)
    if name in text:
        return name
    return reading if len(reading) >= _SHORTEST_READING and reading in text else ""


@cache
def _words_for(name: str, reading: str) -> tuple[str, str]:
    """How titles name a prefecture: without 県, and in hiragana. Reckoned once: there are 47."""
    return re.sub(r"[府県]$", "", name), re.sub(r"(?:けん|ふ)$", "", reading)
