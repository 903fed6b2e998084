"""Servers under load by wrk: how fast they answer, and what they take of the machine."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.browser.demo_site import ROOT, free_port, wait_until_it_answers

SECONDS, WARM_UP, THREADS, WORKERS = 5, 2, 4, 2
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


def measured(subject: Subject, environment: dict[str, str]) -> Measured:
    """A subject under load, after a moment that does not count."""
    with serving(subject, environment) as (site, process):
        load(f"{site}{subject.address}", WARM_UP, script=subject.script)
        workers = workers_of(process)
        before = processor_seconds(workers)
        got = load(f"{site}{subject.address}", script=subject.script)
        used = (processor_seconds(workers) - before) * 1000 / got.requests
        return got._replace(processor=used, memory=megabytes(workers))


def load(address: str, seconds: int = SECONDS, *, connections: int = 8, script: str = "") -> Measured:
    """What wrk says of an address, or of those that a script asks for there."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        options = [f"-c{connections}", f"-d{seconds}s", *(["-s", file.name] if script else [])]
        command = ["wrk", "-t1", "--latency", "-H", "Accept-Encoding: gzip", *options, address]
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
