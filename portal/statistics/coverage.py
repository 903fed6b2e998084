"""How much of Japan takes part: the partners of a day in each prefecture, and how many per cent of it they are."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from municipalities.choices import Relation
from municipalities.models import Prefecture
from portal import tile_map
from portal.statistics import rules
from portal.statistics.partners import Partners, partner_wards, partners_by_prefecture

# The prefecture of the wards. They are partners to one another at most, so it is counted with and without them.
TOKYO = "13"
# The least per cent of each tint of the map: none, some, and by quarters.
LEAST = (0, Decimal("0.1"), 25, 50, 75)
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Place:
    """A prefecture, or the country (``code`` is empty), with or without the 23 wards."""

    day: date
    code: str
    name: str
    partners: Partners
    without_wards: bool = False

    @property
    def percent(self) -> Decimal | None:
        return rules.coverage(self.partners.union, self.partners.municipalities)

    @property
    def cells(self) -> list[tuple[int | None, str]]:
        """The number of each set and of their union, each with its list; None for a set without any record."""
        recorded = self.partners.recorded
        sets = [
            (number if relation in recorded else None, self.url(relation)) for relation, number in self.partners.by_set
        ]
        return [*sets, (self.partners.union, self.url())]

    def url(self, relation: Relation = Relation.UNION) -> str:
        """The list of the municipalities that make a number here."""
        asked = {"as_of": self.day.isoformat(), "set": relation.value, "prefecture": self.code}
        asked |= {"outside": "on"} if self.without_wards else {}
        return f"{reverse('partner_list')}?{urlencode({name: value for name, value in asked.items() if value})}"


@dataclass(frozen=True)
class Coverage:
    """Every prefecture, 東京都 followed by itself without the wards; then the country with and without them."""

    places: tuple[Place, ...]
    totals: tuple[Place, Place]
    prefectures: tuple[Prefecture, ...]

    @property
    def tiles(self) -> list[tile_map.Tile]:
        """The map: of 東京都, what lies outside the wards."""
        last = {place.code: place for place in self.places}
        return [_tile(prefecture, last[prefecture.code]) for prefecture in self.prefectures]


def coverage_on(day: date) -> Coverage:
    """The coverage of a day, from official records; three queries."""
    counted, wards = partners_by_prefecture(day), partner_wards(day)
    prefectures = tuple(Prefecture.objects.all())
    places: list[Place] = []
    for prefecture in prefectures:
        there = counted.get(prefecture.code, Partners({}))
        places.append(Place(day, prefecture.code, prefecture.name, there))
        if prefecture.code == TOKYO:
            name = f"{prefecture.name}（特別区を除く）"
            places.append(Place(day, TOKYO, name, there.without(wards), without_wards=True))
    country = _together(counted.values())
    totals = (
        Place(day, "", "全国", country),
        Place(day, "", "全国（特別区を除く）", country.without(wards), without_wards=True),
    )
    return Coverage(tuple(places), totals, prefectures)


def _together(parts: Collection[Partners]) -> Partners:
    """The partners of places that have no municipality in common."""
    total: Counter[frozenset[str]] = Counter()
    for part in parts:
        total.update(part.exactly)
    return Partners(total, frozenset[str]().union(*(part.recorded for part in parts)))


def _tile(prefecture: Prefecture, place: Place) -> tile_map.Tile:
    percent = place.percent or Decimal(0)
    name, suffix = tile_map.short_name(prefecture.name)
    return tile_map.Tile(prefecture, name, suffix, percent, tile_map.step_of(percent, LEAST), place.url())
