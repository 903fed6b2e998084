"""The demo site, built once; each module takes a copy that it may break."""

import shutil

import pytest

from tests.browser.demo_site import build, environment_of, free_port, manage
from tests.faults.postgres import own_postgres
from tests.faults.wire import wire_to


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A folder with the whole demo site, on SQLite."""
    folder = tmp_path_factory.mktemp("built")
    build(environment_of(folder, f"sqlite:///{folder / 'db.sqlite3'}"))
    return folder


@pytest.fixture(scope="module")
def folder(built, tmp_path_factory):
    """A copy of it."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(built, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def environment(folder):
    """What the site in the copy reads from its environment."""
    return environment_of(folder, f"sqlite:///{folder / 'db.sqlite3'}")


@pytest.fixture(scope="session")
def on_postgres(tmp_path_factory):
    """The demo site on a PostgreSQL of its own at the end of a wire, with a mirror: both, and its environment.

    It is built once; whoever breaks something heals it.
    """
    folder = tmp_path_factory.mktemp("faults")
    with own_postgres(free_port()) as server, wire_to(server.port) as wire:
        environment = environment_of(folder, server.url.replace(str(server.port), str(wire.port)))
        build(environment)
        manage(environment, "export_mirror", "--anew")
        yield server, wire, environment
