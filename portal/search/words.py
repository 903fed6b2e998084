"""Words as they are searched: one spelling for what people write in several ways, cut into pairs of letters."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from portal.core.text import fold
from portal.core.wareki import era_date, fiscal_year_of, parse_fiscal_year

# Small letters and, behind a kanji, が: 茅ヶ崎 is 茅ケ崎, 霞ヶ関 is 霞が関.
_SMALL = str.maketrans("ゖヶゕヵ", "けけかか")
_GA = re.compile("(?<=[々㐀-䶿一-鿿])が")
_ENLARGED = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
_VOICED = re.compile("[\u3099\u309a]")
_RUN = re.compile(r"[^\W_]+")
# A letter with the sign of voicing behind it, which NFKC makes one.
_CLUSTER = re.compile("(?s).[\u3099\u309aﾞﾟ]?")
# Private letters, which nobody types, mark years: nothing in a text is ever taken for one.
_FISCAL, _CALENDAR = "\ue000", "\ue001"
_ERA_YEAR = re.compile(r"(令和|平成|昭和|大正|明治)(元|\d{1,2})年(度)?(?:(\d{1,2})月)?")
_WESTERN_YEAR = re.compile(r"(?<!\d)(\d{4})年(度)?(?:(\d{1,2})月)?")
# The letters of the eras of which papers are still in use; S and others mean too much else.
_LETTER_YEAR = re.compile(r"(?<![0-9a-z])([rh])(\d{1,2})(?![0-9a-z])(?:年(度)?)?")


def spelled(text: str) -> str:
    """Text in the one spelling that is searched: as ``fold``, and ケ, ヶ and が of place names alike."""
    return _GA.sub("け", fold(text).translate(_SMALL))


class Mapped(NamedTuple):
    """A text in the spelling that is searched; ``places[n]`` is where in the original its letter n stands."""

    letters: str
    places: Sequence[int]


def mapped(text: str) -> Mapped:
    """As ``spelled``, and where each letter comes from; the last place is the end of the text."""
    whole = spelled(text)
    if len(whole) == len(text):
        return Mapped(whole, range(len(text) + 1))
    letters: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        written = fold(cluster[0]) or " " * len(cluster[0])
        letters.append(written)
        places += [cluster.start()] * len(written)
    return Mapped(_GA.sub("け", "".join(letters).translate(_SMALL)), [*places, len(text)])


def runs(text: str) -> list[str]:
    """What stands between spaces and signs, in the spelling that is searched."""
    return _RUN.findall(spelled(text))


def tokens(text: str) -> Iterator[str]:
    """Every letter of a text with the one behind it; the last of a run stands alone."""
    for run in runs(text):
        for position in range(len(run)):
            yield run[position : position + 2]


def enlarged(text: str) -> str:
    """A text in one spelling, with large kana for small ones."""
    return spelled(text).translate(_ENLARGED)


def skeleton(text: str) -> str:
    """What of a text is the same however its kana are mistaken: small for large, か for が."""
    return _VOICED.sub("", unicodedata.normalize("NFD", enlarged(text)))


def fiscal_year_token(year: int) -> str:
    return f"{_FISCAL}{year}"


def calendar_year_token(year: int) -> str:
    return f"{_CALENDAR}{year}"


def years_in(text: str) -> set[str]:
    """The tokens of the years that a text names: 平成30年度, 平成30年7月, H30, 2018年."""
    plain = spelled(text)
    named = [(f"{era}{year}", is_fiscal, month) for era, year, is_fiscal, month in _ERA_YEAR.findall(plain)]
    named += _WESTERN_YEAR.findall(plain)
    named += [(f"{letter}{year}", is_fiscal, "") for letter, year, is_fiscal in _LETTER_YEAR.findall(plain)]
    found = set()
    for year, is_fiscal, month in named:
        found |= _tokens_of_year(year, bool(is_fiscal), month)
    return found


def _tokens_of_year(written: str, is_fiscal: bool, month: str) -> set[str]:
    try:
        year = parse_fiscal_year(written)
    except ValueError:
        return set()
    if is_fiscal:
        return {fiscal_year_token(year)}
    if month and 1 <= int(month) <= 12 and 1 <= year <= 9999:
        return {calendar_year_token(year), fiscal_year_token(fiscal_year_of(date(year, int(month), 1)))}
    return {calendar_year_token(year), fiscal_year_token(year)}


def ways_to_write(day: date) -> tuple[str, str]:
    """A day as people write it: 平成29年9月9日, 2017年9月9日."""
    return era_date(day), f"{day.year}年{day.month}月{day.day}日"


def tokens_of_days(days: Iterable[date]) -> Iterator[str]:
    """What finds a record by its days: the days in words, their years and fiscal years."""
    for day in days:
        for written in ways_to_write(day):
            yield from tokens(written)
        yield calendar_year_token(day.year)
        yield fiscal_year_token(fiscal_year_of(day))


def normal(text: str) -> str:
    """A text of one line with single spaces, full-width and half-width letters alike."""
    return " ".join(unicodedata.normalize("NFKC", text).split())
