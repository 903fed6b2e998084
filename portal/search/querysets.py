"""Which entries of the index may be seen, and which words were not found."""

from datetime import date, datetime
from typing import Any, Self

from django.db import connections, transaction
from django.db.models import Count, F, Q, QuerySet, Value
from django.utils import timezone

from portal.search.queries import Query

# Without helpers, which would make chance of what comes first.
_FROM_THE_INDEX = (
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL max_parallel_workers_per_gather = 0"
)


class SearchEntryQuerySet(QuerySet):
    def public(self, at: datetime | None = None) -> Self:
        """What the public may see at a moment: no publishing needs a job for the search to follow it."""
        at = at or timezone.now()
        begun = Q(public_from__isnull=True) | Q(public_from__lte=at)
        return self.filter(begun & (Q(public_until__isnull=True) | Q(public_until__gt=at)))

    def matching(self, query: Query) -> Self:
        """Those in which every word is found."""
        return self.filter(terms__matches=query)

    def named(self, query: Query) -> Self:
        """Those in whose name, reading or former name every word is found."""
        return self.filter(name_terms__matches=query)

    def first_found(self, most: int, *columns: str) -> list[tuple]:
        """Columns of no more than so many of these, those that the database comes to first.

        Of two words in a row PostgreSQL's index tells only that both are there: each row has to be looked at, so it
        stops as soon as there are enough. It must be told to begin at the index: it does not know how dear it is to
        unpack the words of a row.
        """
        rows = self.values_list(*columns)
        if connections[self.db].vendor != "postgresql":
            return list(rows.order_by("-pk")[:most])
        with transaction.atomic(using=self.db, savepoint=False):
            with connections[self.db].cursor() as cursor:
                cursor.execute(_FROM_THE_INDEX)
            return list(rows.order_by()[:most])

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def of_kinds(self, kinds: Any) -> Self:
        return self.filter(kind__in=kinds)

    def counted_as(self, number: int) -> QuerySet:
        """One row, a number and how many these are; none where there are none."""
        return self.order_by().values(number=Value(number)).annotate(total=Count("pk")).values_list("number", "total")

    def for_list(self) -> Self:
        """Without what is only searched."""
        return self.defer("terms", "name_terms")


class SearchMissQuerySet(QuerySet):
    def count_up(self, words: str, day: date, found: int) -> bool:
        """Notes down that words were searched once more on a day; False where they are new on it."""
        return bool(self.filter(words=words, day=day).update(times=F("times") + 1, found=found))

    def of_day(self, day: date) -> Self:
        return self.filter(day=day)

    def before(self, day: date) -> Self:
        return self.filter(day__lt=day)
