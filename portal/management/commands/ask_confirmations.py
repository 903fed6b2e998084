"""Asks members once a fiscal year whether all is still right."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.members.area.yearly import ask


class Command(BaseCommand):
    help = "会員登録自治体に、年度に一度、登録の確認をメールで頼みます。返事がなければ、30日後にもう一度だけ送ります。"

    def handle(self, **options: Any) -> None:
        if sent := ask():
            self.stdout.write(f"{sent}件のメールを送ります。")
