"""Loads the facts of the association's own paper."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from portal.core.loading import LoadCommand
from portal.official.load import DATA, load_official


class Command(LoadCommand):
    help = "概要資料のすべての事実を読み込みます。何度実行しても同じ結果になります。"
    default_directory = DATA

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--overwrite", action="store_true", help="職員が直した記録も、ファイルの内容に戻します。")

    def load(self, *, directory: Path, overwrite: bool = False, **options: Any) -> None:
        load_official(directory, overwrite=overwrite, report=self.report)
