"""Puts up or takes down the sign that the site is worked on; needs no database."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.operations.maintenance import Maintenance, begin, current, end


class Command(BaseCommand):
    help = "メンテナンス中の表示を始め（on）、終え（off）、いまの状態を示します（show）。データベースは使いません。"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("state", choices=["on", "off", "show"])
        parser.add_argument("--reading", action="store_true", help="公開ページは見せたまま、書き込みだけを止めます。")
        parser.add_argument("--until", metavar="YYYY-MM-DDTHH:MM", help="終わる予定の日時です。画面に示します。")

    def handle(self, *, state: str, reading: bool, until: str | None, **options: Any) -> None:
        if state == "on":
            begin(Maintenance(reading, _moment(until)))
        elif state == "off":
            end()
        self.stdout.write(_told(current()))


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError("日時は 2026-04-01T06:00 のように書いてください。") from error
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _told(maintenance: Maintenance | None) -> str:
    if maintenance is None:
        return "メンテナンス中ではありません。"
    scope = "書き込みだけを止めています" if maintenance.is_readable else "全体を止めています"
    until = timezone.localtime(maintenance.until).strftime("%Y-%m-%d %H:%M") if maintenance.until else "未定"
    return f"メンテナンス中です（{scope}、終わりの予定：{until}）。"
