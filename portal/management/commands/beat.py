"""Leaves the sign of life of the schedule and asks the worker for its own; or says whether a process is alive."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.operations.heartbeat import beat, is_alive, signs


class Command(BaseCommand):
    help = "run_schedule と db_worker が動いている印を残します。--check では、その印が新しいかを確かめます。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", choices=["schedule", "worker"], help="印を確かめるプロセスです。")

    def handle(self, *, check: str | None, **options: Any) -> None:
        if not check:
            beat()
        elif not is_alive(signs()[check]):
            raise CommandError(f"{check} の動いている印が、新しくありません。")
