"""Imports a file of events in one of the public formats; without --apply it only says what it would do."""

from typing import Any, BinaryIO

from django.core.management.base import CommandParser

from events.importing.events import Options, import_events
from events.profiles import PROFILES
from portal.core.importing.remarks import Report
from portal.core.importing.telling import ImportCommand

HELP = """イベントのファイル（CSV・TSV・xlsx）を取り込みます。指定がなければ、確かめるだけで何も書き込みません。

団体コードと番号（NO）が同じ行は、同じイベントです。空欄のセルはその項目を空にし、ファイルにない列の項目は変えません。
新しいイベントは「起案」になり、公開中のイベントは公開のまま変わります。会場と連絡先は、分かっていない項目だけを補います。"""


class Command(ImportCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--publish", action="store_true", help="新しいイベントをすぐに公開します")
        parser.add_argument("--owner", default="", metavar="CODE", help="この団体コードの行だけを受け付けます")
        parser.add_argument("--profile", choices=PROFILES, help="形式を決めて読みます（ふつうは見出しから分かります）")

    def read(self, source: BinaryIO, **options: Any) -> Report:
        profiles = tuple(PROFILES[name] for name in PROFILES if options["profile"] in (None, name))
        chosen = Options(options["owner"], profiles, publish=options["publish"], is_strict=options["strict"])
        return import_events(source, chosen, apply=options["apply"])
