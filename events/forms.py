"""What can be asked of the lists of events and projects, in their addresses."""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from urllib.parse import urlencode

from django import forms

from events.choices import EventKind, ProjectField, Status
from events.querysets.project import ProjectFacets
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
    """What may be asked of the ward projects; ``facets`` counts them, so that each choice says how many it has."""

    q = forms.CharField(
        label="ことば", required=False, max_length=50, help_text="名称と概要、自治体の名称でさがします。"
    )
    ward = forms.ChoiceField(label="実施する区", required=False)
    field = forms.ChoiceField(label="分野", required=False)
    prefecture = forms.ChoiceField(label="連携自治体の都道府県", required=False)
    municipality = forms.CharField(
        label="連携自治体", required=False, max_length=30, help_text="名称か団体コード（6桁）。例：角田市"
    )
    status = forms.ChoiceField(label="実施状況", required=False)

    field_order = ["q", "ward", "field", "prefecture", "municipality", "fiscal_year", "status"]

    def __init__(self, *args: Any, facets: ProjectFacets, **kwargs: Any):
        super().__init__(*args, years=sorted(facets.fiscal_year, reverse=True), **kwargs)
        self._offer("fiscal_year", [(year, f"{name}・{facets.fiscal_year[year]}件") for year, name in self._years()])
        self._offer("field", _counted(ProjectField.choices, facets.field))
        self._offer("status", _counted(Status.choices, facets.status))
        self._offer("ward", _counted(facets.ward_names.items(), facets.ward))
        self._offer("prefecture", _counted(facets.prefecture_names.items(), facets.prefecture))

    def _years(self) -> list[tuple[Any, Any]]:
        return cast(Any, self.fields["fiscal_year"]).choices[1:]


def _counted(choices: Iterable[tuple[Any, Any]], counts: Mapping[Any, int]) -> list[tuple[Any, str]]:
    """The choices that have any rows, each with their number."""
    return [(value, f"{label}（{counts[value]}件）") for value, label in choices if counts.get(value)]
