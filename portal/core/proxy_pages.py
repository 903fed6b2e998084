"""The pages that nginx gives by itself, for what it refuses or cannot hand on (docs/nginx/nginx.conf.template)."""

from collections.abc import Iterator
from pathlib import Path

from django.template.loader import render_to_string

FOLDER = Path("proxy")
STATUSES = (413, 429, 502)


def proxy_pages() -> Iterator[tuple[Path, str]]:
    """Each page as a file below the static folder, and its text."""
    for status in STATUSES:
        page = FOLDER / f"{status}.html"
        yield page, render_to_string(page.as_posix())
