"""What the first page is made of: blocks, each with a number and a few rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

MOST_ROWS = 5


class Row(NamedTuple):
    """One line: what it is about, what there is to say of it, and where it leads (nowhere: empty)."""

    text: str
    detail: str = ""
    url: str = ""
    words: str = ""


@dataclass(frozen=True)
class Block:
    """A box of the first page. ``empty`` says in words that there is nothing; ``url`` leads to the full list."""

    slug: str
    title: str
    total: int
    rows: Sequence[Row]
    empty: str
    url: str = ""
    note: str = ""
    # Numbers within the number: a label, how many, and their list.
    parts: Sequence[tuple[str, int, str]] = field(default=())
