"""A canvas for the flat illustrations of the demo data: sky, land, water, plants, and the mark 「デモ」.

Everything is drawn by our own code, so no picture has an owner elsewhere; no font is needed. Coordinates are those of
the finished picture, whatever the scale it is drawn at.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from math import pi, sin
from random import Random

from PIL import Image, ImageColor, ImageDraw, ImageFilter, ImageOps

WIDTH, HEIGHT = 1600, 1067
# Drawn twice as large and reduced: Pillow's shapes have hard edges.
SCALE = 2

Point = tuple[float, float]


class Canvas:
    """A picture being drawn. ``seed`` fixes everything that looks accidental, so that it is the same every time."""

    def __init__(self, seed: str):
        self.random = Random(seed)  # noqa: S311 (scenery, not secrets)
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def finished(self) -> Image.Image:
        """The picture at its size, with the mark in its corner."""
        self._mark()
        return self.image.reduce(SCALE)

    def polygon(self, points: Iterable[Point], fill: str) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: str) -> None:
        """An ellipse around its centre."""
        self.pen.ellipse([(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE], fill=fill)

    def box(self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        """A rectangle from its upper left corner."""
        corners = [x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE]
        self.pen.rounded_rectangle(corners, radius * SCALE, fill=fill)

    def line(self, points: Sequence[Point], width: float, fill: str) -> None:
        """A line with round joints and ends."""
        self.pen.line([(x * SCALE, y * SCALE) for x, y in points], fill=fill, width=round(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.ellipse(x, y, width / 2, width / 2, fill)

    def sky(self, *colours: str, until: float = HEIGHT) -> None:
        """Colours flowing into one another from the top down to a height."""
        self._blend(colours, (0, 0, WIDTH * SCALE, round(until * SCALE)))

    def area(self, points: Sequence[Point], *colours: str) -> None:
        """A shape whose colours flow from its top to its bottom."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        left, top = (max(0, int(min(values))) for values in zip(*scaled, strict=True))
        right = min(self.image.width, int(max(x for x, _ in scaled)) + 1)
        bottom = min(self.image.height, int(max(y for _, y in scaled)) + 1)
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in scaled], fill=255)
        self._blend(colours, (left, top, right, bottom), mask)

    def _blend(self, colours: Sequence[str], place: tuple[int, int, int, int], mask: Image.Image | None = None) -> None:
        left, top, right, bottom = place
        column = Image.new("RGB", (1, len(colours)))
        column.putdata([ImageColor.getrgb(colour)[:3] for colour in colours])
        # Half a step is cut off at either end, so that the first and last colours are reached.
        inner = (0, 0.5, 1, len(colours) - 0.5)
        blended = column.resize((1, bottom - top), Image.Resampling.BILINEAR, box=inner)
        self.image.paste(blended.resize((right - left, bottom - top)), (left, top), mask)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 1) -> None:
        """Light that fades away from a point; ``strength`` runs from 0 to 1."""
        size, left, top = (round(value * SCALE) for value in (radius * 2, x - radius, y - radius))
        # Pillow's gradient runs from 0 in the middle to 180 where the circle meets the edge.
        fading = Image.radial_gradient("L").point(lambda value: (max(0, 180 - value) / 180) ** 2 * 255 * strength)
        mask = fading.resize((size, size), Image.Resampling.BILINEAR)
        self.image.paste(ImageColor.getrgb(colour)[:3], (left, top, left + size, top + size), mask)

    def reflect(self, level: float, tint: str, clearness: float) -> None:
        """Still water from a level down, in which what stands above it is seen."""
        depth = self.image.height - round(level * SCALE)
        above = self.image.crop((0, round(level * SCALE) - depth, self.image.width, round(level * SCALE)))
        water = Image.new("RGB", above.size, ImageColor.getrgb(tint)[:3])
        self.image.paste(Image.blend(water, ImageOps.flip(above), clearness), (0, round(level * SCALE)))

    def ridge(self, level: float, swell: float, waves: float = 2, rough: float = 0.5) -> list[Point]:
        """The outline of land down to the bottom edge: ``waves`` hills, about ``swell`` above and below a level."""
        parts = [
            (2 * pi * waves * 1.9**octave / WIDTH, rough**octave, self.random.uniform(0, 2 * pi)) for octave in range(5)
        ]
        outline = [
            (float(x), level - swell * sum(height * sin(x * pace + phase) for pace, height, phase in parts))
            for x in range(-10, WIDTH + 11, 5)
        ]
        return [*outline, (WIDTH + 10.0, HEIGHT + 10.0), (-10.0, HEIGHT + 10.0)]

    def mountain(self, x: float, top: float, foot: float, reach: float, sides: tuple[str, str], snow: str = "") -> None:
        """A peak with a lit and a shaded side, and a snow cap if it has one."""
        lit, shaded = sides
        waist = reach * 0.12
        shoulder = top + (foot - top) * 0.1
        self.polygon(
            [(x - reach, foot), (x - waist, shoulder), (x, top), (x + waist, shoulder), (x + reach, foot)], lit
        )
        spine = [(x, top), (x + waist * 0.3, top + (foot - top) * 0.3), (x - waist * 0.5, foot)]
        self.polygon([*spine, (x + reach, foot), (x + waist, shoulder)], shaded)
        if snow:
            depth = (foot - top) * 0.34
            width = reach * 0.34
            edge = [
                (x + width * share, top + depth * drop)
                for share, drop in [(1, 1), (0.6, 0.78), (0.4, 1.05), (0.12, 0.8), (-0.2, 1.1), (-0.5, 0.8), (-1, 1)]
            ]
            self.polygon([(x, top), *edge], snow)

    def cloud(self, x: float, y: float, size: float, fill: str = "#ffffffd0") -> None:
        """A flat-bottomed cloud; ``size`` is about half its width."""
        shapes = Image.new("L", (round(size * 2.4 * SCALE), round(size * SCALE)))
        pen = ImageDraw.Draw(shapes)
        for dx, dy, r in ((0.5, 0.72, 0.22), (0.95, 0.5, 0.36), (1.45, 0.56, 0.3), (1.85, 0.74, 0.2)):
            cx, cy, cr = (value * size * SCALE for value in (dx, dy, r))
            pen.ellipse([cx - cr, cy - cr, cx + cr, cy + cr], fill=255)
        pen.rounded_rectangle([v * size * SCALE for v in (0.28, 0.66, 2.05, 0.94)], 0.14 * size * SCALE, fill=255)
        *colour, opacity = ImageColor.getrgb(fill)
        mask = shapes.point(lambda value: value * opacity // 255)
        self.image.paste(tuple(colour), (round((x - size * 1.2) * SCALE), round((y - size / 2) * SCALE)), mask)

    def clouds(self, *places: tuple[float, float, float]) -> None:
        """White clouds, each given by its middle and size."""
        for x, y, size in places:
            self.cloud(x, y, size)

    def glints(self, count: int, top: float, bottom: float, middle: float, half: float, fill: str) -> None:
        """Light on water between two levels, the nearer the longer, spread ``half`` to either side of a middle."""
        for _ in range(count):
            nearness = self.random.random()
            x = middle + self.random.uniform(-half, half)
            y = top + (bottom - top) * nearness
            self.line([(x, y), (x + 24 + 76 * nearness, y)], 2 + 1.5 * nearness, fill)

    def conifer(self, x: float, foot: float, height: float, colours: tuple[str, str]) -> None:
        """A cedar, its right half in shade."""
        lit, shaded = colours
        width = height * 0.2
        self.box(x - height * 0.025, foot - height * 0.12, height * 0.05, height * 0.12, "#6b4a35")
        for tier in range(3):
            top = foot - height + tier * height * 0.24
            low = top + height * (0.38 + tier * 0.02)
            half = width * (0.55 + tier * 0.24)
            self.polygon([(x, top), (x - half, low), (x, low)], lit)
            self.polygon([(x, top), (x + half, low), (x, low)], shaded)

    def tree(self, x: float, foot: float, height: float, leaves: Sequence[str]) -> None:
        """A round tree; its leaves in two or three colours, the darkest first."""
        self.line([(x, foot), (x, foot - height * 0.5)], height * 0.06, "#6b4a35")
        self.line([(x, foot - height * 0.35), (x + height * 0.12, foot - height * 0.55)], height * 0.04, "#6b4a35")
        for index, colour in enumerate(leaves):
            shift = index * height * 0.04
            for dx, dy, r in ((-0.2, 0.56, 0.2), (0.18, 0.6, 0.22), (0, 0.76, 0.24)):
                radius = height * r * (1 - index * 0.2)
                self.ellipse(x + dx * height - shift, foot - dy * height - shift, radius, radius, colour)

    def house(self, x: float, foot: float, width: float, wall: str, roof: str, window: str = "#fff1c9") -> None:
        """A house under a gabled roof, seen from the eaves' side, with two windows."""
        height = width * 0.5
        self.box(x, foot - height, width, height, wall)
        eaves, top = foot - height, foot - height * 1.85
        self.polygon(
            [(x - width * 0.1, eaves), (x + width * 0.14, top), (x + width * 0.86, top), (x + width * 1.1, eaves)], roof
        )
        self.polygon(
            [
                (x - width * 0.1, eaves),
                (x + width * 1.1, eaves),
                (x + width * 1.08, eaves + height * 0.08),
                (x - width * 0.08, eaves + height * 0.08),
            ],
            "#00000030",
        )
        for place in (0.16, 0.58):
            self.box(x + width * place, foot - height * 0.68, width * 0.26, height * 0.4, window, 2)
            self.line(
                [
                    (x + width * (place + 0.13), foot - height * 0.68),
                    (x + width * (place + 0.13), foot - height * 0.28),
                ],
                width * 0.012,
                "#00000050",
            )

    def steam(self, x: float, y: float, height: float, strength: float = 0.5) -> None:
        """A soft curl of steam rising from a point, thinner the higher it gets."""
        size = (round(height * 0.7), round(height * 1.2))
        curl = Image.new("L", size)
        pen = ImageDraw.Draw(curl)
        for step in range(60):
            share = step / 59
            cx = size[0] / 2 + sin(share * 2 * pi) * height * 0.1 * (0.4 + share)
            cy, radius = height * (1.1 - share), height * (0.035 + 0.06 * sin(share * pi))
            pen.ellipse([cx - radius, cy - radius, cx + radius, cy + radius], fill=round(255 * (1 - share) * strength))
        soft = curl.filter(ImageFilter.GaussianBlur(height * 0.03)).resize((size[0] * SCALE, size[1] * SCALE))
        corner = (round((x - size[0] / 2) * SCALE), round((y - height * 1.1) * SCALE))
        self.image.paste((255, 255, 255), corner, soft)

    def _mark(self) -> None:
        """「デモ」 in strokes on a small plate: the picture says of itself that it is not of a real place."""
        left, top, unit = WIDTH - 174, HEIGHT - 104, 12.0
        self.box(left, top, 138, 72, "#ffffffee", 12)
        strokes = [
            # デ
            [(1.2, 1.0), (3.6, 1.0)],
            [(0.6, 2.2), (4.2, 2.2)],
            [(2.6, 2.3), (2.4, 3.2), (1.5, 4.1)],
            [(4.3, 0.5), (4.7, 1.1)],
            [(5.0, 0.2), (5.4, 0.8)],
            # モ
            [(6.5, 1.0), (9.4, 1.0)],
            [(6.1, 2.4), (9.8, 2.4)],
            [(7.8, 1.1), (7.8, 3.7), (8.2, 4.0), (9.5, 4.0)],
        ]
        for stroke in strokes:
            self.line([(left + 5 + x * unit, top + 8 + y * unit) for x, y in stroke], 6, "#1b3a6b")


def webp(picture: Image.Image) -> bytes:
    """The picture as a WebP file."""
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=82, method=4)
    return buffer.getvalue()
