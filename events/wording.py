"""An event or exhibition in a few words, for those who see no more of it. Pure functions."""

from django.utils.text import Truncator

from events.choices import DatePrecision
from events.models import Event, Exhibition
from events.rules import AS_ANNOUNCED
from portal.core.wareki import era_fiscal_year, era_month, long_date, rest_of_range

# Search engines and cards show about so many characters.
LONGEST_DESCRIPTION = 120


def days_in_words(item: Event | Exhibition) -> str:
    """The days as ``components/date_range.html`` has them in text."""
    if item.first_day is None or item.last_day is None:
        return f"{era_fiscal_year(item.fiscal_year)}（日程は{item.date_note or '不明'}）"
    note = f"（{item.date_note}）" if item.date_note else ""
    if item.date_precision == DatePrecision.MONTH:
        return f"{era_month(item.first_day)}{note}"
    more = "" if item.last_day == item.first_day else f"～{rest_of_range(item.last_day, item.first_day, '曜日')}"
    return f"{long_date(item.first_day)}{more}{note}"


def whether_and_when(item: Event | Exhibition) -> str:
    """The days, and before them what became of the plan unless it stands: 「【中止】令和2年9月1日（火曜日）」."""
    return (
        days_in_words(item) if item.status in AS_ANNOUNCED else f"【{item.get_status_display()}】{days_in_words(item)}"
    )


def description_of(item: Event | Exhibition) -> str:
    """Whether, when and where, and how its summary begins, within the length that is shown of it."""
    where = f"、{item.venue}" if item.venue else ""
    text = f"{whether_and_when(item)}{where}。{' '.join(item.summary.split())}"
    return Truncator(text).chars(LONGEST_DESCRIPTION, truncate="…")
