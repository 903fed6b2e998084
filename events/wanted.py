"""What people look for among events, as it stands in an address. No database."""

from dataclasses import dataclass
from datetime import date

from events.when import AHEAD, ANY_DAY, Span, When, span_of
from portal.core.wareki import fiscal_year_of


@dataclass(frozen=True)
class Wanted:
    """Every part that is given must be met; a part left empty may be anything.

    Without a time, what is still to come is wanted. ``span`` are the days of ``When.PERIOD``.
    """

    when: str = ""
    span: Span = ANY_DAY
    fiscal_year: int | None = None
    ward: str = ""
    prefecture: str = ""
    municipality: str = ""
    kind: str = ""
    status: str = ""
    free: bool = False
    online: bool = False

    @property
    def is_ahead(self) -> bool:
        """Whether only what is not over yet is wanted: where no time is given, too."""
        return self.when in AHEAD or self.is_upcoming

    @property
    def is_upcoming(self) -> bool:
        return not self.when and self.fiscal_year is None

    def days(self, today: date) -> Span | None:
        """The days on which it should take place; None where they are not bounded, or only by the fiscal year."""
        if self.when == When.PERIOD:
            return self.span
        return span_of(self.when, today) if self.when in AHEAD else None

    def looks_back(self, today: date) -> bool:
        """Whether the latest should come first."""
        if self.when == When.PERIOD:
            return self.span.last is not None and self.span.last < today
        if self.fiscal_year is not None and not self.when:
            return self.fiscal_year < fiscal_year_of(today)
        return self.when in (When.PAST, When.ALL)

    @property
    def leaves_out_exhibitions(self) -> bool:
        """An exhibition is of no kind of event, and nobody says of it whether it is free of charge or online."""
        return bool(self.kind or self.free or self.online)

    def is_in(self, code: str) -> bool:
        """Whether a place, by its code, is in the ward and in the municipality that are wanted."""
        return all(code == wanted for wanted in (self.ward, self.municipality) if wanted)
