"""Days counted from today, so that the demo data never grows old."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from portal.core.wareki import fiscal_year_of


@dataclass(frozen=True)
class Days:
    today: date

    def after(self, days: int) -> date:
        """So many days after today; before it where negative."""
        return self.today + timedelta(days=days)

    def day(self, said: int | str) -> date:
        """A day as the plans write it: 3 (days from today), "sat+1", "sun+1" (so many weeks ahead), "month+1 20".

        "sat+0" and "sun+0" are this weekend's; on a Sunday its Saturday was yesterday, and the weekend goes on.
        """
        if isinstance(said, int):
            return self.after(said)
        anchor, number = said.split("+")
        if anchor == "month":
            months, day = number.split()
            return self.month(int(months), int(day))
        weekday = {"sat": 5, "sun": 6}[anchor]
        return self.after(weekday - self.today.weekday() + 7 * int(number))

    def month(self, months: int, day: int) -> date:
        """A day of the month that lies so many months ahead; its last day where it has fewer."""
        years, month = divmod(self.today.month - 1 + months, 12)
        year = self.today.year + years
        return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))

    def moment(self, days: int, hour: int = 9) -> datetime:
        """An hour of the day that lies so many days after today."""
        return timezone.make_aware(datetime.combine(self.after(days), time(hour)))

    @property
    def fiscal_year(self) -> int:
        return fiscal_year_of(self.today)


def span(days: Days, when: list[int | str]) -> dict[str, Any]:
    """The columns of what takes place on one day, or from one to another, or on days not known of this fiscal year."""
    if not when:
        return {"first_day": None, "last_day": None, "fiscal_year": days.fiscal_year}
    first, last = days.day(when[0]), days.day(when[-1])
    return {"first_day": first, "last_day": last, "fiscal_year": fiscal_year_of(first)}
