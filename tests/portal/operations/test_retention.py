"""Which backups stay: by day, by week and by month."""

from datetime import datetime, timedelta

import pytest

from portal.operations.backups.retention import Keep, kept
from tests.portal.test_schedule import JAPAN

NIGHT = datetime(2026, 4, 1, 1, 30, tzinfo=JAPAN)


def nights(count):
    return [NIGHT - timedelta(days=days) for days in range(count)]


def days(moments):
    return sorted((f"{moment:%Y-%m-%d}" for moment in moments), reverse=True)


def test_after_two_years_of_nights():
    assert days(kept(nights(730), Keep(7, 4, 12))) == [
        # 1 April was a Wednesday: this week and the six nights before it.
        *("2026-04-01", "2026-03-31", "2026-03-30", "2026-03-29", "2026-03-28", "2026-03-27", "2026-03-26"),
        # The Sundays of the weeks before.
        *("2026-03-22", "2026-03-15"),
        # The last nights of the months before.
        *("2026-02-28", "2026-01-31", "2025-12-31", "2025-11-30", "2025-10-31", "2025-09-30", "2025-08-31"),
        *("2025-07-31", "2025-06-30", "2025-05-31"),
    ]


def test_of_several_on_a_day_the_newest_stays():
    morning, noon = NIGHT, NIGHT + timedelta(hours=10)

    assert kept([morning, noon], Keep(7, 4, 12)) == {noon}


@pytest.mark.parametrize("keep", [Keep(0, 0, 0), Keep(1, 0, 0)])
def test_the_newest_always_stays(keep):
    assert kept(nights(5), keep) == {NIGHT}


def test_nights_without_a_backup_do_not_count():
    every_tenth = nights(100)[::10]

    assert days(kept(every_tenth, Keep(3, 0, 0))) == ["2026-04-01", "2026-03-22", "2026-03-12"]


def test_of_none_none_stays():
    assert kept([], Keep(7, 4, 12)) == set()
