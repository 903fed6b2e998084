"""How one text becomes another."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of text: what goes ("del"), what comes ("ins"), what stays ("")."""

    kind: str
    text: str


def pieces_of(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    """Both texts in one, in order; given as lines they are compared line by line, else letter by letter."""
    pieces = []
    for step, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = "".join(before[first:last]), "".join(after[start:end])
        pieces += [Piece("", old)] if step == "equal" else [Piece("del", old), Piece("ins", new)]
    return [piece for piece in pieces if piece.text]
