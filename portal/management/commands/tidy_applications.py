"""Ends applications that nobody decided in time."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.members.applications.actions import expire_overdue


class Command(BaseCommand):
    help = "期限までに決まらなかった会員登録の申込みを終え、申し込んだ方に知らせます。毎日の実行に向きます。"

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{expire_overdue()}件の申込みを期限切れとしました。")
