"""Addresses in one piece and in four. Pure functions; what is split joins again to the same text."""

import re
from typing import NamedTuple

_PREFECTURE = re.compile(r"東京都|北海道|京都府|大阪府|..県|(?:神奈川|和歌山|鹿児島)県")
# The municipalities whose names have such an ending, or 郡, inside.
_AWKWARD = (
    "余市町|村田町|村山市|郡山市|田村市|市貝町|玉村町|市川市|市原市|町田市|東村山市|武蔵村山市|羽村市|十日町市|村上市"
    "|上市町|野々市市|市川三郷町|大町市|郡上市|蒲郡市|四日市市|市川町|上郡町|大和郡山市|下市町|廿日市市|小郡市|大町町"
    "|大村市"
)
_COUNTY = r"(?:余市|高市|田村|(?:東|西|北)村山|[^市区町村郡0-9０-９]{1,4})郡"
_CITY = re.compile(
    rf"(?:{_COUNTY})?(?:{_AWKWARD})"
    rf"|{_COUNTY}[^市区町村]+[町村]"
    # A city with wards of its own.
    r"|[^市区町村]+市[^市区町村0-9０-９]{1,4}区"
    r"|[^市区町村]+[市区町村]"
)
_BEFORE_DIGIT = re.compile(r"[^0-9０-９]*")


class AddressParts(NamedTuple):
    prefecture: str = ""
    city: str = ""
    town: str = ""
    rest: str = ""


def full_address(address: str, prefecture: str = "", city: str = "") -> str:
    """An address from its prefecture on; the prefecture and city are put before it where they are not yet there."""
    if not prefecture or address.startswith(prefecture):
        return address
    is_told = address.startswith(city) or re.match(f"{_COUNTY}{re.escape(city)}", address)
    return prefecture + (address if is_told else city + address)


def split_address(address: str, city: str = "") -> AddressParts:
    """An address that begins with its prefecture, in its parts; ``city`` is the municipality where it is known.

    The town ends before the first digit. What cannot be told apart is in the last part that fits.
    """
    prefecture = _matched(_PREFECTURE, address)
    after = address[len(prefecture) :]
    found = _matched(_CITY, after) if prefecture else ""
    if city not in found and after.startswith(city):
        found = city
    town = _matched(_BEFORE_DIGIT, after[len(found) :])
    return AddressParts(prefecture, found, town, after[len(found) + len(town) :])


def _matched(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return match[0] if match else ""


def join_address(parts: AddressParts) -> str:
    """The inverse of ``split_address``."""
    return "".join(parts)
