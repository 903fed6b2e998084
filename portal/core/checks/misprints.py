"""Slips of the pen that are wrong wherever they stand."""

import re
from collections.abc import Iterator

_DIGITS = r"[0-9０-９][0-9０-９,，]*"
# A unit twice behind a number. Left out are units that words begin with (3市市長会, 10月月間, 9町町長).
_DOUBLED_UNIT = re.compile(
    rf"{_DIGITS}(?:[千万億兆]*(?P<unit>[円人名件冊枚個泊])(?P=unit)|千?(?P<scale>[万億兆])(?P=scale))"
    # 1円円卓, 100人人口, 5名名簿, 3件件数 and the like: the second one begins a word.
    r"(?![口卓滑安高周材員数称簿前所気間生物類格])"
)
# 「23区一体事業」 and 「23区共同」 without their 「区」.
_WARD_MISSING = re.compile(r"(?<![0-9０-９.．])(?P<wards>[2２][3３])(?P<what>一体事業|一体|共同)")


def misprints(text: str) -> list[str]:
    """A sentence about each slip in a text, quoting it as written."""
    return [sentence for find in (_doubled_units, _missing_wards) for sentence in find(text)]


def _doubled_units(text: str) -> Iterator[str]:
    for match in _DOUBLED_UNIT.finditer(text):
        yield f"「{match[0]}」とありますが、「{match['unit'] or match['scale']}」が重なっています。"


def _missing_wards(text: str) -> Iterator[str]:
    for match in _WARD_MISSING.finditer(text):
        meant = f"{match['wards']}区{match['what']}"
        yield f"「{match[0]}」とありますが、「{meant}」の「区」が抜けたものと思われます。"
