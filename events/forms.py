"""What can be asked of the lists of events and projects, in their addresses."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms

from events.choices import EventKind, ProjectField, Status
from portal.core.forms import FilterForm
from portal.core.wareki import era_fiscal_year

_ANY = ("", "すべて")


class RecordFilter(FilterForm):
    """A filter by fiscal year and more; the years to choose from are those that have rows."""

    fiscal_year = forms.TypedChoiceField(label="年度", required=False, coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        named = [(year, f"{era_fiscal_year(year)}（{year}年度）") for year in years]
        self._offer("fiscal_year", named)

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [_ANY, *choices]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for and is valid, by the name of the column."""
        return {name: self.value(name) for name in self.fields if self.value(name) is not None}

    @property
    def query(self) -> str:
        """What was chosen as part of an address, for the links to other pages of the list."""
        return urlencode(self.chosen)


class EventFilter(RecordFilter):
    kind = forms.ChoiceField(label="種別", required=False, choices=[_ANY, *EventKind.choices])
    status = forms.ChoiceField(label="実施状況", required=False, choices=[_ANY, *Status.choices])

    field_order = ["kind", "fiscal_year", "status"]


class ProjectFilter(RecordFilter):
    ward = forms.ChoiceField(label="実施する区", required=False)
    field = forms.ChoiceField(label="分野", required=False, choices=[_ANY, *ProjectField.choices])

    field_order = ["ward", "field", "fiscal_year"]

    def __init__(self, *args: Any, wards: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._offer("ward", wards)
