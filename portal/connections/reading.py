"""What ties the wards to some municipalities on a day, read in a handful of queries however many they are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from disaster_support.models import Disaster
from municipalities.choices import Relation
from municipalities.distances import Near, nearest
from municipalities.models import AgreementMember, Membership, MemberStaff, Municipality, Ward, WardTie

NEAREST = 3


class Connection(NamedTuple):
    """A struck municipality: its ties with wards, its agreements, its membership and people, what it was given before.

    ``near``: the nearest municipalities that are linked with the wards and were not struck.
    """

    municipality: Municipality
    ties: list[WardTie]
    agreements: list[AgreementMember]
    membership: Membership | None
    people: list[MemberStaff]
    disasters: list[Disaster]
    near: list[Near]

    @property
    def is_linked(self) -> bool:
        return bool(self.ties or self.agreements or self.membership)


class WardConnection(NamedTuple):
    """A ward and its ties with struck municipalities."""

    ward: Ward
    ties: list[WardTie]


def connections(places: Sequence[Municipality], on: date | None = None) -> list[Connection]:
    """What is on record of each, in the order given; fictional rows are marked as such where they are shown."""
    on = on or timezone.localdate()
    codes = {place.pk for place in places}
    ties = _by_place(WardTie.objects.in_force(on).at_places(codes).for_list())
    agreements = _by_place(AgreementMember.objects.of_public_agreements(on).at_places(codes).with_agreement())
    memberships = _by_place(Membership.objects.in_force(on).at_places(codes))
    people = _by_place(MemberStaff.objects.reachable(on).at_places(codes))
    disasters = Disaster.objects.published().by_struck_place(codes)
    partners = Municipality.objects.linked(Relation.UNION, on, official=True).for_list()
    unharmed = [town for town in partners if town.pk not in codes]
    return [
        Connection(
            place,
            ties[place.pk],
            agreements[place.pk],
            next(iter(memberships[place.pk]), None),
            people[place.pk],
            disasters.get(place.pk, []),
            nearest(place, unharmed, NEAREST),
        )
        for place in places
    ]


def by_ward(found: Iterable[Connection]) -> list[WardConnection]:
    """The wards that are tied to any of them, in the order of the wards."""
    ties: dict[Ward, list[WardTie]] = defaultdict(list)
    for connection in found:
        for tie in connection.ties:
            ties[tie.ward].append(tie)
    return [WardConnection(ward, ties[ward]) for ward in sorted(ties, key=lambda ward: ward.pk)]


def _by_place(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.municipality_id].append(row)
    return found
