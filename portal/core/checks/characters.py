"""Characters that read badly, sound wrong or break elsewhere, and how to write them instead. Pure functions."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from portal.core.cells import WINDOWS_31J

_ALPHANUMERIC = "Ａ-Ｚａ-ｚ０-９"
_JAPANESE = "々〆ぁ-ゖァ-ヺー一-鿿"
_AS_PRINTED = "題名などを印刷のとおりに引くときは、そのままで構いません。"

# Rows of Windows-31J (Microsoft code page 932, registered with IANA) beyond JIS X 0208, by their first byte:
# NEC特殊文字 (row 13), NEC選定IBM拡張文字 (89–92) and IBM拡張文字 (115–119).
_EXTENSION_ROWS = {0x87, 0xED, 0xEE, 0xFA, 0xFB, 0xFC}
_SPELLED_OUT = {
    **{chr(0x2460 + number): f"（{number + 1}）" for number in range(20)},
    "㎡": "平方メートル",
    "℡": "電話",
    "㍻": "平成",
    "㋿": "令和",
}


class CharacterRule(NamedTuple):
    """Where something stands, what to say about it, and how to write it; the text itself where nobody can tell."""

    code: str
    found: re.Pattern
    said: str
    written: Callable[[str], str]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_extension(character: str) -> bool:
    try:
        return character.encode(WINDOWS_31J)[0] in _EXTENSION_ROWS
    except UnicodeEncodeError:
        return character in _SPELLED_OUT


# U+3000 and above, and the signs below that Windows-31J has: everything else is in none of these rows.
_MACHINE_DEPENDENT = "".join(
    character for character in map(chr, (*range(0x2000, 0xA000), *range(0xF900, 0xFFF0))) if _is_extension(character)
)


def _spelled_out(characters: str) -> str:
    """「①」 as 「（1）」, 「㈱」 as 「（株）」, 「㌔」 as 「キロ」. Letters of names stay: only people know better."""
    return "".join(_SPELLED_OUT.get(one) or _spelled(one) for one in characters)


def _spelled(character: str) -> str:
    if unicodedata.category(character).startswith("Lo"):
        return character
    return _folded(character).replace("(", "（").replace(")", "）")


CHARACTER_RULES = (
    CharacterRule(
        "full_width",
        re.compile(rf"[{_ALPHANUMERIC}](?:[{_ALPHANUMERIC}]|[，．：／－＠＿＆＋](?=[{_ALPHANUMERIC}]))*"),
        f"全角の英数字{{}}は、半角で書きます。{_AS_PRINTED}",
        _folded,
    ),
    CharacterRule(
        "half_width_kana", re.compile("[\uff61-\uff9f]+"), "半角のカタカナや記号{}は、全角で書きます。", _folded
    ),
    CharacterRule(
        "machine_dependent",
        re.compile(f"[{re.escape(_MACHINE_DEPENDENT)}]+"),
        "環境によって表示や読み上げが変わる文字{}があります。人名や地名の正しい字なら、そのままで構いません。",
        _spelled_out,
    ),
    CharacterRule(
        "inner_space",
        re.compile(rf"(?<!\w)[{_JAPANESE}](?:[ \u3000]+[{_JAPANESE}])+(?!\w)"),
        "{}は言葉の中に空白があり、読み上げや検索で一つの言葉になりません。氏名などの区切りなら、そのままで構いません。",
        lambda word: re.sub(r"[ \u3000]+", "", word),
    ),
    CharacterRule(
        "repeated_punctuation",
        re.compile(r"([。、，！？!?])\1+"),
        "句読点や記号{}が重なっています。",
        lambda marks: marks[0],
    ),
)


def rewritten(text: str) -> str:
    """A text as the rules have it."""
    for rule in CHARACTER_RULES:
        text = rule.found.sub(lambda match, rule=rule: rule.written(match[0]), text)  # type: ignore[misc]
    return text
