"""The database is killed again and again while people write: what was acknowledged is there, once, and whole."""

import re
import time

import psycopg
import pytest

from tests.browser.demo_site import free_port, served
from tests.faults.crowd import seconds_until
from tests.faults.writing import writing, written

pytestmark = pytest.mark.faults

WRITERS = 4
# An inquiry tells its office by mail, in the same transaction.
WITHOUT_MAIL = """
    SELECT count(*) FROM portal_inquiry WHERE body LIKE %s AND NOT EXISTS (
        SELECT FROM core_outgoingmail WHERE key LIKE 'inquiry-' || reference || '-%%'
    )
"""


@pytest.fixture(scope="module")
def site(on_postgres):
    server, _, environment = on_postgres
    environment = environment | {"RATE_LIMITS": "off", "TRUSTED_PROXY_COUNT": "1"}
    with served(environment, free_port(), "--workers", "2", "--threads", "8") as address:
        yield server, address


def count(writers):
    return sum(len(writer.acknowledged) for writer in writers)


@pytest.mark.parametrize(("breaks", "name"), [("kill", "殺"), ("stop", "止")])
def test_what_was_acknowledged_is_there_once_and_whole(site, record_property, breaks, name):
    server, address = site
    with writing(address, name, WRITERS) as writers:
        for _ in range(2):
            time.sleep(2)
            getattr(server, breaks)()
            time.sleep(1)
            server.start()
            before = count(writers)
            assert seconds_until(lambda before=before: count(writers) > before, 20) < 10
        time.sleep(1)

    acknowledged = sorted(body for writer in writers for body in writer.acknowledged)
    there = written(server.url, name)
    refused = {got.status for writer in writers for got in writer.answers} - {200}
    record_property("what_people_saw", f"{len(acknowledged)} acknowledged, {len(there)} there, refused with {refused}")
    assert len(acknowledged) > 20
    assert refused
    assert refused <= {0, 503}
    assert len(there) == len(set(there))
    assert set(acknowledged) <= set(there)
    # At most what each was sending when all ended.
    assert len(there) - len(acknowledged) <= WRITERS
    assert all(re.fullmatch(r".\d \d{5} 終", body) for body in there)
    with psycopg.connect(server.url) as database:
        assert database.execute(WITHOUT_MAIL, [f"{name}%"]).fetchone() == (0,)
