"""What is said of a row to the person who sent it."""

from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "新規"
    CHANGED = "変更"
    SAME = "同じ"
    REFUSED = "拒否"


class Remark(NamedTuple):
    """Something to know of a cell; ``column`` is its header, or empty for the whole row."""

    column: str
    message: str

    def __str__(self) -> str:
        return f"「{self.column}」列：{self.message}" if self.column else self.message


class Change(NamedTuple):
    """What a column said before and says now, as text."""

    column: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"「{self.column}」：{self.old or '（空欄）'} → {self.new or '（空欄）'}"


class RowResult(NamedTuple):
    """What becomes of one row, and why. ``key`` is that of the record, where there is one."""

    number: int
    outcome: Outcome
    name: str
    problems: tuple[Remark, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[Remark, ...] = ()
    key: int | None = None


class Report(NamedTuple):
    """What becomes of a whole file; ``is_applied`` says whether it was written."""

    profile: str
    label: str
    unknown: tuple[str, ...]
    absent: tuple[str, ...]
    results: tuple[RowResult, ...]
    is_applied: bool

    def count(self, outcome: Outcome) -> int:
        return sum(result.outcome == outcome for result in self.results)

    @property
    def counts(self) -> dict[Outcome, int]:
        return {outcome: self.count(outcome) for outcome in Outcome}
