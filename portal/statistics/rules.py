"""How official figures are compared and added up. Pure functions, no database.

A figure of None is 「–」: what it counts did not exist yet. It is not 0.
"""

from collections.abc import Iterable
from decimal import Decimal


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


def addition(parts: Iterable[int | None]) -> int:
    """What the parts add up to; 「–」 adds nothing."""
    return sum(part for part in parts if part is not None)


def surplus(parts: Iterable[int | None], total: int) -> int:
    """By how much the parts exceed their total. Where the total counts each thing once, a thing in n parts adds n-1."""
    return addition(parts) - total
