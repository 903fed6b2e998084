"""What the list of ward projects can be asked for."""

from typing import Any

from django import forms

from events.choices import ProjectField
from events.forms.record import ANY, RecordFilter


class ProjectFilter(RecordFilter):
    ward = forms.ChoiceField(label="実施する区", required=False)
    field = forms.ChoiceField(label="分野", required=False, choices=[ANY, *ProjectField.choices])

    field_order = ["ward", "field", "fiscal_year"]

    def __init__(self, *args: Any, wards: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._offer("ward", wards)
