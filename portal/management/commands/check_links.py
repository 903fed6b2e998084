"""Asks the addresses in public records whether they answer, as every night."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.links.checking import check_links


class Command(BaseCommand):
    help = (
        "公開中の記録にあるリンクを確かめ、2晩続けてつながらないものを「リンクの点検」に載せ、担当者にメールで知らせます。"
        "毎晩の実行に向きます。"
    )

    def handle(self, **options: Any) -> None:
        outcome = check_links()
        if outcome.is_offline:
            self.stderr.write("このサーバーから外につながらないため、外のリンクは確かめられませんでした。")
        self.stdout.write(
            f"{outcome.asked:,}件のアドレスを確かめました。リンク切れ{outcome.broken:,}件、知らせた人{outcome.told:,}人"
        )
