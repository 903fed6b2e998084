"""How far places lie from one another, held against the Geospatial Information Authority's reckoning."""

import pytest

from municipalities.distances import kilometres_between, nearest
from municipalities.models import Municipality

TOKYO = Municipality(code="131041", latitude=35.6895, longitude=139.6917)
OSAKA = Municipality(code="271004", latitude=34.6937, longitude=135.5023)
SAPPORO = Municipality(code="011002", latitude=43.0621, longitude=141.3544)
NOWHERE = Municipality(code="131237")


@pytest.mark.parametrize(("one", "other", "expected"), [(TOKYO, OSAKA, 397), (TOKYO, SAPPORO, 831), (TOKYO, TOKYO, 0)])
def test_distances_are_those_on_the_globe(one, other, expected):
    assert kilometres_between(one, other) == pytest.approx(expected, abs=2)
    assert kilometres_between(other, one) == kilometres_between(one, other)


def test_without_a_point_there_is_no_distance():
    assert kilometres_between(TOKYO, NOWHERE) is None
    assert nearest(NOWHERE, [TOKYO], 3) == []


def test_the_nearest_come_first_and_never_the_place_itself():
    found = nearest(TOKYO, [SAPPORO, NOWHERE, TOKYO, OSAKA], 3)
    assert [near.municipality for near in found] == [OSAKA, SAPPORO]
    assert nearest(TOKYO, [SAPPORO, OSAKA], 1) == found[:1]
