"""Removes what tells of people once its time is over."""

import logging
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from portal.core.logs import kind_and_places
from portal.retention import LINES, Line

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "保存期間を過ぎたものを docs/privacy.md のとおりに消し、いくつ消したかを示します。毎日の実行に向きます。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="消さずに、いくつ消えるかだけを示します。")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        at = timezone.now()
        # One that fails must not keep the others.
        failed = [line.label for line in LINES if not self._applied(line, at, is_trial=dry_run)]
        if failed:
            raise CommandError(f"終わらなかったものがあります：{'、'.join(failed)}")

    def _applied(self, line: Line, at: datetime, *, is_trial: bool) -> bool:
        try:
            with transaction.atomic():
                removed = line.apply(at)
                transaction.set_rollback(is_trial)
        except Exception as error:
            logger.error("保存期間の処理が終わりませんでした：%s %s", line.name, kind_and_places(error))
            return False
        told = "件を消します（まだ消していません）" if is_trial else "件を消しました"
        self.stdout.write(f"{line.label}（{line.kept}）：{removed:,}{told}。")
        return True
