"""How many pages a second two processors give, beside two yardsticks in the same minutes: `make bench`.

What is compared are ratios: machines differ and are noisy. The last accepted ones stand in docs/performance.md; a page
that has become slower by more than a fifth is named. SIZES are the numbers of events: 1000,10000,100000.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple
from urllib.request import Request, urlopen

from tests.benchmarks.load import Compared, Subject, by_turns, compared, load, megabytes, serving, workers_of
from tests.browser.demo_site import ROOT, environment_of, free_port, manage, scratch_database
from tests.faults.proxy import nginx_before

ACCEPTED = ROOT / "docs" / "performance.md"
SLOWER = 0.8
ENDURANCE, STEP = 100_000, 25_000
WRITE = "from tests.benchmarks.many_pages import write_pages; write_pages({size})"
FIRST_EVENT = "from events.models import Event; print(Event.objects.order_by('pk')[3].pk)"
PLACES = "from municipalities.models import Municipality as M; print(*M.objects.outside_the_wards().in_bulk())"
QUERIES = "from tests.benchmarks.many_pages import queries_of; print(*queries_of({address!r}))"

FRESH = {"PAGE_CACHE": "off"}
PAGES = {
    "イベントの一覧": "/events/",
    "自治体の一覧": "/municipalities/",
    "ホーム": "/",
    "イベント": "/events/{event}/",
    "自治体": "/municipalities/122084/",
    "検索": "/search/?q=%E5%82%AC%E3%81%97",
}
BARE = Subject("gunicorn だけ（20 KB）", "tests.benchmarks.yardsticks:bare", "/")
PLAIN = Subject("Django だけの20行の一覧", "tests.benchmarks.yardsticks:plain()", "/")
# Each request asks for what nobody asked for before: nothing of it is known.
NEW_QUESTIONS = """
local wards = {101, 105, 109, 113, 117, 121, 125, 129, 133, 137, 141, 145, 149, 153, 157, 161, 165, 169, 173, 177}
local kinds = {"lecture", "course", "exhibition", "fair", "tour", "symposium"}
math.randomseed(os.time())
request = function()
  local ward, kind = wards[math.random(#wards)], kinds[math.random(#kinds)]
  local address = "/events/?when=all&ward=13" .. ward .. "&kind=" .. kind .. "&prefecture=" .. math.random(10, 47)
  return wrk.format("GET", address .. "&page=1&status=" .. (math.random(2) == 1 and "planned" or "held"))
end
"""
# Every municipality, a few of them most of the time, as people ask.
TOWNS = """
local places = {%s}
request = function()
  return wrk.format("GET", "/municipalities/" .. places[math.floor(#places * math.random() ^ 6) + 1] .. "/")
end
"""


class Page(NamedTuple):
    """A page of the portal and what it is held against."""

    subject: Subject
    yardstick: Subject


def pages(event: str) -> list[Page]:
    """The pages that are measured where nothing is kept, and two that are."""
    fresh = ((label, address.format(event=event)) for label, address in PAGES.items())
    made = [Page(Subject(label, "portal.wsgi", address, FRESH), PLAIN) for label, address in fresh]
    new = Subject("はじめての条件の一覧", "portal.wsgi", "/events/?when=all&ward=131016", FRESH, NEW_QUESTIONS)
    kept = [("保ったホーム", "/"), ("保ったイベントの一覧", "/events/")]
    return [*made, Page(new, PLAIN), *(Page(Subject(label, "portal.wsgi", path), BARE) for label, path in kept)]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def accepted() -> dict[tuple[str, ...], float]:
    """The last accepted ratios, by database, number of events and page."""
    if not ACCEPTED.exists():
        return {}
    row = re.compile(r"^\| (\w+) \| ([\d,]+) \| ([^|]+) \|.*\| ([\d.]+) \|$", re.MULTILINE)
    found = row.findall(ACCEPTED.read_text())
    return {(engine, size, label.strip()): float(ratio) for engine, size, label, ratio in found}


class Table:
    """The table as it grows, a row a page."""

    def __init__(self, engine: str, size: int):
        self.engine, self.size, self.before = engine, f"{size:,}", accepted()
        measures = "件/秒 | 50% ms | 99% ms | CPU ms/件 | クエリ（はじめて→次） | MB"
        say(f"| データベース | イベント | ページ | {measures} | 比べるもの | 比 |")
        say("|---|--:|---|--:|--:|--:|--:|--:|--:|---|--:|")

    def row(self, page: Page, measured: Compared, queries: str) -> None:
        """Prints a row; says where the ratio is much lower than the accepted one. Ends where answers failed."""
        label, (got, yardstick, ratio) = page.subject.label, measured
        if got.errors:
            sys.exit(f"{label}：{got.errors}件が失敗しました。")
        times = f"{got.rate:,.0f} | {got.half:.1f} | {got.most:.1f} | {got.processor:.2f}"
        against = f"{page.yardstick.label} {yardstick.rate:,.0f}件/秒"
        rest = f"{queries} | {got.memory:.0f} | {against} | {ratio:.2f}"
        say(f"| {self.engine} | {self.size} | {label} | {times} | {rest} |")
        last = self.before.get((self.engine, self.size, label), 0)
        if ratio < last * SLOWER:
            say(f"　　遅くなりました：{label}（前回の比 {last:.2f}）")


def report(engine: str, size: int, environment: dict[str, str]) -> None:
    """Measures every page by turns with its yardstick."""
    table = Table(engine, size)
    for page in pages(_ask(environment, FIRST_EVENT)):
        queries = "→".join(_ask(environment, QUERIES.format(address=page.subject.address)).split())
        table.row(page, compared(page.subject, page.yardstick, environment), queries)
    home, file = Subject("nginx を通したホーム", "", "/"), Subject("nginx の同じ中身のファイル", "", "")
    table.row(Page(home, file), _behind_nginx(environment), "–")


def report_growth(engine: str, sites: dict[int, dict[str, str]]) -> None:
    """Measures each page among very many events by turns with the same page among few."""
    (few, small), (many, large) = min(sites.items()), max(sites.items())
    table = Table(engine, many)
    for subject, _ in pages(_ask(large, FIRST_EVENT))[: len(PAGES)]:
        label = f"{subject.label}（{few:,}件と）"
        among_many, among_few = (
            Subject(name, subject.application, subject.address, site | dict(FRESH))
            for name, site in ((label, large), (f"{few:,}件の同じページ", small))
        )
        table.row(Page(among_many, among_few), compared(among_many, among_few, large), "–")


def _ask(environment: dict[str, str], question: str) -> str:
    return manage(environment, "shell", "--verbosity", "0", "--command", question).strip().split("\n")[-1]


def _behind_nginx(environment: dict[str, str]) -> Compared:
    """The home page through nginx, and a file of the very bytes that it sends for it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-nginx-")))
        site, _ = stack.enter_context(serving(Subject("", "portal.wsgi", "/"), environment))
        proxy = stack.enter_context(nginx_before(folder, site, free_port(), environment))
        asked = Request(f"{proxy}/", headers={"Accept-Encoding": "gzip"})
        with urlopen(asked, timeout=10) as response:
            Path(environment["DATA_DIR"], "static", "bench.bin").write_bytes(response.read())
        page, file = (partial(load, f"{proxy}{path}", connections=64) for path in ("/", "/static/bench.bin"))
        return by_turns(page, file)


def endure(environment: dict[str, str]) -> None:
    """How long it takes to the first answer, and what a worker holds after very many of different pages."""
    towns = TOWNS % ", ".join(f'"{place}"' for place in _ask(environment, PLACES).split())
    began = perf_counter()
    with serving(Subject("", "portal.wsgi", "/"), environment) as (site, process):
        say(f"はじめての答えまで {perf_counter() - began:.1f} 秒")
        told, asked = [], 0
        while asked < ENDURANCE:
            asked += load(f"{site}/", script=towns).requests
            if asked >= STEP * (len(told) + 1):
                told.append(f"{asked:,}件の後 {megabytes(workers_of(process)):.0f} MB")
        say(f"さまざまな自治体のページ：{'、'.join(told)}")


def main() -> None:
    for program in ("wrk", "nginx"):
        if shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin") is None:
            sys.exit(f"{program} が見つかりません。Debian では次で入ります：sudo apt-get install wrk nginx-light")
    sizes = sorted(map(int, os.environ.get("SIZES", "1000,100000").split(",")))
    for server in ("", *filter(None, [os.environ.get("TEST_POSTGRES_URL")])):
        with ExitStack() as stack:
            sites = {size: stack.enter_context(_site(server, size)) for size in sizes}
            for size, environment in sites.items():
                report(_engine(server), size, environment)
                endure(environment)
            if len(sites) > 1:
                report_growth(_engine(server), sites)


def _engine(server: str) -> str:
    return "PostgreSQL" if server else "SQLite"


@contextmanager
def _site(server: str, size: int) -> Iterator[dict[str, str]]:
    """The environment of a site with so many events."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        with scratch_database(folder, f"bench_{size}", server) as url:
            environment = environment_of(folder, url) | {"LOG_LEVEL": "ERROR", "DEMO_SITE": "false"}
            build(environment, size)
            yield environment


def build(environment: dict[str, str], size: int) -> None:
    """Fills an empty site."""
    for command in ("migrate", "load_reference", "load_official", "collectstatic"):
        options = ["--no-input"] if command in ("migrate", "collectstatic") else []
        manage(environment, command, "--verbosity", "0", *options)
    say(f"{size:,}件のイベントを書き、検索の索引を作っています…")
    manage(environment, "shell", "--verbosity", "0", "--command", WRITE.format(size=size))
    manage(environment, "rebuild_search", "--verbosity", "0")
    if environment["DATABASE_URL"].startswith("postgres"):
        _ask(environment, "from django.db import connection; connection.cursor().execute('VACUUM ANALYZE')")


if __name__ == "__main__":
    main()
