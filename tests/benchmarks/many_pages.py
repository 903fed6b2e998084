"""A site with real places and very many records, all of them in the search; and what its pages ask of the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities.models import Municipality, Ward
from tests.benchmarks.many_events import write_events
from tests.benchmarks.many_rows import news_item, set_triggers, ties, write

TIES, DOCUMENTS = 50_000, 100_000


def write_pages(events: int) -> None:
    """So many events, and as many notices as make up the documents of the search; ties of every ward."""
    set_triggers("DISABLE")
    write_events(events, timezone.localdate())
    towns = list(Municipality.objects.outside_the_wards().order_by("code").values_list("pk", flat=True))
    write(ties(TIES, list(Ward.objects.order_by("code")), towns))
    write(news_item(n) for n in range(DOCUMENTS - events))
    set_triggers("ENABLE")


def queries_of(address: str) -> tuple[int, int]:
    """How many queries a page takes that nobody asked for before, and one that was asked for in the same minute."""
    client, counts = Client(), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address, headers={"host": "127.0.0.1"})
            response.close()
        counts.append(len(asked))
    return counts[0], counts[1]
