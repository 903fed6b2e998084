"""What every test may use."""

import os

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import Client
from hypothesis import settings as hypothesis_settings

from disaster_support.situation import situation
from portal.core import known as core_known
from portal.serving import states
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory
from tests.following import search_follows, stop_following
from tests.html import check_response
from tests.requests import kept_connection

# Machines differ in speed: no test fails because one example took long. EXAMPLES=1000 looks further.
hypothesis_settings.register_profile("portal", deadline=None, max_examples=int(os.environ.get("EXAMPLES", "40")))
hypothesis_settings.load_profile("portal")


def pytest_make_parametrize_id(val):
    """Bytes name no test: an archive carries the second it was made in, and two workers must agree on every name."""
    return f"{len(val)}bytes" if isinstance(val, bytes) else None


def _flush_what_is_frozen(self, style, tables, **options):
    """Between tests SQLite empties tables row by row, which the triggers of frozen rows refuse: they step aside."""
    with self.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%frozen%'")
        triggers = cursor.fetchall()
    dropped = [f"DROP TRIGGER {name}" for name, _ in triggers]
    return [*dropped, *_flush(self, style, tables, **options), *(sql for _, sql in triggers)]


_flush = DatabaseOperations.sql_flush
DatabaseOperations.sql_flush = _flush_what_is_frozen


class StrictClient(Client):
    """A client that parses every HTML page it gets; the pages of Django's own admin are checked by their own tests."""

    def request(self, **request):
        response = super().request(**request)
        if not request["PATH_INFO"].startswith("/admin/"):
            check_response(response)
        return response


@pytest.fixture
def one_connection():
    """The transaction of a test lives in one connection, which a request of a real server would close."""
    with kept_connection():
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_searches():
    stop_following()


@pytest.fixture
def search_index():
    """For tests that search, and for those that count what a change costs: the index follows every change."""
    with search_follows():
        yield


@pytest.fixture
def client(request):
    """Parsing takes a tenth of all the time. What runs on both databases gets its pages parsed once: on SQLite."""
    runs_twice = connection.vendor == "postgresql" and request.node.get_closest_marker("slow") is None
    return Client() if runs_twice else StrictClient()


@pytest.fixture(autouse=True)
def _places_begin_anew():
    """There are only so many places: counted on from test to test, another ward would one day be the same ward."""
    for factory in (WardFactory, MunicipalityFactory, PrefectureFactory):
        factory.reset_sequence(0, force=True)


@pytest.fixture(autouse=True)
def _empty_cache():
    """Counters of the rate limits must not reach the next test."""
    cache.clear()


@pytest.fixture(autouse=True)
def _nothing_is_the_matter():
    """What a process knows of an emergency must not reach the next test; nobody need ask for it either."""
    situation.know_nothing()


@pytest.fixture(autouse=True)
def _nothing_is_known(monkeypatch):
    """Of an emptied database the changes are counted anew: another test's records may seem to stand as these do."""
    monkeypatch.setattr(core_known, "_values", core_known._Values())
    monkeypatch.setattr(states, "_reader", states.Reader())


@pytest.fixture(autouse=True)
def _own_media_folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def no_worker(settings):
    """Nobody works through the tasks: what was put in the queue stays there, as when every worker has died."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
