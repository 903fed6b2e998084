"""The demo site as `make run` serves it: real data, collected static files, gunicorn."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD, TOTP_SECRET = "demo horse battery staple", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEPS = ["migrate", "load_reference", "load_official", "seed_demo", "collectstatic"]


@contextmanager
def scratch_database(folder: Path, name: str, postgres_url: str = "") -> Iterator[str]:
    """The address of an empty database for a while: a file, or one more on a PostgreSQL."""
    if not postgres_url:
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    name = f"{name}_{os.getpid()}"
    with psycopg.connect(postgres_url, dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(postgres_url)._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(address: str, process: subprocess.Popen) -> None:
    """Waits until there is a page at an address that a process has just begun to serve."""
    for _ in range(150):
        assert process.poll() is None, "The server stopped."
        with suppress(URLError, OSError), urlopen(address, timeout=2):
            return
        time.sleep(0.2)
    raise TimeoutError(address)


def environment_of(folder: Path, database_url: str) -> dict[str, str]:
    """What a site that lives in a folder reads from its environment."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": "browser-tests-" + "x" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "false",
        "DEMO_SITE": "true",
        "DEMO_PASSWORD": PASSWORD,
        "DEMO_TOTP_SECRET": TOTP_SECRET,
        "TASKS": "immediate",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
    }


def manage(environment: dict[str, str], command: str, *arguments: str) -> str:
    """Runs a command of the portal; what it wrote to its standard output."""
    whole = [sys.executable, "manage.py", command, *arguments]
    return subprocess.run(whole, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def build(environment: dict[str, str]) -> None:
    """Fills an empty site with what `make run` fills it with."""
    for step in STEPS:
        manage(environment, step, "--verbosity", "0", *(["--no-input"] if step in ("migrate", "collectstatic") else []))


@contextmanager
def served(environment: dict[str, str], port: int, *options: str) -> Iterator[str]:
    """Serves a site on loopback with gunicorn's options; gives its address."""
    with serving(environment, port, *options) as (address, _):
        yield address


@contextmanager
def serving(environment: dict[str, str], port: int, *options: str) -> Iterator[tuple[str, subprocess.Popen]]:
    """The same; gives its address and gunicorn's own process, whose children are the workers."""
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--no-control-socket", *options]
    process = subprocess.Popen([*command, "--bind", f"127.0.0.1:{port}"], cwd=ROOT, env=environment)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def running_site(folder: Path, port: int) -> Iterator[str]:
    """Builds the demo site in a folder and serves it; gives its address."""
    with scratch_database(folder, "demo_site", os.environ.get("TEST_DATABASE_URL", "")) as database_url:
        environment = environment_of(folder, database_url)
        build(environment)
        with served(environment, port, "--threads", "4") as address:
            yield address
