"""Puts the official text of a founding document beside our summary of it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.models import FoundingDocument


class Command(BaseCommand):
    help = "基本文書（趣意書など）の公式の全文を、UTF-8のテキストファイルから読み込みます。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="基本文書の名前（英字）。趣意書は prospectus です。")
        parser.add_argument("file", type=Path, help="全文のテキストファイル")

    def handle(self, *args: Any, slug: str, file: Path, **options: Any) -> None:
        document = FoundingDocument.objects.filter(slug=slug).first()
        if document is None:
            raise CommandError(f"「{slug}」という基本文書はありません。先に load_official を実行してください。")
        document.official_text = _text_of(file)
        document.save(update_fields=["official_text"])
        self.stdout.write(f"「{document}」の全文（{len(document.official_text):,}字）を読み込みました。")


def _text_of(file: Path) -> str:
    """The text of a file. Raises CommandError where there is none, or where it is not UTF-8."""
    try:
        text = file.read_text(encoding="utf-8-sig").strip()
    except OSError as error:
        raise CommandError(f"{file.name} を読めません。何も変更していません。") from error
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        raise CommandError(f"{file.name} の{line}行目はUTF-8ではありません。何も変更していません。") from error
    if not text or "\x00" in text:
        raise CommandError(f"{file.name} には文章がないか、使えない文字があります。何も変更していません。")
    return text
