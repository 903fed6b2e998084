"""Removes what applications say of people once it is no longer needed, and ends what nobody decided."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.members.applications.actions import tidy


class Command(BaseCommand):
    help = "確認されなかった会員登録の申込みを消し、期限の過ぎたものを終え、終わったものの個人情報を消します。"

    def handle(self, **options: Any) -> None:
        done = tidy()
        self.stdout.write(
            f"確認されなかった申込み{done.unconfirmed}件を消し、{done.expired}件を期限切れとし、"
            f"{done.forgotten}件の個人情報を消しました。"
        )
