"""Places as staff paste them out of a mail or a table: names, readings, codes, whole prefectures."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from municipalities.models import Municipality, Prefecture
from municipalities.rules import check_digit, is_municipality_code
from portal.core.text import fold

# What stands between two places.
_BETWEEN = re.compile(r"[\s,、，・;；/／]+")


class PlacesNamed(NamedTuple):
    """The municipalities that a text names, in the order of their codes; what names none, and what names several."""

    found: list[Municipality]
    unknown: list[str]
    ambiguous: dict[str, list[Municipality]]


def places_named(text: str) -> PlacesNamed:
    """Reads 石巻市, 宮城県石巻市, いしのまきし, 042021, 04202, 宮城県 or 04, in any mixture, in two queries.

    A name that several municipalities have counts for none of them until its prefecture stands before it. What no
    longer exists is not found.
    """
    words = list(dict.fromkeys(filter(None, _BETWEEN.split(unicodedata.normalize("NFKC", text)))))
    prefectures = {prefecture.pk: prefecture for prefecture in Prefecture.objects.all()}
    towns = list(Municipality.objects.existing().for_list())
    index = _index(towns)
    named = {word: index.get(_key(word), []) for word in words}
    whole = {_key(name): code for code, prefecture in prefectures.items() for name in _names_of(prefecture)}
    found: dict[str, Municipality] = {}
    ambiguous = {}
    for word, towns_named in named.items():
        if _key(word) in whole:
            found |= {town.pk: town for town in towns if town.prefecture_id == whole[_key(word)]}
        elif len(towns_named) == 1:
            found[towns_named[0].pk] = towns_named[0]
        elif towns_named:
            ambiguous[word] = towns_named
    unknown = [word for word, towns_named in named.items() if not towns_named and _key(word) not in whole]
    return PlacesNamed([found[code] for code in sorted(found)], unknown, ambiguous)


def _names_of(prefecture: Prefecture) -> Iterable[str]:
    return prefecture.code, prefecture.name, prefecture.name_kana


def _index(towns: Iterable[Municipality]) -> dict[str, list[Municipality]]:
    """The municipalities by all that they are called."""
    found: dict[str, list[Municipality]] = defaultdict(list)
    for town in towns:
        for name in {town.code, town.name, town.name_kana, f"{town.prefecture.name}{town.name}"}:
            found[_key(name)].append(town)
    return found


def _key(word: str) -> str:
    """One spelling for what is the same: kana, ケ and ヶ, a code with or without its check digit."""
    if re.fullmatch("[0-9]{5}", word):
        return word + check_digit(word)
    return word if is_municipality_code(word) else fold(word.replace("ヶ", "ケ"))
