"""One spelling for text that is compared: what people type and what is stored meet here."""

import unicodedata

import jaconv


def fold(text: str) -> str:
    """Text for comparison: NFKC, lower case, katakana as hiragana, no white space at the ends."""
    return jaconv.kata2hira(unicodedata.normalize("NFKC", text).casefold()).strip()
