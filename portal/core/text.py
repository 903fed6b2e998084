"""Text as machines need it: one spelling for what is compared, and no control characters in what is written."""

import re
import unicodedata

import jaconv


def fold(text: str) -> str:
    """Text for comparison: NFKC, lower case, katakana as hiragana, no white space at the ends."""
    return jaconv.kata2hira(unicodedata.normalize("NFKC", text).casefold()).strip()


# What XML and iCalendar forbid, line ends and tabs aside.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def plain(text: str) -> str:
    """Text for machines: every kind of line end is a line feed, and no other control character is left."""
    return _FORBIDDEN.sub("", "\n".join(text.splitlines()))
