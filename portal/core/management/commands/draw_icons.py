"""Draws the icons of the portal that are no SVG. Run it again when the mark changes; the pictures are kept in git."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from portal.core.mark import icon, small_icon

FOLDER = settings.BASE_DIR / "static" / "img"
# A telephone may cut an icon to a circle: what matters keeps clear of the outer fifth.
MASKED_MARGIN = 0.2
ICONS = {
    "apple-touch-icon.png": (180, 0.12),
    "icon-192.png": (192, MASKED_MARGIN),
    "icon-512.png": (512, MASKED_MARGIN),
}


class Command(BaseCommand):
    help = "サイトのアイコン（favicon.ico、apple-touch-icon.png など）を描きます。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER, help="書き出すフォルダー")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        for name, (side, margin) in ICONS.items():
            icon(side, margin).quantize(64).save(folder / name, optimize=True)
        small_icon(32).save(folder / "favicon.ico", sizes=[(32, 32)])
        self.stdout.write(f"{len(ICONS) + 1}個のアイコンを描きました。")
