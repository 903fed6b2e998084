"""Sends what waits to be sent."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.core.mail.actions import deliver_due


class Command(BaseCommand):
    help = "送信待ちのメールのうち、送る時刻になったものを送ります。毎分の実行に向きます。"

    def handle(self, **options: Any) -> None:
        if sent := deliver_due():
            self.stdout.write(f"{sent}件のメールを処理しました。")
