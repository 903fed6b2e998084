"""Which searches found nothing, for the secretariat: words and numbers, and nothing of a person."""

import re
from datetime import date, datetime, timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.search.models import LONGEST_KEPT, SearchMiss
from portal.search.words import normal

KEPT = timedelta(days=366)
# Whoever tries words by machine fills no table.
MOST_A_DAY = 1_000
# So little was found that the secretariat may want to know of it.
FEW = 2
# Addresses of every sort, numbers of telephones and accounts, and what people are called by.
_PERSONAL = re.compile(
    r"@|://|www\.|\.[a-z]{2,}\b|(?:\d[-ー−\s]?){7,}|丁目|番地|\d番|\d号|\d+-\d+|(?:さん|さま|様|氏|殿)(?:$|\s)",
    re.IGNORECASE,
)


def may_be_kept(words: str) -> bool:
    """Whether words look like something searched here, and like nothing about a person."""
    plain = normal(words)
    return 0 < len(plain) <= LONGEST_KEPT and _PERSONAL.search(plain) is None


def note_miss(*, words: str, found: int, at: datetime | None = None) -> None:
    """Counts a search that found little. Where the database refuses, the search is answered all the same."""
    if not may_be_kept(words):
        return
    day = timezone.localdate(at)
    try:
        with transaction.atomic():
            if not SearchMiss.objects.count_up(words, day, found):
                _note_first(words, day, found)
    except DatabaseError:
        # Nothing depends on it.
        return


def _note_first(words: str, day: date, found: int) -> None:
    """Notes down words that are new on a day; somebody else may search the same at the same moment."""
    if SearchMiss.objects.of_day(day).count() < MOST_A_DAY:
        SearchMiss.objects.bulk_create([SearchMiss(words=words, day=day, found=found)], ignore_conflicts=True)


def forget_old_misses(at: datetime | None = None) -> int:
    """Removes what was searched more than a year ago; how much."""
    removed, _ = SearchMiss.objects.before(timezone.localdate(at) - KEPT).delete()
    return removed
