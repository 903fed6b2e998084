"""How far municipalities lie from one another. Pure functions, no database."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from municipalities.models import Municipality

EARTH_RADIUS_KM = 6371.0


class Near(NamedTuple):
    """A municipality and how far it lies, in kilometres as the crow flies between the points of the two."""

    municipality: Municipality
    kilometres: float


def kilometres_between(one: Municipality, other: Municipality) -> float | None:
    """The great-circle distance between the points of two municipalities; None where either has none."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    latitude, other_latitude = radians(one.latitude or 0), radians(other.latitude or 0)
    across = radians((other.longitude or 0) - (one.longitude or 0))
    half = sin((other_latitude - latitude) / 2) ** 2 + cos(latitude) * cos(other_latitude) * sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def nearest(place: Municipality, others: Iterable[Municipality], count: int) -> list[Near]:
    """The nearest of several municipalities, the nearest first; those without a point are left out."""
    measured = ((other, kilometres_between(place, other)) for other in others if other.pk != place.pk)
    near = [Near(other, distance) for other, distance in measured if distance is not None]
    return sorted(near, key=lambda found: (found.kilometres, found.municipality.pk))[:count]
