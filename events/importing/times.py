"""Times of day as town halls write them. Pure functions."""

import re
import unicodedata
from datetime import time
from typing import NamedTuple

from portal.core.clock import is_midnight_at_the_end, parse_time

# A time of day ends before 24:00, so that the end of a day is kept as its last minute.
END_OF_DAY = time(23, 59)


class Times(NamedTuple):
    """What a cell says of times; ``note`` is what it says besides."""

    start: time | None
    end: time | None = None
    note: str = ""


NO_TIMES = Times(None)

_ALL_DAY = ("終日", "一日中", "24時間")
_RANGE = re.compile(r"[~〜―–—]|から|(?<=[\d分時半])-(?=[\d午])")
_FRACTION = re.compile(r"[01]?\.\d+")


def read_times(text: str) -> Times:
    """The time, or the range of times, that a cell speaks of.

    24:00, and what begins at no time in particular, is told in ``note``. Raises ValueError for what is no time.
    """
    plain = _plain(text)
    if plain in ("", "-", "ー"):
        return NO_TIMES
    if plain in ("未定", "調整中", *_ALL_DAY):
        return NO_TIMES._replace(note=text.strip())
    parts = _RANGE.split(plain)
    if len(parts) > 2:
        raise ValueError(f"時間帯が二つ以上あります（{text}）。開始と終了だけを書いてください。")
    if not parts[0]:
        return Times(None, _time(parts[1], text))
    return Times(_time(parts[0], text), _time(parts[1], text) if len(parts) == 2 and parts[1] else None)


def _plain(text: str) -> str:
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("−", "-").replace("‐", "-")
    return folded.removesuffix("開始").removesuffix("開演").removesuffix("まで").removesuffix("終了")


def _time(part: str, text: str) -> time:
    """A time of day without its seconds; the end of a day as its last minute."""
    if _FRACTION.fullmatch(part):
        minutes = round(float(part) * 24 * 60)
        return END_OF_DAY if minutes >= 24 * 60 else time(*divmod(minutes, 60))
    if is_midnight_at_the_end(part):
        return END_OF_DAY
    return parse_time(part, said=text).replace(second=0)
