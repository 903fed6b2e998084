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
from portal.statistics.definitions import BY_ID

TOTALS = ("partners.union", "projects.total", "agreements.members")


@transaction.atomic
def freeze_figures(*, figures: Iterable[PublishedFigure], by: User) -> int:
    """Fixes printed figures as they stand; how many were not fixed already. The database keeps them from then on."""
    keys = [figure.pk for figure in figures]
    waiting = PublishedFigure.objects.not_frozen().filter(pk__in=keys)
    return waiting.update(frozen_at=timezone.now(), frozen_by=by)


@transaction.atomic
def freeze_counts(*, day: date, by: User) -> list[PublishedFigure]:
    """Fixes the numbers that the records give for a day, with who did it and when.

    What has no records behind it is left out. Raises ValidationError for a day to come and where the numbers of the
    day are fixed already.
    """
    if day > timezone.localdate():
        raise ValidationError("先の日付の数は確定できません。")
    if PublishedFigure.objects.counted().filter(as_of=day).exists():
        raise ValidationError("この日の数はすでに確定しています。")
    moment = timezone.now()
    return PublishedFigure.objects.bulk_create(
        PublishedFigure(
            origin=FigureOrigin.COUNTED,
            table=BY_ID[name].table,
            row=BY_ID[name].row,
            label=BY_ID[name].label,
            unit=BY_ID[name].unit,
            fiscal_year=fiscal_year_of(day),
            as_of=day,
            state=FigureState.STATED,
            value=value,
            is_total=name in TOTALS,
            listing_order=order,
            frozen_at=moment,
            frozen_by=by,
        )
        for order, (name, value) in enumerate(counts_on(day).items(), start=1)
        if value is not None
    )
