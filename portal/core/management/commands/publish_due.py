"""Puts approved changes in place whose minute has come."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.core.approval.actions import publish_due


class Command(BaseCommand):
    help = "承認済みの変更案のうち、反映する日時になったものを公開します。毎分の実行に向きます。"

    def handle(self, **options: Any) -> None:
        done, failed = publish_due()
        if done:
            self.stdout.write(f"{done}件の変更を公開しました。")
        for subject in failed:
            self.stderr.write(f"反映できませんでした（いまの公開内容と合いません）：{subject}")
