"""Which public records say of today what is likely no longer so: one written rule for each kind.

News and publications carry their day and claim nothing of today; of contacts, places and papers nobody keeps when they
were last looked at. They have no rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from events.choices import Status, StopState
from events.models import Event, Exhibition, TourStop, WardProject
from municipalities.models import CompanyAgreement, CooperationAgreement
from portal.core.wareki import fiscal_year_of
from portal.desk.legs import Leg
from portal.roles import Access

UNTOUCHED = timedelta(days=365)


@dataclass(frozen=True)
class Staleness:
    """When a public record of a kind has grown old: ``is_old`` on a day, and what is wrong with it in words."""

    model: type[Model]
    words: str
    is_old: Callable[[date], Q]


def _over(today: date) -> Q:
    """Where the days are unknown, it ended with its fiscal year."""
    return Q(last_day__lt=today) | Q(last_day__isnull=True, fiscal_year__lt=fiscal_year_of(today))


def _untouched(today: date) -> Q:
    return Q(updated_at__date__lte=today - UNTOUCHED)


def _in_force(today: date) -> Q:
    return Q(signed_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gt=today))


RULES = (
    Staleness(Event, "終わった後も「予定」のままです", lambda today: Q(status=Status.PLANNED) & _over(today)),
    Staleness(Exhibition, "終わった後も「予定」のままです", lambda today: Q(status=Status.PLANNED) & _over(today)),
    Staleness(
        TourStop, "巡回の日が過ぎても「予定」のままです", lambda today: Q(state=StopState.PLANNED, last_day__lt=today)
    ),
    Staleness(
        WardProject,
        "年度が終わっても「予定」のままです",
        lambda today: Q(status=Status.PLANNED, fiscal_year__lt=fiscal_year_of(today)),
    ),
    Staleness(
        CooperationAgreement,
        "続いている協定ですが、1年以上見直されていません",
        lambda today: _in_force(today) & _untouched(today),
    ),
    Staleness(
        CompanyAgreement,
        "続いている協定ですが、1年以上見直されていません",
        lambda today: _in_force(today) & _untouched(today),
    ),
)


def _leg(rule: Staleness) -> Leg:
    model: Any = rule.model

    def rows(access: Access, at: datetime) -> QuerySet:
        public = model.objects.of_public_exhibitions(at) if model is TourStop else model.objects.published(at)
        return access.kept(public).filter(rule.is_old(timezone.localdate(at)))

    changed = "exhibition__updated_at" if model is TourStop else "updated_at"
    return Leg(rule.model, rows, TruncDate(changed), lambda day: f"{rule.words}（最後の変更{day.year}年{day.month}月）")


STALE = tuple(_leg(rule) for rule in RULES)
