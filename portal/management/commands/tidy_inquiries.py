"""Removes what visitors wrote once its time is over."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.contact.actions import forget_old, forget_old_feedback


class Command(BaseCommand):
    help = (
        "対応済みから90日（受付から1年）を過ぎたお問い合わせの内容と、1年を過ぎたページへの評価を消します。"
        "毎日の実行に向きます。"
    )

    def handle(self, **options: Any) -> None:
        inquiries, feedback = forget_old(), forget_old_feedback()
        self.stdout.write(f"お問い合わせ{inquiries}件の内容と、ページへの評価{feedback}件を消しました。")
