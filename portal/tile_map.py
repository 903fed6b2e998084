"""The tile map of Japan: one square for each prefecture, tinted by its linked municipalities. Pure, no database."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

# Of what is counted or measured.
Number = int | Decimal

# The least number of linked municipalities of each tint. They are fixed, so that a tint means the same every day and
# two maps can be compared: none, some, and from there by what a prefecture's association of towns (about 10 to 30
# municipalities), both its associations (30 to 50) or more than that bring in.
LEAST = (0, 1, 10, 30, 50)


class Tile(NamedTuple):
    """A square: its prefecture, which carries its place, the number printed in it, its tint (0 to 4), where it leads.

    Without an address of its own it leads to the page of the prefecture.
    """

    prefecture: Any
    name: str
    suffix: str
    number: Number
    step: int
    url: str = ""


class Step(NamedTuple):
    """A tint of the legend and, in words, the numbers it stands for."""

    number: int
    words: str


def step_of(count: Number, least: Sequence[Number] = LEAST) -> int:
    """The tint of a number, 0 (none) to 4, by the least number of each tint. Raises ValueError below 0."""
    if count < 0:
        raise ValueError("自治体の数は0以上です。")
    return bisect_right(least, count) - 1


def legend(least: Sequence[Number] = LEAST, apart: Number = 1) -> list[Step]:
    """Every tint with its numbers in words: 「0」, 「1～9」, …, 「50以上」. ``apart``: by how much numbers differ."""
    most = [number - apart for number in least[1:]]
    words = [str(low) if low == high else f"{low}～{high}" for low, high in zip(least, most, strict=False)]
    return [Step(number, text) for number, text in enumerate([*words, f"{least[-1]}以上"])]


def short_name(name: str) -> tuple[str, str]:
    """A prefecture's name in two: 「青森」 and 「県」. 北海道 has no shorter name."""
    return (name[:-1], name[-1]) if name[-1:] in ("都", "府", "県") else (name, "")


def tiles(prefectures: Iterable[Any]) -> list[Tile]:
    """The squares of prefectures that carry their ``linked_count``, in the order given."""
    return [Tile(row, *short_name(row.name), row.linked_count, step_of(row.linked_count)) for row in prefectures]
