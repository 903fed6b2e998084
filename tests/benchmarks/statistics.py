"""How the numbers bear very many records: `python -m tests.benchmarks.statistics`. Prints times and queries.

It fails where a table asks more of the database than it may. Times depend on the machine, and only inform.
PostgreSQL is measured as well where TEST_POSTGRES_URL names one.
"""

import os
import subprocess
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from collections.abc import Callable  # noqa: E402
from datetime import date  # noqa: E402
from statistics import median  # noqa: E402
from time import perf_counter  # noqa: E402

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from portal.statistics.coverage import coverage_on  # noqa: E402
from portal.statistics.matrix import matrix_on  # noqa: E402
from portal.statistics.partners import partners_by_prefecture, partners_on  # noqa: E402
from portal.statistics.years import chart_of, years_until  # noqa: E402
from tests.benchmarks.many_records import write_records  # noqa: E402

# Early, in the middle, and late among the records: the time should hardly move.
DAYS = (date(2008, 4, 1), date(2016, 4, 1), date(2026, 4, 1))
RUNS, MOST_QUERIES, MOST_MILLISECONDS = 7, 6, 150
TABLES: dict[str, Callable[[date], object]] = {
    "連携自治体": partners_on,
    "都道府県別": partners_by_prefecture,
    "都道府県別の割合": coverage_on,
    "区と都道府県の組合せ": matrix_on,
    "年度ごと": lambda day: chart_of(years_until(day)),
}


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def milliseconds(count: Callable[[date], object], day: date) -> float:
    """The median of several runs, after one that does not count."""
    times = []
    for _ in range(RUNS + 1):
        start = perf_counter()
        count(day)
        times.append((perf_counter() - start) * 1000)
    return median(times[1:])


def queries(count: Callable[[date], object], day: date) -> int:
    with CaptureQueriesContext(connection) as asked:
        count(day)
    return len(asked)


def report(label: str, count: Callable[[date], object]) -> bool:
    """Prints the line of a table. Whether it takes more queries than it may."""
    taken = [milliseconds(count, day) for day in DAYS]
    asked = max(queries(count, day) for day in DAYS)
    slow = f"（目標の {MOST_MILLISECONDS} ms を超えています）" if max(taken) > MOST_MILLISECONDS else ""
    over = " 超過" if asked > MOST_QUERIES else ""
    times = "、".join(f"{day.year}年 {time:.0f} ms" for day, time in zip(DAYS, taken, strict=True))
    say(f"  {label}：{times}{slow}、クエリ {asked}（{MOST_QUERIES} まで）{over}")
    return asked > MOST_QUERIES


def measured_here() -> int:
    """Measures in a scratch database beside the one of the tests; how many tables break their budget of queries."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        call_command("load_reference", verbosity=0)
        say(f"{connection.vendor}：{'、'.join(write_records())}。{RUNS}回の中央値")
        return sum(report(label, count) for label, count in TABLES.items())
    finally:
        runner.teardown_databases(databases)


def measured_on(postgres_url: str) -> int:
    """The same in a process of its own, whose settings name that server."""
    environment = os.environ | {"TEST_DATABASE_URL": postgres_url, "TEST_POSTGRES_URL": ""}
    return subprocess.run([sys.executable, "-m", "tests.benchmarks.statistics"], env=environment).returncode


def main() -> int:
    servers = filter(None, [os.environ.get("TEST_POSTGRES_URL")])
    return max([measured_here(), *map(measured_on, servers)])


if __name__ == "__main__":
    sys.exit(main())
