"""events.csv: the only table that may grow without bound, so it is written row by row."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from events.models import Event
from events.profiles import PROFILES, Profile
from events.profiles.writing import event_record, row_of
from events.querysets import EventQuerySet
from portal.open_data.dataset import Dataset, Moment, summary_of_published

# How many events are held in memory at a time.
CHUNK = 500


def _public(at: datetime) -> EventQuerySet:
    return Event.objects.published(at).official()


def _rows(moment: Moment, profile: Profile) -> Iterator[tuple[Any, ...]]:
    for event in _public(moment.at).for_open_data(moment.at).iterator(chunk_size=CHUNK):
        yield row_of(event_record(event, moment.at, moment.site), profile)


EVENTS = Dataset(
    "events",
    "イベント一覧",
    "公開中のイベント。複数のイベントからなる大きなイベントは、全体と部分をそれぞれ1行にしています。",
    tuple(PROFILES.values()),
    _rows,
    lambda dataset, at: summary_of_published(Event.objects.official(), dataset, at),
    Event,
    fingerprint=lambda at: Event.objects.official().fingerprint(at),
)
