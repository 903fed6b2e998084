"""Which part of a picture is shown, and in which sizes. Pure functions; a crop and a focus are whole percents."""

from collections.abc import Sequence
from typing import NamedTuple

# Pixels. Where one of these changes, `make_image_sizes --all` makes the files anew.
WIDTHS = (480, 960, 1600)
CARD_WIDTHS = (480, 960)
CARD_WIDTH, CARD_HEIGHT = 3, 2
SMALLEST_CROP = 5


class Box(NamedTuple):
    """A part of a picture, in pixels."""

    left: int
    top: int
    width: int
    height: int


class Crop(NamedTuple):
    """The part of a picture that is shown, in percent of its width and height."""

    left: int = 0
    top: int = 0
    width: int = 100
    height: int = 100


class Focus(NamedTuple):
    """What must be seen where there is no room for all, in percent of the whole picture."""

    x: int = 50
    y: int = 50


class Size(NamedTuple):
    """A file made of a part of a picture: its name in the media folder, and its pixels."""

    name: str
    width: int
    height: int
    box: Box


class Served(NamedTuple):
    """What a page needs to show a picture: the address of its largest file, all of them, and its pixels."""

    address: str
    srcset: str
    width: int
    height: int


def crop_box(width: int, height: int, crop: Crop) -> Box:
    """The cropped part of a picture, at least one pixel."""
    left, shown_width = _span(width, crop.left, crop.width)
    top, shown_height = _span(height, crop.top, crop.height)
    return Box(left, top, shown_width, shown_height)


def _span(length: int, start: int, extent: int) -> tuple[int, int]:
    shown = max(1, round(length * extent / 100))
    return min(round(length * start / 100), length - shown), shown


def card_box(width: int, height: int, crop: Crop, focus: Focus) -> Box:
    """The largest part of the crop that fits a card, with the focus as near to its middle as the crop allows."""
    whole = crop_box(width, height, crop)
    card_width = max(1, min(whole.width, round(whole.height * CARD_WIDTH / CARD_HEIGHT)))
    card_height = max(1, min(whole.height, round(whole.width * CARD_HEIGHT / CARD_WIDTH)))
    left = _around(width * focus.x / 100, card_width, whole.left, whole.width)
    top = _around(height * focus.y / 100, card_height, whole.top, whole.height)
    return Box(left, top, card_width, card_height)


def _around(middle: float, extent: int, start: int, room: int) -> int:
    return max(start, min(round(middle - extent / 2), start + room - extent))


def sizes_of(stem: str, box: Box, widths: Sequence[int]) -> list[Size]:
    """The files of a part, from small to large: never enlarged, and none wider than the widest."""
    within = [width for width in widths if width < box.width]
    if box.width <= widths[-1]:
        within.append(box.width)
    return [Size(f"{stem}-{width}.webp", width, max(1, round(width * box.height / box.width)), box) for width in within]
