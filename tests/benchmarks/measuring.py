"""Measures pages among few and among very many events, in the database of the environment."""

import sys
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from statistics import median
from time import perf_counter
from typing import NamedTuple

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from events.models import Event, Venue  # noqa: E402
from municipalities.models import Municipality  # noqa: E402
from tests.benchmarks.many_events import SUBSCRIBED, write_events  # noqa: E402

SIZES = (1_000, 100_000)
RUNS, WARM_UP = 25, 5
RATIO = 1.5
PAGES = 3


class Page(NamedTuple):
    """An address that is measured and how many queries it may take."""

    label: str
    address: str
    queries: int


class Result(NamedTuple):
    """Milliseconds: the median and, which a busy machine disturbs less, the fastest; and the number of queries."""

    median: float
    fastest: float
    queries: int


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def pages() -> list[Page]:
    today = timezone.localdate()
    found = [
        Page("月のカレンダー", reverse("event_calendar_month", args=[f"{today:%Y}", f"{today:%m}"]), 6),
        Page("三つの条件の一覧", f"{reverse('event_list')}?when=month&ward=131091&kind=lecture", 6),
    ]
    with suppress(NoReverseMatch):
        town = Municipality.objects.outside_the_wards().order_by("code").values_list("pk", flat=True)[0]
        found.append(Page(f"自治体の購読（{SUBSCRIBED}件）", f"{reverse('event_subscription')}?municipality={town}", 6))
    return found


def measure(page: Page) -> Result:
    """The median of several runs, after some that do not count."""
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        fetch(client, page)
        asked = len(queries)
    times = [timed(lambda: fetch(client, page)) * 1000 for _ in range(WARM_UP + RUNS)][WARM_UP:]
    return Result(median(times), min(times), asked)


def timed(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def fetch(client: "Client", page: Page) -> bytes:
    response = client.get(page.address)
    content = b"".join(response) if response.streaming else response.content
    if response.status_code != 200:
        raise SystemExit(f"{page.address}: {response.status_code}")
    return content


def at_size(number: int) -> dict[str, Result]:
    """What each page takes among so many events."""
    Event.objects.all().delete()
    Venue.objects.all().delete()
    say(f"{number:,}件のイベントを書いています…")
    write_events(number, timezone.localdate())
    settle()
    return {page.label: measure(page) for page in pages()}


def settle() -> None:
    """What PostgreSQL does by itself a minute later; SQLite has no such habit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def say_what_is_missing() -> None:
    if len(pages()) < PAGES:
        say("event_subscription というアドレスはまだないため、購読は測りません。")


def report(results: dict[int, dict[str, Result]]) -> int:
    """Prints the table. How many pages break their budget of queries."""
    small, large = (results[size] for size in SIZES)
    broken = 0
    say(f"{connection.vendor}：{RUNS}回の中央値")
    for page in pages():
        few, many = small[page.label], large[page.label]
        ratio = many.median / few.median
        is_over = max(few.queries, many.queries) > page.queries
        broken += is_over
        say(
            f"  {page.label}：{few.median:.1f} ms → {many.median:.1f} ms、{ratio:.2f} 倍"
            f"{'（目標の1.5倍を超えています）' if ratio > RATIO else ''}"
            f"、最短 {few.fastest:.1f} ms → {many.fastest:.1f} ms、{many.fastest / few.fastest:.2f} 倍"
            f"、クエリ {few.queries} → {many.queries}（{page.queries} まで{'、超過' if is_over else ''}）"
        )
    return broken


def main() -> int:
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0, stdout=StringIO())
    say_what_is_missing()
    return report({number: at_size(number) for number in SIZES})


if __name__ == "__main__":
    sys.exit(main())
