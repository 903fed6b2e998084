"""Text in the cells of files for spreadsheets: safe to open, and in Windows-31J. Pure functions."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

# What stands for a character that Windows-31J does not have: GETA MARK, as printers use it.
REPLACEMENT = "〓"
WINDOWS_31J = "cp932"

# A spreadsheet takes these for a formula. Numbers and telephone numbers begin like one, but do no harm.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?|\+[0-9][0-9() -]*[0-9]")
_DEFUSED = re.compile(r"''*[=+\-@\t\r]")

# The same signs under their names in Windows-31J; variation selectors only choose between shapes of one character.
_SAME_SIGNS = str.maketrans(
    {
        "〜": "～",
        "−": "－",
        "‖": "∥",
        "—": "―",
        "–": "―",
        "‑": "‐",
        "¢": "￠",
        "£": "￡",
        "¬": "￢",
        "¥": "￥",
        "‾": "￣",
        "\N{NO-BREAK SPACE}": " ",
        **{chr(code): "" for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))},
    }
)
_COMBINED_KANA = re.compile(r".[\u3099\u309a]")


def defused(text: str) -> str:
    """Text that a spreadsheet does not run: an apostrophe stands before what would be a formula.

    Text that already looks defused gets another, so that ``undefused`` always gives the text back.
    """
    return f"'{text}" if _FORMULA.match(text) and not _HARMLESS.fullmatch(text) else text


def undefused(text: str) -> str:
    """The inverse of ``defused``."""
    return text[1:] if _DEFUSED.match(text) else text


def in_windows_31j(text: str) -> str:
    """Text that Windows-31J can hold: the same signs under its names, 〓 for what it does not have."""
    composed = _COMBINED_KANA.sub(lambda match: unicodedata.normalize("NFC", match[0]), text.translate(_SAME_SIGNS))
    try:
        composed.encode(WINDOWS_31J)
    except UnicodeEncodeError:
        return "".join(character if _is_held(character) else REPLACEMENT for character in composed)
    return composed


def _is_held(character: str) -> bool:
    try:
        return bool(character.encode(WINDOWS_31J))
    except UnicodeEncodeError:
        return False


def as_text(value: object) -> str:
    """A value as it stands in a cell: days as YYYY-MM-DD, times as HH:MM, degrees without needless zeros."""
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)
