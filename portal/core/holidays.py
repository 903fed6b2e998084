"""Public holidays of Japan (国民の祝日に関する法律), by name.

Past ones as they were; those to come as the law stands, with the equinoxes as astronomy expects them.
"""

from datetime import date
from functools import lru_cache

import jpholiday

# 国民の祝日に関する法律（昭和23年法律第178号）の施行日。
IN_FORCE = date(1948, 7, 20)


@lru_cache(maxsize=256)
def holidays_of(year: int, month: int) -> dict[date, str]:
    """The holidays of a month by their day; none before the law of 1948. To be read only: it is shared."""
    return {day: name for day, name in jpholiday.month_holidays(year, month) if day >= IN_FORCE}
