"""Writes the public site as files."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.mirror.export import Busy, Outcome, Spoiled, Tell, export, is_due
from portal.mirror.making import DatabaseSilent

# Between two exports that publications ask for: the machine has visitors to answer as well.
REST = timedelta(minutes=5)


class Command(BaseCommand):
    help = (
        "公開サイトの全体を、ページ・フィード・iCal・CSV・画像などのファイルとして書き出します。"
        "書き出した控えは DIR/current にあり、どのウェブサーバーでも公開できます。"
        "途中で止めても、前の控えはそのまま残ります。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "directory",
            nargs="?",
            metavar="DIR",
            help="書き出し先。省略すると MIRROR_DIR に、公開内容が変わり、前回から5分たったときだけ書き出します。",
        )
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="同時に使うプロセスの数")
        parser.add_argument("--anew", action="store_true", help="前回から変更がなくても書き出します。")

    def handle(self, *, directory: str | None, processes: int, anew: bool, **options: Any) -> None:
        folder = Path(directory) if directory else settings.MIRROR_DIR
        if processes < 1:
            raise CommandError("--processes は1以上にしてください。")
        now = timezone.now()
        if not directory and not anew and not is_due(folder, now, REST):
            return
        try:
            outcome = _export(folder, processes, anew, now, self.stdout.write)
        except Busy:
            self.stderr.write("ほかの処理が同じ場所に書き出しているため、何もしませんでした。")
            return
        for line in outcome.errors:
            self.stderr.write(f"書き出せなかったアドレス：{line}")
        if outcome.is_unchanged:
            self.stdout.write(f"変更はありません（{outcome.pages:,}ページ）。")
        else:
            self.stdout.write(
                f"{outcome.pages:,}ページ（うち変更{outcome.written:,}）と{outcome.files:,}ファイルを書き出しました。"
            )


def _export(folder: Path, processes: int, anew: bool, at: datetime, tell: Tell) -> Outcome:
    """Raises CommandError, in words, where the version before stays in use; Busy where somebody else is at it."""
    cause: Exception
    try:
        return export(folder, processes=processes, anew=anew, at=at, tell=tell)
    except DatabaseSilent as error:
        reason, cause = "データベースが応答しません", error
    except Spoiled as error:
        reason, cause = f"多くのページで誤りがあります：{error}", error
    except OSError as error:
        reason, cause = f"書き込めません：{error.strerror}", error
    raise CommandError(f"控えを書き出せませんでした（{reason}）。前の控えはそのままです。") from cause
