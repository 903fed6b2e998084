"""Looks all records through, as every night, and tells what is open."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.quality.choices import FindingState
from portal.quality.looking import check_all
from portal.quality.models import Finding
from portal.quality.rules import RULES


class Command(BaseCommand):
    help = "すべての記録を点検し、見つかったことを「データの点検」に載せます。記録は変えません。毎晩の実行に向きます。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fail-on-errors", action="store_true", help="未対応の「誤り」があるとき、終了コードを1にします。"
        )

    def handle(self, *, fail_on_errors: bool, **options: Any) -> None:
        outcome = check_all()
        counts = {(count.code, count.state): count.total for count in Finding.objects.counts()}
        for code, rule in RULES.items():
            told = [f"{state.label}{counts.get((code, state), 0):,}件" for state in FindingState]
            self.stdout.write(f"［{rule.severity.label}］{rule.label}：{'、'.join(told)}")
        self.stdout.write(f"新たに見つかったもの{outcome.found:,}件、解消したもの{outcome.closed:,}件")
        errors = Finding.objects.open().errors().count()
        if errors and fail_on_errors:
            raise CommandError(f"未対応の「誤り」が{errors:,}件あります。")
