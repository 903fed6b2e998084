"""Does at its times what nobody asks for, for as long as the site runs."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.core.wareki import era_date
from portal.schedule import JOBS, run_until_stopped


class Command(BaseCommand):
    help = "決まった時刻の処理（点検など）を、止められるまで続けます。サイトと一緒に、一つだけ動かします。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="処理の一覧と次の時刻を示して終わります。")

    def handle(self, *, list: bool, **options: Any) -> None:
        now = timezone.localtime()
        for job in JOBS:
            self.stdout.write(f"{job.label}（{job.name}）：次は{_told(job.next_time(now))}")
        if not list:
            run_until_stopped()


def _told(moment: datetime) -> str:
    return f"{era_date(moment.date())} {moment:%H:%M}"
