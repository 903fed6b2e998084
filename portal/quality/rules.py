"""What each rule is called and how much it weighs, and when a public note is about a finding. No database."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from portal.core.text import fold
from portal.quality.choices import Severity


class Rule(NamedTuple):
    """A rule as the back office speaks of it.

    ``is_explained_by_notes``: it is about what the paper prints, so that a public note on the record settles it.
    """

    label: str
    severity: Severity
    is_explained_by_notes: bool = False


# By the code that a doubt carries, in the order in which they are listed.
RULES: Mapping[str, Rule] = {
    "weekday": Rule("曜日と日付の食い違い", Severity.ERROR, is_explained_by_notes=True),
    "contradiction": Rule("題名と内容の食い違い", Severity.ERROR, is_explained_by_notes=True),
    "misprint": Rule("単位の重なり・字の抜け", Severity.ERROR, is_explained_by_notes=True),
    "sum": Rule("内訳と合計の食い違い", Severity.ERROR),
    "period": Rule("期間の矛盾", Severity.ERROR),
    "dissolved": Rule("廃止された自治体", Severity.ERROR),
    "told_too_early": Rule("開催前の開催報告", Severity.ERROR),
    "end_before_start": Rule("始まりより前の終わり", Severity.ERROR),
    "fiscal_year": Rule("年度と初日の食い違い", Severity.ERROR),
    "duplicate": Rule("二重の登録の疑い", Severity.REVIEW),
    "prefecture": Rule("題名にある都道府県", Severity.REVIEW, is_explained_by_notes=True),
    "fee": Rule("料金と「参加無料」", Severity.REVIEW),
    "deadline": Rule("終わりより後の申込期限", Severity.REVIEW),
    "still_planned": Rule("終わった後も「予定」の催し", Severity.REVIEW),
    "stop_still_planned": Rule("終わった後も「予定」の巡回展示", Severity.REVIEW),
    "missing_reading": Rule("読みの未記入", Severity.MISSING),
    "missing_place": Rule("会場の未記入", Severity.MISSING),
    "missing_coordinates": Rule("緯度・経度の未記入", Severity.MISSING),
}
_QUOTED = re.compile(r"「([^「」]+)」")


def digest(message: str) -> str:
    """What tells two messages apart, in 64 characters."""
    return hashlib.sha256(message.encode()).hexdigest()


def explains(note: str, message: str) -> bool:
    """Whether a note says everything that a finding quotes in 「」, in whatever width its letters and digits are."""
    quoted = _QUOTED.findall(message)
    return bool(quoted) and all(fold(words) in fold(note) for words in quoted)


def explanation(notes: Iterable[str], message: str) -> str:
    """The first of some notes that is about a finding; empty without one."""
    return next((note for note in notes if explains(note, message)), "")


def stands_in(text: str, message: str) -> bool:
    """Whether what a finding quotes first, as it is written, stands in a text."""
    quoted = _QUOTED.search(message)
    return quoted is not None and fold(quoted[1]) in fold(text)
