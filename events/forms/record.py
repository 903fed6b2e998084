"""What every list of records can be asked for."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms

from portal.core.forms import FilterForm
from portal.core.wareki import era_fiscal_year
from portal.core.widgets import PlainSelect

ANY = ("", "すべて")


class ChosenForm(FilterForm):
    """A filter that knows what was asked for."""

    def _offer(self, name: str, choices: list[tuple[Any, str]], anything: tuple[str, str] = ANY) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [anything, *choices]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for and is valid, by the name of the column."""
        return {name: value for name in self.fields if (value := self.value(name)) not in (None, False)}

    @property
    def query(self) -> str:
        """What was chosen as part of an address, for the links to other pages of the list."""
        return self.query_of(self.chosen)

    @staticmethod
    def query_of(chosen: dict[str, Any]) -> str:
        """What was chosen as part of an address; a box that is ticked is there as browsers send it."""
        return urlencode({name: "on" if value is True else value for name, value in chosen.items()})


class RecordFilter(ChosenForm):
    """A filter by fiscal year and more; the years to choose from are those that have rows."""

    fiscal_year = forms.TypedChoiceField(label="年度", required=False, widget=PlainSelect, coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        named = [(year, f"{era_fiscal_year(year)}（{year}年度）") for year in years]
        self._offer("fiscal_year", named)
