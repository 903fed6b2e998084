"""Public pages come from a copy of the database; who writes reads what was written; without the copy all goes on."""

import http.client
import sqlite3
from urllib.parse import urlsplit

import pytest

from tests.browser.demo_site import free_port, manage, served
from tests.faults.crowd import get, seconds_until

pytestmark = pytest.mark.faults

HERE, COPY = "元のお知らせ", "複製のお知らせ"
CREATE = f"""
from tests.factories.portal import NewsItemFactory
NewsItemFactory(title={HERE!r}, is_demo=True)
"""
SESSION = """
from importlib import import_module
from django.conf import settings
store = import_module(settings.SESSION_ENGINE).SessionStore()
store["x"] = 1
store.save()
print(store.session_key)
"""


@pytest.fixture(scope="module")
def site(folder, environment):
    """Two databases that differ in one title, so that a page tells where it comes from."""
    manage(environment, "shell", "--command", CREATE)
    copy = folder / "copy.sqlite3"
    with sqlite3.connect(folder / "db.sqlite3") as source, sqlite3.connect(copy) as target:
        source.backup(target)
    with sqlite3.connect(copy) as target:
        target.execute("UPDATE portal_newsitem SET title = ? WHERE title = ?", [COPY, HERE])
    environment = environment | {"DATABASE_REPLICA_URL": f"sqlite:///{copy}"}
    session = manage(environment, "shell", "--verbosity", "0", "--command", SESSION).split()[-1]
    with served(environment, free_port(), "--threads", "4") as address:
        yield address, copy, session


def news_of(address, **headers):
    parts = urlsplit(address)
    client = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    client.request("GET", "/news/", headers=headers)
    text = client.getresponse().read().decode()
    client.close()
    return [title for title in (HERE, COPY) if title in text]


def test_a_public_page_is_read_from_the_copy(site):
    address, _, _ = site

    assert news_of(address) == [COPY]


def test_who_has_a_session_reads_the_database_itself(site):
    address, _, session = site

    assert news_of(address, Cookie=f"sessionid={session}") == [HERE]
    assert news_of(address) == [COPY]


def test_a_change_in_the_copy_is_seen(site):
    address, copy, _ = site
    assert news_of(address) == [COPY]

    with sqlite3.connect(copy) as target:
        target.execute("DELETE FROM portal_newsitem WHERE title = ?", [COPY])

    assert seconds_until(lambda: news_of(address) == []) < 5


def test_without_the_copy_pages_are_read_from_the_database_itself(environment):
    """Nothing listens where the copy should be."""
    environment = environment | {"DATABASE_REPLICA_URL": f"postgres://portal@127.0.0.1:{free_port()}/portal"}

    with served(environment, free_port(), "--threads", "4") as address:
        assert seconds_until(lambda: news_of(address) == [HERE]) < 10
        assert get(address, "/events/").status == 200
