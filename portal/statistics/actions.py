"""Fixing numbers for good: what was printed, and what the records gave for a day."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.choices import FigureOrigin, FigureState
from portal.core.models import User
from portal.core.wareki import fiscal_year_of
from portal.models import PublishedFigure
from portal.statistics.counts import counts_on
from portal.statistics.definitions import BY_CELL

TOTALS = ("partners.union", "projects.total", "agreements.members")


@transaction.atomic
def freeze_figures(*, figures: Iterable[PublishedFigure], by: User) -> int:
    """Fixes printed figures as they stand; how many were not fixed already. The database keeps them from then on."""
    keys = [figure.pk for figure in figures]
    waiting = PublishedFigure.objects.not_frozen().filter(pk__in=keys)
    return waiting.update(frozen_at=timezone.now(), frozen_by=by)


@transaction.atomic
def freeze_counts(*, day: date, by: User) -> list[PublishedFigure]:
    """Fixes the numbers of the printed tables as the records give them for a day, with who did it and when.

    What has no records behind it is left out. Raises ValidationError for a day to come and where the numbers of the
    day are fixed already.
    """
    if day > timezone.localdate():
        raise ValidationError("先の日付の数は確定できません。")
    if PublishedFigure.objects.counted().filter(as_of=day).exists():
        raise ValidationError("この日の数はすでに確定しています。")
    moment, counted = timezone.now(), counts_on(day)
    return PublishedFigure.objects.bulk_create(
        PublishedFigure(
            origin=FigureOrigin.COUNTED,
            table=table,
            row=row,
            label=definition.label,
            unit=definition.unit,
            fiscal_year=fiscal_year_of(day),
            as_of=day,
            state=FigureState.STATED,
            value=counted[definition.id],
            is_total=definition.id in TOTALS,
            listing_order=order,
            frozen_at=moment,
            frozen_by=by,
        )
        for order, ((table, row), definition) in enumerate(BY_CELL.items(), start=1)
        if counted[definition.id] is not None
    )
