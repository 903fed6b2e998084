"""Times of day as people write them. Pure functions."""

import re
import unicodedata
from datetime import time

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_WORDS = re.compile(r"(\d{1,2})時(?:(半)|(\d{1,2})分)?")
_FOUR_DIGITS = re.compile(r"(\d{2})(\d{2})")
_HALF_OF_DAY = re.compile(r"^(午前|午後|AM|PM)|(AM|PM)$", re.IGNORECASE)
_END_OF_DAY = re.compile(r"24(?::00(?::00)?|時(?:0{1,2}分)?|00)")


def parse_time(text: str, *, said: str = "") -> time:
    """A time as people type it: 14:30, 14時30分, 14時半, 午後2時半, 1430, 正午, full-width digits.

    Raises ValueError, saying why in Japanese and quoting ``said`` (else the text), for anything else and for 24:00.
    """
    plain, said = _plain(text), said or text
    if plain == "正午":
        return time(12)
    half = _HALF_OF_DAY.search(plain)
    hour, minute, second = _parts(_HALF_OF_DAY.sub("", plain), said)
    if half:
        hour = _in_half(hour, is_afternoon=half[0].upper() in ("午後", "PM"), said=said)
    if hour >= 24:
        raise ValueError(f"24時を過ぎた時刻は、翌日の日付と時刻で書いてください（{said}）。")
    return time(hour, minute, second)


def is_midnight_at_the_end(text: str) -> bool:
    """Whether a text means the end of a day: 24:00, 24時."""
    return _END_OF_DAY.fullmatch(_plain(text)) is not None


def spoken_time(moment: time) -> str:
    """「午後2時30分」, 「午前10時」, 「正午」."""
    if moment.replace(second=0, microsecond=0) == time(12):
        return "正午"
    half, hour = ("午前", moment.hour) if moment.hour < 12 else ("午後", moment.hour - 12)
    return f"{half}{hour}時{f'{moment.minute}分' if moment.minute else ''}"


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _parts(plain: str, said: str) -> tuple[int, int, int]:
    if found := _WORDS.fullmatch(plain):
        hour, minute, second = int(found[1]), 30 if found[2] else int(found[3] or 0), 0
    elif found := _CLOCK.fullmatch(plain) or _FOUR_DIGITS.fullmatch(plain):
        hour, minute, second = (int(part or 0) for part in (*found.groups(), 0)[:3])
    else:
        raise ValueError(f"時刻として読めません（{said}）。例：10:00、午後1時30分")
    if minute > 59 or second > 59:
        raise ValueError(f"時刻として読めません（{said}）。例：10:00、午後1時30分")
    return hour, minute, second


def _in_half(hour: int, *, is_afternoon: bool, said: str) -> int:
    if hour >= 12:
        raise ValueError(f"午前・午後の時刻は0時から11時までです（{said}）。24時間の形でも書けます。例：12:30")
    return hour + 12 if is_afternoon else hour
