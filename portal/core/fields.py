"""Fields for days as people read them."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from portal.core.entries import TimeEntry, YenEntry
from portal.core.wareki import era_date, lacks_year, parse_date, weekday, written_weekday

_ONE_DAY = timedelta(days=1)


class JapaneseDateField(forms.DateField):
    """A day in any form officials write it: 2021-02-10, 令和3年2月10日（水）, R3.2.10, 平31.4.30, full-width digits.

    A weekday may stand behind it; one that does not fit is refused, for then one of the two is wrong.
    """

    default_error_messages = {
        "invalid": "日付として読めません。例：2021-02-10、令和3年2月10日",
        "year": "何年かが分かりません。西暦4桁か元号を付けてください。例：2021-02-10、令和3年2月10日",
        "weekday": "%(day)sは%(weekday)s曜日です。",
    }

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str) or value in self.empty_values:
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            day = parse_date(value)
        except ValueError as error:
            code = "year" if lacks_year(value) else "invalid"
            raise ValidationError(self.error_messages[code], code=code) from error
        self._check_weekday(day, value)
        return day

    def _check_weekday(self, day: date, typed: str) -> None:
        if written_weekday(typed) not in (None, weekday(day)):
            said = {"day": era_date(day), "weekday": weekday(day)}
            raise ValidationError(self.error_messages["weekday"], code="weekday", params=said)


class LastDayField(JapaneseDateField):
    """The last day of a period: shown and typed inclusive, kept as the first day after it."""

    def prepare_value(self, value: Any) -> Any:
        return value - _ONE_DAY if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        last_day = super().clean(value)
        if last_day == date.max:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return last_day + _ONE_DAY if last_day else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class MomentEntry(forms.SplitDateTimeField):
    """A day and a time of day, each in any form officials write it."""

    def __init__(self, **options: Any):
        forms.MultiValueField.__init__(self, (JapaneseDateField(), TimeEntry()), **options)


class DayField(models.DateField):
    """A day; its form field reads Japanese dates."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{**kwargs, "form_class": JapaneseDateField})


class PeriodEndField(models.DateField):
    """The first day after a period (half-open); people see and type the period's last day."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{**kwargs, "form_class": LastDayField})


def person_field(label: str, **options: Any) -> models.ForeignKey:
    """Who did something to a record; empty where nobody has, or the portal itself did."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
        **options,
    )


class YenField(models.PositiveBigIntegerField):
    """An amount of money in whole yen; its form field reads 37億4,025万円."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{**kwargs, "form_class": YenEntry})

    def deconstruct(self) -> tuple:
        """To the database it is a number: how it is typed is no matter of its tables."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveBigIntegerField", args, kwargs


class RevisionField(models.PositiveIntegerField):
    """Counts the changes of a row: 0 when it is made, one more each time it is saved."""

    def pre_save(self, model_instance: models.Model, add: bool) -> int:
        revision: int = 0 if add else getattr(model_instance, self.attname) + 1
        setattr(model_instance, self.attname, revision)
        return revision
