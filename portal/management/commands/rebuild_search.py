"""Makes the index of the search again."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.search.index import rebuild
from portal.search.sources import Source


class Command(BaseCommand):
    help = "サイト内検索の索引を、すべての記録から作り直します。作り直している間も検索できます。"

    def handle(self, *args: Any, **options: Any) -> None:
        total = rebuild(self._tell)
        self.stdout.write(f"検索の索引を作り直しました：{total:,}件")

    def _tell(self, source: Source, done: int, total: int) -> None:
        self.stdout.write(f"{source.model._meta.verbose_name}：{done:,}／{total:,}件")
