"""What was typed, said back as officials print it, so that a slip is seen before it is saved."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from portal.core.clock import spoken_time
from portal.core.entries import FiscalYearEntry, TimeEntry, WholeNumberEntry, YenEntry
from portal.core.fields import JapaneseDateField
from portal.core.money import both_ways
from portal.core.wareki import era_date, era_fiscal_year, weekday


class Kind(models.TextChoices):
    DATE = "date", "日付"
    TIME = "time", "時刻"
    FISCAL_YEAR = "fiscal_year", "年度"
    YEN = "yen", "金額"
    WHOLE_NUMBER = "whole_number", "数"


class Reading(NamedTuple):
    """How a text is read, and how what was read is said."""

    field: forms.Field
    say: Callable[[Any], str]


_READINGS: Mapping[str, Reading] = {
    Kind.DATE: Reading(JapaneseDateField(required=False), lambda day: f"{era_date(day)}（{weekday(day)}）"),
    Kind.TIME: Reading(TimeEntry(required=False), spoken_time),
    Kind.FISCAL_YEAR: Reading(FiscalYearEntry(required=False, min_value=1, max_value=9998), era_fiscal_year),
    Kind.YEN: Reading(YenEntry(required=False), both_ways),
    Kind.WHOLE_NUMBER: Reading(WholeNumberEntry(required=False), lambda number: f"{number:,}"),
}


def read_back(kind: str, typed: str) -> str:
    """What a text of a kind means; empty for what cannot be read and where the text says so itself."""
    reading = _READINGS[kind]
    try:
        value = reading.field.clean(typed)
    except ValidationError:
        return ""
    said = "" if value is None else reading.say(value)
    return "" if said == typed.strip() or said == f"{typed.strip()}円" else said


class ReadBackForm(forms.Form):
    """What a page asks while somebody types."""

    kind = forms.ChoiceField(choices=Kind.choices)
    text = forms.CharField(required=False, max_length=60)

    def said(self) -> str:
        return read_back(self.cleaned_data["kind"], self.cleaned_data["text"]) if self.is_valid() else ""
