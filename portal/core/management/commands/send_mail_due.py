"""Sends what waits to be sent, and forgets what was sent long ago."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.core.mail.actions import deliver_due, forget_old


class Command(BaseCommand):
    help = (
        "送信待ちのメールのうち、送る時刻になったものを送り、90日を過ぎた送信の記録を消します。毎分の実行に向きます。"
    )

    def handle(self, **options: Any) -> None:
        sent, removed = deliver_due(), forget_old()
        if sent:
            self.stdout.write(f"{sent}件のメールを処理しました。")
        if removed:
            self.stdout.write(f"{removed}件の送信の記録を消しました。")
