"""What is read of the noted changes."""

from typing import NamedTuple

from django.db import models
from django.db.models import Count, Max, Min, Sum

KEPT = 1000


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
        """What was committed by now."""
        read = self.aggregate(Count("number"), Min("number"), Max("number"), Sum("times"))
        return Changes(*(value or 0 for value in read.values()))

    def forget_old(self) -> int:
        """Deletes all but the latest; how many were. What is kept by anybody is made anew once."""
        oldest = self.order_by("-number").values_list("number", flat=True)[KEPT : KEPT + 1].first()
        return 0 if oldest is None else self.filter(number__lte=oldest).delete()[0]
