"""Pages typeset as PDF with WeasyPrint, where the extra ``pdf`` is installed: tagged, with bookmarks and its fonts."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from threading import Lock

from django.conf import settings
from django.core.cache import cache as kept

# In the order of their layers. Little enough to be read anew for each document.
SHEETS = ("tokens", "base", "components/data-table", "components/statistics", "edition")
# How long somebody waits while another document is being typeset (seconds), and how long a document is kept.
PATIENCE, KEPT = 20, 24 * 60 * 60

# Typesetting takes a processor for seconds: one document at a time in each process.
_typesetting = Lock()

Typesetter = Callable[[str, str, str], bytes]


class Unavailable(Exception):
    """WeasyPrint, or a library of the system that it draws with, is not installed."""


class Busy(Exception):
    """Another document is being typeset, and takes longer than anybody should wait."""


def typeset(html: str, site: str) -> bytes:
    """A page as PDF; the same page gives the same bytes. ``site`` begins the addresses of its links.

    Raises Unavailable or Busy.
    """
    draw, sheet = typesetter(), style_sheet()
    if draw is None:
        raise Unavailable
    key = f"pdf-{sha256(repr((html, site, sheet)).encode()).hexdigest()}"
    found = kept.get(key)
    if found is None:
        found = _one_at_a_time(draw, html, site, sheet)
        kept.set(key, found, KEPT)
    return found


def _one_at_a_time(draw: Typesetter, html: str, site: str, sheet: str) -> bytes:
    if not _typesetting.acquire(timeout=PATIENCE):
        raise Busy
    try:
        return draw(html, site, sheet)
    finally:
        _typesetting.release()


def style_sheet() -> str:
    folder = settings.BASE_DIR / "static" / "css"
    return "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)


@cache
def typesetter() -> Typesetter | None:
    """What makes a PDF of a page, the beginning of its addresses and a style sheet; None where it is not installed."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):
        return None

    def draw(html: str, site: str, sheet: str) -> bytes:
        # Nothing is fetched, neither from the network nor from the disk.
        page = HTML(string=html, base_url=site, url_fetcher=URLFetcher(allowed_protocols=[]))
        fonts = FontConfiguration()
        sheets = [CSS(string=sheet, font_config=fonts)]
        return page.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")

    return draw
