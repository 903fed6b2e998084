"""Files of one fictional town, brought in; and what the report says of them."""

from events.importing.events import Options, import_events
from events.profiles import RECOMMENDED
from tests.core.importing.files import csv_file

CODE = "都道府県コード又は市区町村コード"


def row(**cells):
    """A row of the 32 columns: a fictional event of 角田市."""
    return {
        CODE: "042081",
        "NO": "7",
        "都道府県名": "宮城県",
        "市区町村名": "角田市",
        "イベント名": "架空の梅まつり",
        "開始日": "2027-03-06",
        "終了日": "2027-03-07",
        **cells,
    }


def bring(*rows, profile=RECOMMENDED, header=None, apply=True, **options):
    source = csv_file(header or profile.headers, *rows)
    return import_events(source, Options(**options), apply=apply)


def problems(report):
    return [str(problem) for result in report.results for problem in result.problems]


def notes(report):
    return [str(note) for result in report.results for note in result.notes]


def changes(report):
    return [str(change) for result in report.results for change in result.changes]


def outcomes(report):
    return [result.outcome for result in report.results]
