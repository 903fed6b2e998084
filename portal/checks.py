"""What is doubtful about printed figures and plans. Pure functions: what is around is handed in."""

from collections.abc import Collection, Iterator, Sequence

from portal.choices import FigureTable
from portal.core.checks import Doubt, doubts_in
from portal.models import PlanItem, PublishedFigure

# In these tables nothing is counted twice. The partners are a union: who is in two rows counts once in the total.
_SUMMED = (FigureTable.PROJECTS, FigureTable.AGREEMENTS)


def check_total(total: PublishedFigure, parts: Sequence[PublishedFigure]) -> Iterator[Doubt]:
    """Whether a printed total agrees with the other rows of its column; 「–」 adds nothing."""
    values = [part.value for part in parts if part.value is not None]
    if not total.is_total or total.value is None or not values:
        return
    if total.table in _SUMMED and total.value != sum(values):
        message = f"合計は{total.value:,}ですが、内訳を足すと{sum(values):,}です。"
        yield Doubt("sum", "value", message)
    elif total.table not in _SUMMED and not max(values) <= total.value <= sum(values):
        message = f"合計は{total.value:,}ですが、内訳の和集合は{max(values):,}から{sum(values):,}までの数です。"
        yield Doubt("sum", "value", message)


def check_plan_item(item: PlanItem, first_under_headings: Collection[int]) -> Iterator[Doubt]:
    """What is doubtful about a heading, told once: at the first of the items that stand under it."""
    if item.pk in first_under_headings:
        yield from doubts_in("heading", item.heading)
