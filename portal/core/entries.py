"""Form fields for times, money and numbers as officials write them."""

import re
import unicodedata
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.core.clock import is_midnight_at_the_end, parse_time
from portal.core.money import parse_yen
from portal.core.wareki import parse_fiscal_year

# What officials count with; it may stand behind a number.
_COUNTER = "(?:人|名|件|席|回|組|個|台|冊|枚|番|行|列|団体|自治体|事業|か所|箇所)?"
_WHOLE_NUMBER = re.compile(rf"(?P<digits>\d{{1,20}}|\d{{1,3}}(?:,\d{{3}})+){_COUNTER}")
_NEGATIVE = re.compile(r"[-−△▲]\s*\d")


class TimeEntry(forms.TimeField):
    """A time of day in any form officials write it: 14:30, 14時30分, 午後2時半, full-width digits."""

    default_error_messages = {"invalid": "時刻として読めません。例：14:30、14時30分、午後2時半"}

    def to_python(self, value: Any) -> time | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(None if isinstance(value, str) else value)
        if is_midnight_at_the_end(value):
            raise ValidationError("24時は、翌日の0時と書いてください。", code="invalid")
        try:
            return parse_time(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


class YenEntry(forms.IntegerField):
    """An amount in whole yen: 37億4,025万円, ３７４，０２５万円, 3,740,250,000, ¥3740250000."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        return _read(value, parse_yen)


class WholeNumberEntry(forms.IntegerField):
    """A whole number: 1,200, １，２００人, 300件."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        return _read(value, parse_whole_number)


class FiscalYearEntry(forms.IntegerField):
    """A fiscal year: 2021, 2021年度, 令和3年度, R3."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        return _read(value, _fiscal_year)


def parse_whole_number(text: str) -> int:
    """A number as people type it. Raises ValueError, saying why in Japanese, below 0 and for anything else."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if _NEGATIVE.match(plain):
        raise ValueError("0以上の数を入れてください。")
    found = _WHOLE_NUMBER.fullmatch(plain)
    if not found:
        raise ValueError("整数として読めません。例：1200、1,200人")
    return int(found["digits"].replace(",", ""))


def _fiscal_year(text: str) -> int:
    try:
        return parse_fiscal_year(text)
    except ValueError as error:
        raise ValueError("年度として読めません。例：2021、令和3年度") from error


def _read(value: Any, parse: Any) -> int | None:
    """What was typed as a number; nothing typed is None. Raises ValidationError with the reason in Japanese."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, int):
        return value
    try:
        number: int = parse(value)
    except ValueError as error:
        raise ValidationError(str(error), code="invalid") from error
    return number
