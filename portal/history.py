"""How the project came about: one line of time, out of the records of every app and of steps that have no other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from events.choices import DatePrecision
from events.models import Event, Exhibition
from municipalities.models import CooperationAgreement
from portal.core.wareki import fiscal_year_of
from portal.models import FoundingDocument, Milestone, PolicyDocument

# The founding document that has a page.
PROSPECTUS = "prospectus"
_AFTER_ITS_DAYS = 32
_LAST = (date.max.year, 12, _AFTER_ITS_DAYS)


@dataclass(frozen=True)
class Step:
    """Something that happened, as precisely as it is known: a day, a month, a fiscal year, or not at all."""

    title: str
    day: date | None = None
    month: date | None = None
    fiscal_year: int | None = None
    url: str = ""
    detail: str = ""

    @property
    def year(self) -> int | None:
        """The fiscal year it belongs to; None where nothing is known."""
        known = self.day or self.month
        return fiscal_year_of(known) if known else self.fiscal_year

    @property
    def position(self) -> tuple[int, int, int]:
        """Where it stands in its fiscal year: what is known to the month after its days, to the year after all."""
        if self.day:
            return self.day.year, self.day.month, self.day.day
        return (self.month.year, self.month.month, _AFTER_ITS_DAYS) if self.month else _LAST


@dataclass(frozen=True)
class Timeline:
    """The steps of each fiscal year, oldest first, and those whose time is not known."""

    years: tuple[tuple[int, tuple[Step, ...]], ...]
    undated: tuple[Step, ...]


def timeline(steps: Iterable[Step]) -> Timeline:
    """The steps in the order of time; of two with one date, the one given first stands first."""
    steps = list(steps)
    undated = [step for step in steps if step.year is None]
    dated = sorted((step for step in steps if step.year is not None), key=lambda step: (step.year, step.position))
    years = groupby(dated, key=lambda step: step.year or 0)
    return Timeline(tuple((year, tuple(group)) for year, group in years), tuple(undated))


def of_founding_document(document: FoundingDocument) -> Step:
    url = reverse("prospectus") if document.slug == PROSPECTUS else ""
    return Step(f"{document.title}（{document.issuer}）", document.issued_on, url=url)


def of_milestone(milestone: Milestone) -> Step:
    return Step(milestone.title, milestone.happened_on, fiscal_year=milestone.fiscal_year, detail=milestone.detail)


def of_agreement(agreement: CooperationAgreement) -> Step:
    title = f"{agreement.title}と広域連携協定を締結"
    return Step(title, agreement.signed_on, url=agreement.get_absolute_url())


def of_first(item: Event | Exhibition, kind: str) -> Step:
    """The first of its kind that was held."""
    monthly = item.date_precision == DatePrecision.MONTH
    return Step(
        f"最初の{kind}：{item}",
        day=None if monthly else item.first_day,
        month=item.first_day if monthly else None,
        fiscal_year=item.fiscal_year,
        url=item.get_absolute_url(),
    )


def of_policy_document(document: PolicyDocument) -> Step:
    month = date(document.decided_year, document.decided_month, 1)
    return Step(f"「{document.name}」に位置づけ", month=month)
