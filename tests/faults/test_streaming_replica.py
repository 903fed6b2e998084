"""A copy that follows its database as PostgreSQL has it: public pages come from it, as late as it is and no later."""

from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from tests.browser.demo_site import environment_of, free_port, manage, served
from tests.faults.crowd import seconds_until
from tests.faults.postgres import OwnPostgres, own_postgres
from tests.faults.test_replica import SESSION, news_of

pytestmark = pytest.mark.faults

FIRST, SECOND = "元のお知らせ", "複製のお知らせ"
WRITE = "from tests.factories.portal import NewsItemFactory; NewsItemFactory(title={title!r}, is_demo=True)"


@pytest.fixture(scope="module")
def primary():
    with own_postgres(free_port()) as server:
        yield server


@pytest.fixture(scope="module")
def copy(primary):
    """Follows from the first moment on."""
    with TemporaryDirectory(prefix="portal-copy-") as folder:
        Path(folder).chmod(0o755)
        server = OwnPostgres(Path(folder) / "cluster", free_port())
        server.follow(primary)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="module")
def site(tmp_path_factory, primary, copy):
    """A portal on both, and the session of somebody."""
    environment = environment_of(tmp_path_factory.mktemp("site"), primary.url)
    environment |= {"DATABASE_REPLICA_URL": copy.url, "PAGE_CACHE": "off"}
    for command in ("migrate", "collectstatic"):
        manage(environment, command, "--no-input", "--verbosity", "0")
    session = manage(environment, "shell", "--verbosity", "0", "--command", SESSION).split()[-1]
    with served(environment, free_port(), "--threads", "4") as address:
        yield address, session, lambda title: manage(environment, "shell", "--command", WRITE.format(title=title))


def say(server, statement):
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(statement)


def test_the_copy_is_what_it_is_called(primary, copy):
    with psycopg.connect(copy.url) as connection:
        assert connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,)
    with psycopg.connect(primary.url) as connection:
        assert connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)


def test_pages_are_as_late_as_the_copy_and_fall_back_without_it(site, copy):
    address, session, write = site
    write(FIRST)
    assert seconds_until(lambda: news_of(address) == [FIRST]) < 5

    # The copy stands still: what is written now is with the database alone, and with who has a session.
    say(copy, "SELECT pg_wal_replay_pause()")
    write(SECOND)
    assert news_of(address) == [FIRST]
    assert news_of(address, Cookie=f"sessionid={session}") == [FIRST, SECOND]

    say(copy, "SELECT pg_wal_replay_resume()")
    assert seconds_until(lambda: news_of(address) == [FIRST, SECOND]) < 5

    # Without the copy the database itself is asked, and with it again the copy.
    copy.stop()
    assert seconds_until(lambda: news_of(address) == [FIRST, SECOND]) < 5
    write("三つめ")
    copy.start()
    say(copy, "SELECT 1")
    assert seconds_until(lambda: news_of(address) == [FIRST, SECOND]) < 5
