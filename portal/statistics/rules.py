"""How official figures are compared and added up. Pure functions, no database.

A figure of None is 「–」: what it counts did not exist yet. It is not 0.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple


def growth(before: int | None, after: int | None) -> int | None:
    """What a figure grew by; None where there is no figure to have grown.

    From 「–」 it is the whole figure: the source prints +372 beside 「- → 372」 (「連携自治体数の推移」).
    """
    return None if after is None else after - (before or 0)


def multiple(before: int | None, after: int | None) -> Decimal | None:
    """How many times the earlier figure the later one is, cut off (not rounded) after one decimal; None without both.

    The source prints 約1.5倍 for 660 → 1,035 (1.568…) and 約1.3倍 for 553 → 747 (1.350…).
    """
    if not before or after is None:
        return None
    return Decimal(after * 10 // before).scaleb(-1)


def coverage(partners: int, municipalities: int) -> Decimal | None:
    """How many per cent of municipalities are partners, cut off (not rounded) after one decimal; None without any.

    A definition of this site, not of the source: 連携自治体 ÷ 自治体 × 100, over the municipalities of today's table.
    Cut off, so that 100 is said only of a place where each one is a partner.
    """
    return Decimal(partners * 1000 // municipalities).scaleb(-1) if municipalities else None


def addition(parts: Iterable[int | None]) -> int:
    """What the parts add up to; 「–」 adds nothing."""
    return sum(part for part in parts if part is not None)


def surplus(parts: Iterable[int | None], total: int) -> int:
    """By how much the parts exceed their total. Where the total counts each thing once, a thing in n parts adds n-1."""
    return addition(parts) - total


class Change(NamedTuple):
    """The number of municipalities from a day on, and by how much it changed on it."""

    day: date
    total: int
    by: int


def changes(periods: Iterable[tuple[str, date, date | None]]) -> list[Change]:
    """How the number of municipalities changed from day to day, each counted once on any day.

    ``periods`` are municipality, first day, and first day after the end (None: still running). A municipality in
    several agreements is in several periods.
    """
    steps: dict[date, Counter[str]] = defaultdict(Counter)
    for municipality, starts, ends in periods:
        steps[starts][municipality] += 1
        if ends is not None:
            steps[ends][municipality] -= 1
    found, holding, total = [], Counter[str](), 0
    for day in sorted(steps):
        holding.update(steps[day])
        now = sum(count > 0 for count in holding.values())
        if now != total:
            found.append(Change(day, now, now - total))
        total = now
    return found


def total_on(found: Sequence[Change], day: date) -> int:
    """The number that the changes, in their order, had led to by the end of a day."""
    return next((change.total for change in reversed(found) if change.day <= day), 0)
