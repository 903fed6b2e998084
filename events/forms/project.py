"""What the list of ward projects can be asked for."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from events.choices import ProjectField, Status
from events.forms.record import RecordFilter
from events.querysets.project import ProjectFacets


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
    counted = forms.BooleanField(
        label="連携事業の数に入るものだけ",
        required=False,
        help_text="中止・延期・見合わせと、架空のデモデータを除きます。",
    )

    field_order = ["q", "ward", "field", "prefecture", "municipality", "fiscal_year", "status", "counted"]

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
