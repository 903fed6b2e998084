"""What the cells of town halls mean: numbers, fees, telephone numbers, addresses. Pure functions.

Each raises ValueError, saying why in Japanese, for what it cannot read.
"""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from portal.core.cells import undefused

_BLANK = {"", "-", "ー", "―", "—", "–", "未定", "未記入", "調整中"}
_NONE = {"なし", "無し", "無", "特になし"}
_HYPHENS = re.compile(r"[‐‑‒–—―−ー－ｰ]")
_WIDEST_WHOLE_NUMBER = 2_147_483_647
_PEOPLE = re.compile(r"(\d+)\s*(人|名|席)?")
_FREE = re.compile(r"((参加|入場|観覧|受講|聴講)(費|料)?は?)?(無料|0円|¥0)")
_PAID = re.compile(r"(.*[^\d])?[1-9]\d*円.*")
_PHONE = re.compile(r"\+?\d[\d-]{6,17}\d")
_SEXAGESIMAL = re.compile(r"[°度′'分″\"秒]|^\s*\d+[ :]\d+[ :]\d+")


class Capacity(NamedTuple):
    """How many people; ``rest`` is the whole cell where it says more than that."""

    number: int | None
    rest: str = ""


def cell_of(text: str) -> str:
    """What was meant by a cell: without white space at its ends and the apostrophe that defuses a formula."""
    return undefused(text.strip(" \u3000\n")).replace("\r\n", "\n").replace("\r", "\n").strip()


def is_blank(cell: str, *, none_is_blank: bool = True) -> bool:
    """Whether a cell says nothing: empty, a dash, 「未定」 and, unless it is an answer there, 「なし」."""
    word = unicodedata.normalize("NFKC", cell).strip()
    return word in _BLANK or _HYPHENS.sub("-", word) == "-" or (none_is_blank and word in _NONE)


def folded(cell: str) -> str:
    """A cell with its letters and digits at their usual width."""
    return unicodedata.normalize("NFKC", cell).strip()


def read_number(cell: str) -> int:
    """A whole number, zero or more."""
    plain = folded(cell).replace(",", "")
    if not re.fullmatch(r"[0-9]{1,10}", plain) or int(plain) > _WIDEST_WHOLE_NUMBER:
        raise ValueError(f"整数として読めません（{cell}）。")
    return int(plain)


def read_capacity(cell: str) -> Capacity:
    """「100人」 is 100; 「先着50名」 is 50 and more words; where there are several numbers none is the capacity."""
    plain = folded(cell).replace(",", "")
    numbers = _PEOPLE.findall(plain)
    if not numbers or len(numbers) > 1 or "組" in plain:
        return Capacity(None, cell)
    number = read_number(numbers[0][0])
    return Capacity(number, "" if _PEOPLE.fullmatch(plain) else cell)


def is_free(fee: str) -> bool | None:
    """Whether taking part is free: True and False only where the words are plain, else None."""
    plain = re.sub(r"[\s,]", "", folded(fee))
    if _FREE.fullmatch(plain):
        return True
    return False if _PAID.fullmatch(plain) and "無料" not in plain else None


def read_phone(cell: str) -> str:
    """A telephone number in half-width digits and hyphens."""
    plain = _HYPHENS.sub("-", folded(cell))
    plain = re.sub(r"[()\s]+", "-", plain).strip("-")
    if not _PHONE.fullmatch(plain):
        raise ValueError(f"電話番号として読めません（{cell}）。一つだけを、数字とハイフンで書いてください。")
    return plain


def read_email(cell: str) -> str:
    plain = folded(cell)
    try:
        validate_email(plain)
    except ValidationError as error:
        raise ValueError(f"メールアドレスとして読めません（{cell}）。") from error
    return plain


def read_url(cell: str) -> str:
    """A web address; https is assumed where no scheme is written."""
    plain = cell.strip() if cell.isascii() else folded(cell)
    address = plain if "://" in plain else f"https://{plain}"
    try:
        URLValidator(schemes=["http", "https"])(address)
        urlsplit(address)
    except (ValidationError, ValueError) as error:
        raise ValueError(f"アドレス（URL）として読めません（{cell}）。一つだけを書いてください。") from error
    if len(address) > 200:
        raise ValueError("アドレス（URL）は200文字までです。")
    return address


def read_postal_code(cell: str) -> str:
    found = re.fullmatch(r"〒?(\d{3})-?(\d{4})", _HYPHENS.sub("-", re.sub(r"\s", "", folded(cell))))
    if not found:
        raise ValueError(f"郵便番号として読めません（{cell}）。例：102-0072")
    return f"{found[1]}-{found[2]}"


def read_degrees(cell: str) -> Decimal:
    """Degrees with decimals, to six places."""
    plain = folded(cell)
    if _SEXAGESIMAL.search(plain):
        raise ValueError(f"度・分・秒ではなく、十進法の度で書いてください（{cell}）。例：35.698683")
    if not re.fullmatch(r"-?\d{1,3}(\.\d{1,30})?", plain):
        raise ValueError(f"緯度・経度として読めません（{cell}）。例：35.698683")
    return Decimal(plain).quantize(Decimal("0.000001"))


def names_in(cell: str) -> list[str]:
    """The names in a cell, each once: 「A、B」 and one in each line."""
    return list(dict.fromkeys(name.strip() for name in re.split(r"[、，,;；\n]", cell) if name.strip()))
