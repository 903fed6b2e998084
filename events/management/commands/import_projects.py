"""Imports a table of ward projects; without --apply it only says what it would do."""

from typing import Any, BinaryIO

from events.importing.projects import import_projects
from portal.core.importing.remarks import Report
from portal.core.importing.telling import ImportCommand

HELP = """各区事業の表（CSV・TSV・xlsx）を取り込みます。指定がなければ、確かめるだけで何も書き込みません。

番号が同じ行は同じ事業です。番号がなければ、区・年度・事業名が同じ事業とみなします。新しい事業は「起案」になります。
空欄のセルはその項目を空にし（分野と実施状況は変えません）、ファイルにない列の項目は変えません。"""


class Command(ImportCommand):
    help = HELP

    def read(self, source: BinaryIO, **options: Any) -> Report:
        return import_projects(source, apply=options["apply"], is_strict=options["strict"])
