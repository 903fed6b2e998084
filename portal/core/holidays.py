"""Public holidays of Japan (国民の祝日に関する法律), by name.

Past ones as they were; those to come as the law stands, with the equinoxes as astronomy expects them.
"""

from datetime import date
from functools import lru_cache

import jpholiday


@lru_cache(maxsize=256)
def holidays_of(year: int, month: int) -> dict[date, str]:
    """The holidays of a month by their day; none before the law of 1948. To be read only: it is shared."""
    return dict(jpholiday.month_holidays(year, month))
