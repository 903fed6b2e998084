"""Servers under load by wrk: how fast they answer, and what they take of the machine."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.browser.demo_site import ROOT, free_port, wait_until_it_answers

SECONDS, WARM_UP, ROUNDS, THREADS, WORKERS = 3, 2, 5, 4, 2
NOTHING: Mapping[str, str] = {}


class Subject(NamedTuple):
    """What is measured: its name, the application, the address, the environment beside the usual, a script for wrk."""

    label: str
    application: str
    address: str
    environment: Mapping[str, str] = NOTHING
    script: str = ""


class Measured(NamedTuple):
    """Requests a second; milliseconds for half and for all but one of a hundred; requests and how many failed;
    milliseconds of the processors a request; MB a worker."""

    rate: float
    half: float
    most: float
    requests: int
    errors: int
    processor: float = 0.0
    memory: float = 0.0


class Compared(NamedTuple):
    """A subject, its yardstick, and how the one's requests a second stand to the other's."""

    subject: Measured
    yardstick: Measured
    ratio: float


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
        wait_until_it_answers(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def compared(subject: Subject, yardstick: Subject, environment: dict[str, str]) -> Compared:
    """Both under load by turns, a few seconds each: what slows the machine for a while slows both.

    The ratio is the median of the turns' ratios.
    """
    with serving(subject, environment) as ours, serving(yardstick, environment) as theirs:
        return by_turns(partial(_turn, subject, *ours), partial(_turn, yardstick, *theirs))


def by_turns(ours: Callable[[int], Measured], theirs: Callable[[int], Measured]) -> Compared:
    """What two kinds of load measure that are put on by turns, each after a moment that does not count."""
    ours(WARM_UP), theirs(WARM_UP)
    turns = [(ours(SECONDS), theirs(SECONDS)) for _ in range(ROUNDS)]
    ratio = median(mine.rate / other.rate for mine, other in turns)
    return Compared(_together([mine for mine, _ in turns]), _together([other for _, other in turns]), ratio)


def _turn(subject: Subject, site: str, process: int, seconds: int) -> Measured:
    workers = workers_of(process)
    before = processor_seconds(workers)
    got = load(f"{site}{subject.address}", seconds, script=subject.script)
    used = (processor_seconds(workers) - before) * 1000 / max(got.requests, 1)
    return got._replace(processor=used, memory=megabytes(workers))


def _together(turns: list[Measured]) -> Measured:
    """The median of each measure; every request and every error; the most memory."""
    middle = Measured(*(median(values) for values in zip(*turns, strict=True)))
    requests, errors = sum(turn.requests for turn in turns), sum(turn.errors for turn in turns)
    return middle._replace(requests=requests, errors=errors, memory=max(turn.memory for turn in turns))


def load(address: str, seconds: int = SECONDS, *, connections: int = 8, script: str = "") -> Measured:
    """What wrk says of an address, or of those that a script asks for there.

    Each request over a connection of its own: those that stay open fall to one worker or the other by chance.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        options = [f"-c{connections}", f"-d{seconds}s", *(["-s", file.name] if script else [])]
        headers = ["-H", "Accept-Encoding: gzip", "-H", "Connection: close"]
        command = ["wrk", "-t1", "--latency", *headers, *options, address]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return Measured(
        float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]),
        _milliseconds(told, "50%"),
        _milliseconds(told, "99%"),
        int(re.search(r"(\d+) requests in", told)[1]),
        int((re.search(r"Non-2xx or 3xx responses: (\d+)", told) or [0, 0])[1]),
    )


def _milliseconds(told: str, share: str) -> float:
    value, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", told).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


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
