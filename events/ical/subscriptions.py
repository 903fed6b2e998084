"""What a live subscription holds."""

from datetime import datetime, timedelta
from itertools import chain

from django.utils import timezone

from events.ical.entries import Entry, entry_of_event, entry_of_exhibition, entry_of_stop
from events.slices import Slice

# What is over stays for a while, so that people can look up where they were.
KEPT = timedelta(days=90)
MOST_ENTRIES = 500


def subscription_entries(chosen: Slice, at: datetime) -> tuple[list[Entry], bool]:
    """The entries of a slice at a moment, soonest first, and whether there are more than are given.

    An event is there as its parts, where these have days. Three queries, whatever the number of rows.
    """
    since, most = timezone.localdate(at) - KEPT, MOST_ENTRIES + 1
    events = chosen.events(at).in_calendar(at).in_calendars_since(since).soonest_first().for_calendar()
    exhibitions = chosen.begun_exhibitions(at).in_calendars_since(since).soonest_first().for_calendar()
    stops = chosen.stops(at).in_calendars_since(since).for_calendar()
    found = chain(
        chain.from_iterable(entry_of_event(event, at) for event in events[:most]),
        chain.from_iterable(entry_of_exhibition(exhibition) for exhibition in exhibitions[:most]),
        chain.from_iterable(entry_of_stop(stop) for stop in stops[:most]),
    )
    entries = sorted(found, key=lambda entry: entry.order)
    return entries[:MOST_ENTRIES], len(entries) > MOST_ENTRIES
