"""The picture that stands beside a link to a page elsewhere: what kind of page it is, its title, its date."""

import re
from dataclasses import astuple, dataclass
from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from portal.core.mark import INDIGO, WHITE, draw_mark

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
TEXT, QUIET, TINT = "#1a1a1a", "#595959", "#eef2f8"
# The first of these that the machine has; all hold Japanese.
FONTS = (
    *("NotoSansCJK-Bold.ttc", "NotoSansJP-Bold.otf", "BIZUDGothic-Bold.ttf", "BIZUDPGothic-Bold.ttf"),
    *("ipaexg.ttf", "fonts-japanese-gothic.ttf"),
)
TITLE_SIZES = (76, 68, 60, 52)
TITLE_LINES = 3
LEADING = 1.4
# Raise it when the picture is drawn in another way, so that nobody keeps the old one.
DESIGN = 1

_WORDS = re.compile(r"[A-Za-z0-9.,:'’&@/+-]+|\s|[^\s]")
_NEVER_FIRST = set("、。，．・：；！？」』）］｝〉》】〕ー～々ぁぃぅぇぉっゃゅょァィゥェォッャュョヵヶ")
_NEVER_LAST = set("「『（［｛〈《【〔第")

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class Card:
    """What a picture says; ``line`` may be empty."""

    kind: str
    title: str
    line: str = ""

    @property
    def version(self) -> str:
        """Another one for every picture that looks different."""
        said = "\n".join([str(DESIGN), *astuple(self)])
        return sha256(said.encode()).hexdigest()[:12]


@lru_cache(maxsize=64)
def draw(card: Card) -> bytes:
    """The picture of a card as PNG, 1200×630; without its words where the machine has no Japanese font."""
    image = Image.new("RGB", (WIDTH, HEIGHT), WHITE)
    draw_mark(image, (740, 190, 640), TINT, with_lines=True)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 16), fill=INDIGO)
    draw_mark(image, (MARGIN, 72, 72), INDIGO, with_lines=True)
    if font_file() is not None:
        _write(pen, card)
    buffer = BytesIO()
    image.quantize(96).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _write(pen: ImageDraw.ImageDraw, card: Card) -> None:
    pen.text((MARGIN + 96, 108), settings.SITE_NAME, INDIGO, _font(34), anchor="lm")
    pen.text((MARGIN, 214), card.kind, INDIGO, _font(32), anchor="lm")
    size, lines = _fitted(card.title)
    for number, line in enumerate(lines):
        pen.text((MARGIN, 252 + number * size * LEADING), line, TEXT, _font(size))
    pen.text((MARGIN, HEIGHT - 64), _shortened(card.line, _font(32)), QUIET, _font(32), anchor="lm")


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which a title has room, and its lines; at the smallest, what is too long is cut."""
    for size in TITLE_SIZES:
        lines = wrapped(title, _font(size), WIDTH - 2 * MARGIN)
        if len(lines) * size * LEADING <= TITLE_LINES * TITLE_SIZES[1] * LEADING:
            return size, lines
    kept = lines[:TITLE_LINES]
    return size, [*kept[:-1], _shortened(kept[-1] + "…", _font(size))]


def _shortened(text: str, font: Font) -> str:
    while font.getlength(text) > WIDTH - 2 * MARGIN:
        text = f"{text.rstrip('…')[:-1]}…"
    return text


def wrapped(text: str, font: Font, width: float) -> list[str]:
    """A text in lines, broken where Japanese may be: no 「」 in front of a closing mark, no word torn apart."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and font.getlength(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    """What is never torn apart: a word of letters or digits, or a character with the marks that cling to it."""
    pieces: list[str] = []
    for word in _WORDS.findall(text):
        clings = bool(pieces) and (word[0] in _NEVER_FIRST or word.isspace() or pieces[-1][-1] in _NEVER_LAST)
        if clings:
            pieces[-1] += word
        else:
            pieces.append(word)
    return pieces


@cache
def font_file() -> str | None:
    """The first known Japanese font that the machine has; None where it has none."""
    for name in FONTS:
        try:
            return str(ImageFont.truetype(name).path)
        except OSError:
            continue
    return None


@cache
def _font(size: int) -> Font:
    return ImageFont.truetype(font_file() or "", size)
