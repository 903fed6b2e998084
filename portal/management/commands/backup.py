"""Backs up the database and the media, as every night."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.media import are_in_folder
from portal.operations.backups.making import back_up
from portal.operations.backups.refusal import Refused


class Command(BaseCommand):
    help = (
        "データベースと画像などを、一つのファイルにバックアップし、読み直して確かめます。"
        "BACKUP_KEY があれば暗号化し、BACKUP_KEEP より古いものは消します。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", metavar="FOLDER", help="書くフォルダーです。省くと BACKUP_DIR です。")

    def handle(self, *, to: str | None, **options: Any) -> None:
        folder = to or settings.BACKUP_DIR
        if not folder:
            raise CommandError("どこに書くかを、BACKUP_DIR か --to で指定してください。")
        try:
            made = back_up(Path(folder), settings.BACKUP_KEY, settings.BACKUP_KEEP)
        except Refused as error:
            raise CommandError(str(error)) from error
        rows = len(made.manifest.inventory["rows"])
        self.stdout.write(
            f"バックアップしました：{made.path}（{made.path.stat().st_size:,}バイト、表{rows:,}、"
            f"ファイル{len(made.manifest.of_media()):,}、{'暗号化' if settings.BACKUP_KEY else '暗号化なし'}）"
        )
        if not are_in_folder():
            self.stdout.write("画像などは MEDIA_STORAGE の置き場所にあり、このバックアップには入っていません。")
        if made.removed:
            self.stdout.write(f"古いバックアップを{made.removed:,}件消しました。")
