"""Removes what visitors wrote once its time is over."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.contact.actions import forget_old, forget_old_feedback
from portal.search.misses import forget_old_misses


class Command(BaseCommand):
    help = (
        "対応済みから90日（受付から1年）を過ぎたお問い合わせの内容と、1年を過ぎたページへの評価、"
        "見つからなかった検索の言葉を消します。"
        "毎日の実行に向きます。"
    )

    def handle(self, **options: Any) -> None:
        inquiries, feedback, misses = forget_old(), forget_old_feedback(), forget_old_misses()
        told = f"お問い合わせ{inquiries}件の内容と、ページへの評価{feedback}件、検索の言葉{misses}件"
        self.stdout.write(f"{told}を消しました。")
