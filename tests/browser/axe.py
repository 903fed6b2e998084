"""What axe-core says of a page on one screen after another."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from axe_playwright_python.sync_playwright import Axe

# A telephone and a wide screen, dark and light: each of the two of both.
SCREENS = [(1280, "light"), (320, "dark")]
EVERY_SCREEN = list(product((1280, 320), ("light", "dark")))


def judged(page: Any, screens: list[tuple[int, str]] = SCREENS) -> Iterator[tuple[int, dict[str, Any]]]:
    """The width of each screen and what axe says of the open page there; no rule is switched off."""
    for width, color_scheme in screens:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=color_scheme)
        yield width, Axe().run(page).response
