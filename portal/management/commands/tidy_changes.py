"""Forgets old marks of changes."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.serving.models import PublicChange


class Command(BaseCommand):
    help = "公開する記録が変わった印のうち、古いものを消します。毎日の実行に向きます。"

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"古い印{PublicChange.objects.forget_old():,}件を消しました。")
