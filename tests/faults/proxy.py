"""nginx as docker-compose.yml runs it, on loopback before a portal of the test's own."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.demo_site import ROOT, wait_until_it_answers

CONFIGURATION = ROOT / "docs" / "nginx" / "nginx.conf.template"


def need_nginx() -> str:
    """Where nginx is; without it the test is left out, unless REQUIRE_NGINX=1 says that it must be there."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        reason = "nginx is not here. On Debian: apt-get install nginx-light"
        pytest.fail(reason) if os.environ.get("REQUIRE_NGINX") == "1" else pytest.skip(reason)
    return found


def configuration(folder: Path, portal: str, port: int, environment: dict[str, str]) -> str:
    """The configuration with every word filled in; none may be left over, and what is nginx's own stays."""
    data = Path(environment["DATA_DIR"])
    words = {
        "NGINX_RUN_DIR": folder,
        "NGINX_LISTEN": f"127.0.0.1:{port}",
        "PORTAL_ADDRESS": urlsplit(portal).netloc,
        "STATIC_DIR": data / "static",
        "MEDIA_DIR": data / "media",
        "PAGES_PER_SECOND": 100_000,
        "RATE_LIMITS": environment.get("RATE_LIMITS", "on"),
        "FORWARDED_PROTO": "http",
    }
    return re.sub(r"\$\{([A-Z_]+)\}", lambda word: str(words[word[1]]), CONFIGURATION.read_text())


@contextmanager
def nginx_before(folder: Path, portal: str, port: int, environment: dict[str, str]) -> Iterator[str]:
    """Runs nginx before the portal at an address; gives its own."""
    program = need_nginx()
    file = folder / "nginx.conf"
    file.write_text(configuration(folder, portal, port, environment))
    user = "user root; " if os.geteuid() == 0 else ""
    options = ["-p", str(folder), "-c", str(file), "-e", "stderr", "-g", f"{user}daemon off;"]
    process = subprocess.Popen([program, *options], stderr=subprocess.DEVNULL)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
