"""Amounts of money, in whole yen."""

import re
import unicodedata
from decimal import Decimal

NOT_READ = "金額として読めません。例：37億4,025万円、374,025万円、3740250000"

_SMALL = {"": 1, "百": 100, "千": 1_000}
_GREAT = {"": 1, "万": 10**4, "億": 10**8, "兆": 10**12}
_LONGEST = 26
_WHITE_SPACE = re.compile(r"\s+")
_NEGATIVE = re.compile(r"[¥金]?[-−△▲]")
# 千 and 百 are written behind digits too (1千万円, 5百万円); every other numeral is written in digits.
_NUMERALS = re.compile(r"[〇一二三四五六七八九十壱弐参拾]|(?<![\d千百])[千百]")
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
# Between two figures there is always a unit: else there would be many ways to read one row of digits.
_PARTS = rf"(?=\d)(?:{_FIGURE}[千百])*(?:{_FIGURE})?"
_AMOUNT = re.compile(rf"[¥金]?(?P<figures>(?=\d)(?:{_PARTS}[万億兆])*(?:{_PARTS})?)(?P<yen>円)?也?")
_GROUP = re.compile(rf"(?P<parts>{_PARTS})(?P<great>[万億兆]?)")
_PART = re.compile(rf"(?P<number>{_FIGURE})(?P<small>[千百]?)")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def yen_parts(amount: int) -> list[tuple[str, str]]:
    """Figures with their units: 3740250000 → 37 億 and 4,025 万円, 500 → 500 円. Raises ValueError below 0."""
    if amount < 0:
        raise ValueError("金額は0以上です。")
    hundred_millions, rest = divmod(amount, 100_000_000)
    ten_thousands, yen = divmod(rest, 10_000)
    figures = ((hundred_millions, "億"), (ten_thousands, "万"), (yen, ""))
    *greater, (least, unit) = [(f"{figure:,}", unit) for figure, unit in figures if figure] or [("0", "")]
    return [*greater, (least, f"{unit}円")]


def format_yen(amount: int) -> str:
    """Whole yen as officials print them: 3740250000 → 「37億4,025万円」, 500 → 「500円」. Raises ValueError below 0."""
    return "".join(figure + unit for figure, unit in yen_parts(amount))


def both_ways(amount: int) -> str:
    """In units and in full: 「37億4,025万円（3,740,250,000円）」; below ten thousand yen the two are one."""
    in_units, in_full = format_yen(amount), f"{amount:,}円"
    return in_units if in_units == in_full else f"{in_units}（{in_full}）"


def parse_yen(text: str) -> int:
    """An amount as officials write it: 37億4,025万円, ３７４，０２５万円, 1千万円, 5百万円, 1.5億円, ¥3,740,250,000.

    Full-width characters and spaces are accepted. Raises ValueError, saying why in Japanese, for an amount below 0 or
    with a fraction of a yen, for numerals other than 0–9 (三億円), and for what may be read in two ways (3億5000).
    """
    plain = _WHITE_SPACE.sub("", unicodedata.normalize("NFKC", text)).replace("￥", "¥")
    if _NEGATIVE.match(plain):
        raise ValueError("金額は0以上です。")
    if _NUMERALS.search(plain):
        raise ValueError("金額の数字は、漢数字ではなく算用数字で書いてください。例：37億4,025万円、1千万円")
    found = _AMOUNT.fullmatch(plain) if len(plain) <= _LONGEST else None
    if not found:
        raise ValueError(NOT_READ)
    amount = _sum_of(found["figures"], is_in_yen=bool(found["yen"]))
    if amount != int(amount):
        raise ValueError("1円に満たない端数は入れられません。")
    return int(amount)


def _sum_of(figures: str, *, is_in_yen: bool) -> Decimal:
    groups = [(match["parts"], _GREAT[match["great"]]) for match in _GROUP.finditer(figures)]
    parts = [_parts_of(group) for group, _ in groups]
    if sum(map(len, parts)) > 1:
        if "." in figures:
            raise ValueError(NOT_READ)
        if not is_in_yen and figures[-1].isdecimal():
            raise ValueError("最後の数の単位が分かりません。「万円」か「円」まで書いてください。例：3億5,000万円")
    return _descending_sum([(_descending_sum(group), unit) for group, (_, unit) in zip(parts, groups, strict=True)])


def _parts_of(group: str) -> list[tuple[Decimal, int]]:
    return [(_number(match["number"]), _SMALL[match["small"]]) for match in _PART.finditer(group)]


def _descending_sum(counted: list[tuple[Decimal, int]]) -> Decimal:
    """The sum of so many of each unit, each less than one of the unit before it. Raises ValueError otherwise."""
    total, room = Decimal(0), Decimal("Infinity")
    for number, unit in counted:
        if number * unit >= room:
            raise ValueError(NOT_READ)
        total, room = total + number * unit, Decimal(unit)
    return total


def _number(digits: str) -> Decimal:
    """Digits, with commas at every third place or none."""
    if "," in digits and not _GROUPED.fullmatch(digits):
        raise ValueError("3桁ごとではないところに「,」があります。")
    return Decimal(digits.replace(",", ""))
