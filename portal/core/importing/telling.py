"""What the commands that import files have in common: they tell first, and write only when they are told to."""

from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.importing.refusal import FileRefused
from portal.core.importing.remarks import Outcome, Report, RowResult


class ImportCommand(BaseCommand):
    """A command that reads a file. Its exit code is 1 where anything was refused."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="読み込むファイル（10MB、20,000行まで）")
        parser.add_argument("--apply", action="store_true", help="実際に書き込みます")
        parser.add_argument("--strict", action="store_true", help="拒否する行が一つでもあれば、何も書き込みません")

    def read(self, source: BinaryIO, **options: Any) -> Report:
        """What becomes of an open file."""
        raise NotImplementedError

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as source:
                report = self.read(source, **options)
        except OSError as error:
            raise CommandError(f"{file}：ファイルを開けません。") from error
        except FileRefused as error:
            raise CommandError(f"{file.name}：{error}") from error
        self._tell(file.name, report, apply=options["apply"])
        if refused := report.count(Outcome.REFUSED):
            raise CommandError(f"{refused:,}行を拒否しました。")

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
    if apply:
        return "拒否する行があるため、何も書き込みませんでした。"
    return "確かめただけで、書き込んでいません（--apply で書き込みます）。"
