"""A Redis of the test's own, which can be killed without hurting anybody."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_connection

import pytest

from tests.browser.demo_site import free_port


class OwnRedis:
    """Keeps nothing on disk, listens on loopback."""

    process: subprocess.Popen

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*command, "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        for _ in range(100):
            with suppress(OSError), create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        raise TimeoutError(self.url)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """It stands still; its connections stay open."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)


def need_redis() -> None:
    """Without Redis the test is left out, unless REQUIRE_REDIS=1 says that it must be there."""
    if shutil.which("redis-server") is None:
        reason = "Redis is not here. On Debian: apt-get install redis-server"
        pytest.fail(reason) if os.environ.get("REQUIRE_REDIS") == "1" else pytest.skip(reason)


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    need_redis()
    server = OwnRedis(folder)
    server.start()
    try:
        yield server
    finally:
        server.thaw()
        server.kill()
