"""Imports a file of events in one of the public formats; without --apply it only says what it would do."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.importing.events import Options, import_events
from events.importing.refusal import FileRefused
from events.importing.remarks import Outcome, Report, RowResult
from events.profiles import PROFILES

HELP = """イベントのファイル（CSV・TSV・xlsx）を取り込みます。指定がなければ、確かめるだけで何も書き込みません。

団体コードと番号（NO）が同じ行は、同じイベントです。空欄のセルはその項目を空にし、ファイルにない列の項目は変えません。
新しいイベントは「起案」になり、公開中のイベントは公開のまま変わります。会場と連絡先は、分かっていない項目だけを補います。"""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="読み込むファイル（10MB、20,000行まで）")
        parser.add_argument("--apply", action="store_true", help="実際に書き込みます")
        parser.add_argument("--publish", action="store_true", help="新しいイベントをすぐに公開します")
        parser.add_argument("--strict", action="store_true", help="拒否する行が一つでもあれば、何も書き込みません")
        parser.add_argument("--owner", default="", metavar="CODE", help="この団体コードの行だけを受け付けます")
        parser.add_argument("--profile", choices=PROFILES, help="形式を決めて読みます（ふつうは見出しから分かります）")

    def handle(self, *, file: Path, apply: bool, profile: str | None, **options: Any) -> None:
        profiles = (PROFILES[profile],) if profile else tuple(PROFILES.values())
        chosen = Options(options["owner"], profiles, publish=options["publish"], is_strict=options["strict"])
        try:
            with file.open("rb") as source:
                report = import_events(source, chosen, apply=apply)
        except OSError as error:
            raise CommandError(f"{file}：ファイルを開けません。") from error
        except FileRefused as error:
            raise CommandError(f"{file.name}：{error}") from error
        self._tell(file.name, report, apply=apply)
        if report.count(Outcome.REFUSED):
            raise CommandError(f"{report.count(Outcome.REFUSED):,}行を拒否しました。")

    def _tell(self, name: str, report: Report, *, apply: bool) -> None:
        self.stdout.write(f"{name}（{report.label}）：{report.profile}")
        if report.unknown:
            self.stdout.write(f"取り込まない列：{'、'.join(report.unknown)}")
        if report.absent:
            self.stdout.write(f"ファイルにない列（変えません）：{'、'.join(report.absent)}")
        for result in report.results:
            self._tell_row(result)
        self.stdout.write("、".join(f"{outcome}{count:,}件" for outcome, count in report.counts.items()))
        self.stdout.write(_ending(report, apply=apply))

    def _tell_row(self, result: RowResult) -> None:
        self.stdout.write(f"{result.number:>6}行目　{result.outcome}　{result.name}")
        for said in (*result.problems, *result.changes):
            self.stdout.write(f"　　　　　　　　{said}")
        for note in result.notes:
            self.stdout.write(f"　　　　　　　　※{note}")


def _ending(report: Report, *, apply: bool) -> str:
    if report.is_applied:
        return "書き込みました。"
    return (
        "拒否する行があるため、何も書き込みませんでした。"
        if apply
        else "確かめただけで、書き込んでいません（--apply で書き込みます）。"
    )
