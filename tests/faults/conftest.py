"""The demo site, built once; each module takes a copy that it may break."""

import shutil

import pytest

from tests.browser.demo_site import build, environment_of


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
