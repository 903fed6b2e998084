"""Times of day as town halls write them. Pure functions."""

import re
import unicodedata
from datetime import time
from typing import NamedTuple

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
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_WORDS = re.compile(r"(\d{1,2})時(?:(半)|(\d{1,2})分)?")
_FOUR_DIGITS = re.compile(r"(\d{2})(\d{2})")
_FRACTION = re.compile(r"[01]?\.\d+")
_HALF_OF_DAY = re.compile(r"^(午前|午後|AM|PM)|(AM|PM)$", re.IGNORECASE)


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
    if part == "正午":
        return time(12)
    if _FRACTION.fullmatch(part):
        return _of_minutes(round(float(part) * 24 * 60), text)
    half = _HALF_OF_DAY.search(part)
    hour, minute = _hour_and_minute(_HALF_OF_DAY.sub("", part), text)
    if half:
        hour = _in_half(hour, is_afternoon=half[0].upper() in ("午後", "PM"), text=text)
    return _of_minutes(hour * 60 + minute, text)


def _hour_and_minute(part: str, text: str) -> tuple[int, int]:
    if found := _WORDS.fullmatch(part):
        return int(found[1]), 30 if found[2] else int(found[3] or 0)
    found = _CLOCK.fullmatch(part) or _FOUR_DIGITS.fullmatch(part)
    if not found or int(found[2]) > 59:
        raise ValueError(f"時刻として読めません（{text}）。例：10:00、午後1時30分")
    return int(found[1]), int(found[2])


def _in_half(hour: int, *, is_afternoon: bool, text: str) -> int:
    if hour >= 12:
        raise ValueError(f"午前・午後の時刻は0時から11時までです（{text}）。24時間の形でも書けます。例：12:30")
    return hour + 12 if is_afternoon else hour


def _of_minutes(minutes: int, text: str) -> time:
    if minutes == 24 * 60:
        return END_OF_DAY
    if minutes > 24 * 60:
        raise ValueError(f"24時を過ぎた時刻は、翌日の日付と時刻で書いてください（{text}）。")
    return time(*divmod(minutes, 60))
