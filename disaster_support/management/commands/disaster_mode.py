"""Switches the disaster mode from where the back office cannot be reached."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from disaster_support.actions import switch_off, switch_on
from disaster_support.choices import ModeKind
from disaster_support.models import DisasterMode


class Command(BaseCommand):
    help = "災害時用（軽量版）のトップページに切り替えます。on で始め、off で終え、drill は30分の訓練です。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("state", choices=["on", "off", "drill", "status"], help="on、off、drill（訓練）、status")
        parser.add_argument("--reason", default="", help="理由。操作の記録に残ります。")

    def handle(self, *, state: str, reason: str, **options: Any) -> None:
        if state == "off":
            self.stdout.write("終えました。" if switch_off(by=None) else "災害時の表示ではありませんでした。")
        elif state != "status":
            try:
                self.stdout.write(f"始めました：{switch_on(kind=ModeKind(state), by=None, reason=reason)}")
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        modes = DisasterMode.objects.in_force()
        self.stdout.write("いまの表示：" + ("、".join(map(str, modes)) or "通常"))
