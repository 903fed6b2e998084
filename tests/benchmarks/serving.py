"""How many pages a second two processors give, beside two yardsticks in the same minute: `make bench`.

What is compared are ratios: machines differ and are noisy. The last accepted ones stand in docs/performance.md; a page
that has become slower by more than a fifth is named. SIZE sets how many events there are.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.browser.demo_site import ROOT, environment_of, free_port, manage, scratch_database, wait_until_it_answers

ACCEPTED = ROOT / "docs" / "performance.md"
SECONDS, THREADS, WORKERS = 5, 4, 2
SLOWER = 0.8
WRITE = """
from django.utils import timezone
from tests.benchmarks.many_events import write_events
write_events({size}, timezone.localdate())
"""


ONE = "from events.models import Event; print(Event.objects.order_by('pk')[3].pk)"


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Subject(NamedTuple):
    """What is measured: the name, the application, the address, the environment beside the usual, the yardstick."""

    label: str
    application: str
    address: str
    yardstick: str = ""
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def probe(self) -> str:
        """What tells that it answers."""
        return "/healthz" if self.yardstick else "/"


FRESH = (("PAGE_CACHE", "off"),)
BARE, PLAIN = "gunicorn だけ（20 KB）", "Django だけの20行の一覧"
SUBJECTS = [
    Subject(BARE, "tests.benchmarks.yardsticks:bare", "/"),
    Subject(PLAIN, "tests.benchmarks.yardsticks:plain()", "/"),
    Subject("イベントの一覧", "portal.wsgi", "/events/", PLAIN, FRESH),
    Subject("自治体の一覧", "portal.wsgi", "/municipalities/", PLAIN, FRESH),
    Subject("ホーム", "portal.wsgi", "/", PLAIN, FRESH),
    Subject("イベント", "portal.wsgi", "/events/{event}/", PLAIN, FRESH),
    Subject("自治体", "portal.wsgi", "/municipalities/122084/", PLAIN, FRESH),
    Subject("保ったホーム", "portal.wsgi", "/", BARE),
    Subject("保ったイベントの一覧", "portal.wsgi", "/events/", BARE),
]


class Measured(NamedTuple):
    """Requests a second; milliseconds for half and for all but one of a hundred; CPU a request; MB a worker; errors."""

    rate: float
    half: float
    most: float
    processor: float
    memory: float
    errors: int


@contextmanager
def serving(subject: Subject, environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The application behind gunicorn; its address and the number of the process that begins the others."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", subject.application, "--no-control-socket", "--log-level", "error"]
    options = ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--worker-class", "gthread"]
    process = subprocess.Popen(
        [*command, *options, "--threads", str(THREADS)],
        cwd=ROOT,
        env=environment | dict(subject.environment),
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}{subject.probe}", process)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def workers_of(process: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=True)
    return [int(line) for line in listed.stdout.split()]


def processor_seconds(processes: list[int]) -> float:
    """What they have used of the processors so far."""
    stats = [Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split() for number in processes]
    return sum(int(fields[11]) + int(fields[12]) for fields in stats) / os.sysconf("SC_CLK_TCK")


def megabytes(processes: list[int]) -> float:
    """What the largest of them holds in memory."""
    lines = [Path(f"/proc/{number}/status").read_text() for number in processes]
    return max(int(re.search(r"VmRSS:\s+(\d+)", line)[1]) for line in lines) / 1024


def load(address: str, seconds: int) -> str:
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip", address]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def measure(subject: Subject, address: str, environment: dict[str, str]) -> Measured:
    with serving(subject, environment) as (site, process):
        load(f"{site}{address}", 2)
        workers = workers_of(process)
        before = processor_seconds(workers)
        told = load(f"{site}{address}", SECONDS)
        used = processor_seconds(workers) - before
        return Measured(
            float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]),
            _milliseconds(told, "50%"),
            _milliseconds(told, "99%"),
            used * 1000 / int(re.search(r"(\d+) requests in", told)[1]),
            megabytes(workers),
            int((re.search(r"Non-2xx or 3xx responses: (\d+)", told) or [0, 0])[1]),
        )


def _milliseconds(told: str, share: str) -> float:
    value, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", told).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def accepted(engine: str) -> dict[str, float]:
    """The last accepted ratio of each page on a database."""
    if not ACCEPTED.exists():
        return {}
    rows = re.findall(rf"^\| {engine} \| ([^|]+) \|.*\| ([\d.]+) \|$", ACCEPTED.read_text(), re.MULTILINE)
    return {label.strip(): float(ratio) for label, ratio in rows}


def report(engine: str, environment: dict[str, str]) -> None:
    event = manage(
        environment,
        "shell",
        "--verbosity",
        "0",
        "--command",
        ONE,
    ).split()[-1]
    before, rates = accepted(engine), {}
    say("| データベース | ページ | 件/秒 | 50% ms | 99% ms | CPU ms/件 | MB | 比べるもの | 比 |")
    say("|---|---|--:|--:|--:|--:|--:|---|--:|")
    for subject in SUBJECTS:
        got = measure(subject, subject.address.format(event=event), environment)
        rates[subject.label] = got.rate
        ratio = got.rate / rates[subject.yardstick] if subject.yardstick else 1.0
        figures = f"{got.rate:,.0f} | {got.half:.1f} | {got.most:.1f} | {got.processor:.2f} | {got.memory:.0f}"
        say(f"| {engine} | {subject.label} | {figures} | {subject.yardstick or '–'} | {ratio:.2f} |")
        if got.errors:
            sys.exit(f"{subject.label}：{got.errors}件が失敗しました。")
        if subject.yardstick and ratio < before.get(subject.label, 0) * SLOWER:
            say(f"　　遅くなりました：{subject.label}（前回の比 {before[subject.label]:.2f}）")


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk が見つかりません。Debian では次で入ります：sudo apt-get install wrk")
    size = int(os.environ.get("SIZE", "1000"))
    for server in ("", *filter(None, [os.environ.get("TEST_POSTGRES_URL")])):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
            database_url = stack.enter_context(scratch_database(folder, "bench", server))
            environment = environment_of(folder, database_url) | {"LOG_LEVEL": "ERROR", "DEMO_SITE": "false"}
            for command in ("migrate", "load_reference", "load_official", "collectstatic"):
                options = ["--no-input"] if command in ("migrate", "collectstatic") else []
                manage(environment, command, "--verbosity", "0", *options)
            manage(environment, "shell", "--command", WRITE.format(size=size))
            report("PostgreSQL" if server else "SQLite", environment)


if __name__ == "__main__":
    main()
