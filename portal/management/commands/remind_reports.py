"""Asks members how their events were, once they are over."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.members.events.reporting import remind_reports


class Command(BaseCommand):
    help = "終わった催しの開催報告がまだの会員自治体に、一度だけメールでお願いします。毎朝の実行に向きます。"

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{remind_reports()}件の催しについてお願いしました。")
