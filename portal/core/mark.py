"""The mark of the portal, drawn: 23 dots in a ring, the wards, around all of Japan in the middle."""

from math import cos, pi, sin

from PIL import Image, ImageDraw

INDIGO, WHITE = "#1b3a6b", "#ffffff"
WARDS = 23
# Shapes are drawn this many times as large and reduced: Pillow gives them hard edges.
SCALE = 4


def draw_mark(image: Image.Image, box: tuple[int, int, int], colour: str, *, with_lines: bool) -> None:
    """Draws the mark into a square, given by its upper left corner and its side in pixels.

    With lines it is the logo; without, and stouter, it stays clear as a small icon. The measures are those of
    ``logo.svg`` and ``favicon.svg``, of which a side is 64.
    """
    left, top, side = box
    unit = side * SCALE / 64
    mask = Image.new("L", (side * SCALE, side * SCALE))
    pen = ImageDraw.Draw(mask)
    ring, dot, middle = (26, 2.4, 9.5) if with_lines else (25, 2.9, 13)
    for ward in range(WARDS):
        angle = 2 * pi * ward / WARDS
        x, y = (32 + ring * sin(angle)) * unit, (32 - ring * cos(angle)) * unit
        if with_lines:
            pen.line([32 * unit, 32 * unit, x, y], fill=255, width=max(1, round(unit)))
        pen.circle((x, y), dot * unit, fill=255)
    pen.circle((32 * unit, 32 * unit), middle * unit, fill=255)
    image.paste(colour, (left, top, left + side, top + side), mask.reduce(SCALE))


def icon(side: int, margin: float) -> Image.Image:
    """A square icon: the mark in white on indigo, with a margin given as a share of the side."""
    image = Image.new("RGB", (side, side), INDIGO)
    edge = round(side * margin)
    draw_mark(image, (edge, edge, side - 2 * edge), WHITE, with_lines=False)
    return image


def small_icon(side: int) -> Image.Image:
    """The mark in indigo on nothing, for the tab of a browser."""
    image = Image.new("RGBA", (side, side), (27, 58, 107, 0))
    draw_mark(image, (0, 0, side), INDIGO, with_lines=False)
    return image
