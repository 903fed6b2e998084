"""Mails approvers what has been waiting for them for three days."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.core.approval.reminding import remind
from portal.roles import approvers_of


class Command(BaseCommand):
    help = "3日以上承認を待っているものがある承認者に、メールで知らせます。毎朝の実行に向きます。"

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{remind(approvers_of)}人に知らせました。")
