"""The server as it runs in the container: several processes that count together, and a reload that loses nobody."""

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Event as Flag
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from portal.env import BASE_DIR

pytestmark = pytest.mark.slow


def command_of_the_image(port):
    """What the Dockerfile starts, on a port of its own."""
    text = (BASE_DIR / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    (listed,) = re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)
    program, *arguments = json.loads(listed)
    return [sys.executable, "-m", program, *[word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in arguments]]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Server:
    def __init__(self, process, address, log):
        self.process, self.address, self.log = process, address, log

    def get(self, path):
        try:
            with urlopen(self.address + path, timeout=20) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def lines(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@contextmanager
def running(folder, database):
    port = free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": database,
        "DATA_DIR": str(folder),
        "TMPDIR": str(folder),
        "CACHE_URL": "locmemcache://",
    }
    (folder / "static").mkdir()
    log = folder / "log"
    with log.open("w") as written:
        command = command_of_the_image(port)
        process = subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=written, stderr=written)
        try:
            server = Server(process, f"http://127.0.0.1:{port}", log)
            wait_for(server)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=40)


def wait_for(server):
    for _ in range(200):
        with suppress(URLError, OSError):
            server.get("/healthz")
            return
        time.sleep(0.1)
    pytest.fail(shlex.join(server.process.args))


def test_the_processes_count_together_and_write_objects(tmp_path):
    with running(tmp_path, "") as server:
        for _ in range(40):
            assert server.get("/healthz") == (200, "ok")
        told = server.get("/metrics")[1]
        (folder,) = tmp_path.glob("portal-metrics-*")
        processes = {re.search(r"_(\d+)\.db$", path.name)[1] for path in folder.glob("histogram_*.db")}

    samples = [sample for family in text_string_to_metric_families(told) for sample in family.samples]
    (count,) = [
        sample.value
        for sample in samples
        if (sample.name, sample.labels.get("view")) == ("portal_request_seconds_count", "healthz")
    ]
    assert count >= 40
    assert len(processes) == 2
    assert {"time", "level", "logger", "message", "request_id"} <= set.intersection(*map(set, server.lines()))
    assert "gunicorn.error" in {line["logger"] for line in server.lines()}
    assert list(tmp_path.glob("portal-metrics-*")) == []


def test_a_reload_loses_no_request(tmp_path):
    """With a database that is silent, /readyz takes three seconds: they are asked before, and answered after."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        database = f"postgres://portal@127.0.0.1:{silent.getsockname()[1]}/portal"
        with running(tmp_path, database) as server, ThreadPoolExecutor(6) as pool:
            before = workers_of(server)
            stopped = Flag()

            def ask_again_and_again():
                found = []
                while not stopped.is_set():
                    found.append(server.get("/healthz"))
                return found

            quick = [pool.submit(ask_again_and_again) for _ in range(2)]
            slow = [pool.submit(server.get, "/readyz") for _ in range(3)]
            time.sleep(1)
            server.process.send_signal(signal.SIGHUP)
            assert [json.loads(answer.result()[1])["checks"]["database"] for answer in slow] == ["timeout"] * 3
            time.sleep(2)
            stopped.set()
            answered = [answer for future in quick for answer in future.result()]
            after = new_workers_of(server, before)

    assert set(answered) == {(200, "ok")}
    assert len(answered) > 100
    assert len(after) == 2


def new_workers_of(server, before):
    """Who serves once the last of those before has ended."""
    for _ in range(350):
        if before.isdisjoint(workers_of(server)):
            break
        time.sleep(0.1)
    return workers_of(server) - before


def workers_of(server):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server.process.pid)], capture_output=True, text=True)
    return set(listed.stdout.split())
