"""How long a file of 2,000 rows takes to import, and how much memory: `python -m tests.benchmarks.import_events`.

It uses a database of its own, in memory unless DATABASE_URL names another, and rolls everything back. Fails where a
file takes longer than ten seconds, or where ten times the rows take much more memory.
"""

import io
import os
import sys
import time
import tracemalloc

os.environ.setdefault("SECRET_KEY", "benchmark-only-" + "x" * 50)
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from events.importing.events import import_events  # noqa: E402
from events.profiles import PROFILES, RECOMMENDED  # noqa: E402
from tests.core.importing.files import csv_file, workbook  # noqa: E402

ROWS, LONGEST_SECONDS, MOST_MEGABYTES = 2_000, 10, 100
CELLS = {
    "都道府県コード又は市区町村コード": "042081",
    "都道府県名": "宮城県",
    "開始日": "令和9年3月6日（土）～7日",
    "開始時間": "10:00～16:00",
    "開始時刻": "10:00",
    "料金(基本)": "無料",
    "定員": "先着50名",
    "主催者": "角田市",
    "主催団体": "角田市",
    "説明": "架空の催しです。" * 4,
    "概要": "架空の催しです。" * 4,
    "備考": "架空",
}


def rows(number: int) -> list[dict[str, str]]:
    return [
        {
            **CELLS,
            "NO": str(place),
            "イベント名": f"架空の催し{place}",
            "名称": f"架空の催し{place}",
            "場所名称": f"架空会館{place % 100}",
            "住所": f"宮城県角田市角田字架空{place % 100}",
            "連絡先名称": f"架空課{place % 50}",
            "連絡先電話番号": "0224-00-0000",
        }
        for place in range(number)
    ]


def measured(label: str, source: io.BytesIO, *, apply: bool) -> tuple[float, float]:
    """Seconds without, and the peak of megabytes with the memory being watched."""
    began = time.perf_counter()
    with transaction.atomic():
        import_events(source, apply=apply)
        transaction.set_rollback(True)
    seconds = time.perf_counter() - began
    source.seek(0)
    tracemalloc.start()
    with transaction.atomic():
        import_events(source, apply=apply)
        transaction.set_rollback(True)
    peak = tracemalloc.get_traced_memory()[1] / 1024**2
    tracemalloc.stop()
    print(f"{label}\t{seconds:.1f}秒\t{peak:.1f}MB")  # noqa: T201
    return seconds, peak


def main() -> int:
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0, stdout=io.StringIO())
    seconds = []
    for profile in PROFILES.values():
        text, book = csv_file(profile.headers, *rows(ROWS)), workbook(profile.headers, *rows(ROWS))
        seconds.append(measured(f"{profile.id} CSV {ROWS}行 確認", text, apply=False)[0])
        seconds.append(measured(f"{profile.id} CSV {ROWS}行 新規", text, apply=True)[0])
        seconds.append(measured(f"{profile.id} xlsx {ROWS}行 新規", book, apply=True)[0])
    text = csv_file(RECOMMENDED.headers, *rows(ROWS))
    with transaction.atomic():
        import_events(text, apply=True)
        text.seek(0)
        seconds.append(measured(f"CSV {ROWS}行 同じ", text, apply=True)[0])
        changed = csv_file(RECOMMENDED.headers, *({**row, "備考": "変更"} for row in rows(ROWS)))
        seconds.append(measured(f"CSV {ROWS}行 変更", changed, apply=True)[0])
        transaction.set_rollback(True)
    peak = measured("CSV 20000行 確認", csv_file(RECOMMENDED.headers, *rows(10 * ROWS)), apply=False)[1]
    return int(max(seconds) > LONGEST_SECONDS or peak > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
