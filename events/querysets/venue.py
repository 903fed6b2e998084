"""Which venues."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from municipalities.rules import FIRST_WARD_CODE, LAST_WARD_CODE

# A longer list is no help to choose from.
_MOST_OFFERED = 500


class VenueQuerySet(QuerySet):
    def offered_to(self, municipality: Any) -> Self:
        """What a municipality may choose from by name: its own venues, those of the wards, and those of no place."""
        of_wards = Q(municipality__gte=FIRST_WARD_CODE, municipality__lte=LAST_WARD_CODE)
        common = Q(municipality__isnull=True, is_online=True)
        return self.filter(Q(municipality=municipality) | of_wards | common).order_by("name")[:_MOST_OFFERED]
