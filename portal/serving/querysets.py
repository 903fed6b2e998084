"""What is read of the noted changes."""

from typing import NamedTuple

from django.db import connections, models

KEPT = 1000
_SO_FAR = "SELECT COUNT(number), MIN(number), MAX(number), SUM(times) FROM portal_publicchange"


class Changes(NamedTuple):
    """All changes so far. Two looks give the same only where nothing public was committed between them.

    The greatest number alone would miss a transaction that began early and ended late.
    """

    rows: int
    first: int
    last: int
    times: int


class PublicChangeQuerySet(models.QuerySet):
    def so_far(self) -> Changes:
        """What was committed by now. Asked at every request: composing the query would take longer than the answer."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(_SO_FAR)
            return Changes(*(int(value or 0) for value in cursor.fetchone()))

    def forget_old(self) -> int:
        """Deletes all but the latest; how many were. What is kept by anybody is made anew once."""
        oldest = self.order_by("-number").values_list("number", flat=True)[KEPT : KEPT + 1].first()
        return 0 if oldest is None else self.filter(number__lte=oldest).delete()[0]
