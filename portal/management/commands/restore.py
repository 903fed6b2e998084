"""Restores a backup, or only says whether it could be."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.operations.backups.archive import Manifest, check
from portal.operations.backups.refusal import Refused
from portal.operations.backups.restoring import restore


class Command(BaseCommand):
    help = (
        "バックアップを、空のデータベースとフォルダーに復元し、すべての行・番号・索引・制約・ファイルを照合します。"
        "サイト・db_worker・run_schedule を止めてから行います。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", help="バックアップのファイルです。")
        parser.add_argument("--check", action="store_true", help="最後まで読んで確かめるだけで、復元はしません。")
        parser.add_argument("--replace", action="store_true", help="いまのデータベースとファイルを捨てて復元します。")

    def handle(self, *, archive: str, check: bool, replace: bool, **options: Any) -> None:
        try:
            if check:
                self.stdout.write(f"復元できるバックアップです：{_told(_read(archive))}")
                return
            manifest = restore(Path(archive), settings.BACKUP_KEY, replace=replace)
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"復元し、すべて同じことを確かめました：{_told(manifest)}")


def _read(archive: str) -> Manifest:
    return check(Path(archive), settings.BACKUP_KEY)


def _told(manifest: Manifest) -> str:
    rows = manifest.inventory["rows"].values()
    count = sum(int(told.split()[0]) for told in rows)
    return (
        f"{manifest.made_at} の {manifest.engine}、表{len(rows):,}、行{count:,}、"
        f"番号{len(manifest.inventory['sequences']):,}、ファイル{len(manifest.of_media()):,}"
    )
