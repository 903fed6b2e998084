"""The tile map of Japan: one square for each prefecture, tinted by its linked municipalities. Pure, no database."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple

# The least number of linked municipalities of each tint. They are fixed, so that a tint means the same every day and
# two maps can be compared: none, some, and from there by what a prefecture's association of towns (about 10 to 30
# municipalities), both its associations (30 to 50) or more than that bring in.
LEAST = (0, 1, 10, 30, 50)


class Tile(NamedTuple):
    """A square: its prefecture, which carries its place, the number printed in it, and its tint (0 to 4)."""

    prefecture: Any
    name: str
    suffix: str
    linked: int
    step: int


class Step(NamedTuple):
    """A tint of the legend and, in words, the numbers it stands for."""

    number: int
    words: str


def step_of(count: int) -> int:
    """The tint of a number of municipalities, 0 (none) to 4. Raises ValueError below 0."""
    if count < 0:
        raise ValueError("自治体の数は0以上です。")
    return bisect_right(LEAST, count) - 1


def legend() -> list[Step]:
    """Every tint with its numbers in words: 「0」, 「1～9」, …, 「50以上」."""
    most = [least - 1 for least in LEAST[1:]]
    words = [str(low) if low == high else f"{low}～{high}" for low, high in zip(LEAST, most, strict=False)]
    return [Step(number, text) for number, text in enumerate([*words, f"{LEAST[-1]}以上"])]


def short_name(name: str) -> tuple[str, str]:
    """A prefecture's name in two: 「青森」 and 「県」. 北海道 has no shorter name."""
    return (name[:-1], name[-1]) if name[-1:] in ("都", "府", "県") else (name, "")


def tiles(prefectures: Iterable[Any]) -> list[Tile]:
    """The squares of prefectures that carry their ``linked_count``, in the order given."""
    return [Tile(row, *short_name(row.name), row.linked_count, step_of(row.linked_count)) for row in prefectures]
