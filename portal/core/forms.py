"""Forms that read an address: filters and the as-of date. A bad value shows a message and is left out."""

from datetime import date
from typing import Any, Self, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from portal.core.fields import JapaneseDateField
from portal.core.known import known

# The special wards exist since the day 地方自治法 came into force.
FIRST_DAY, LAST_DAY = date(1947, 5, 3), date(2199, 12, 31)


class FilterForm(forms.Form):
    """A form whose values stand in the address.

    Every field is optional; ``value`` gives what is valid, else the default.
    """

    submit_label = "絞り込む"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.form_class = "filter-form"
        self.helper.add_input(Submit("", self.submit_label))

    @classmethod
    def of(cls, request: HttpRequest, **kwargs: Any) -> Self:
        """The form filled from the address and already checked."""
        form = cls(request.GET, **kwargs)
        form.is_valid()
        return form

    @property
    def asked(self) -> tuple[tuple[str, Any], ...]:
        """What was asked for and is valid, as part of a key."""
        return tuple((name, value) for name in self.fields if (value := self.value(name)) is not None)

    @property
    def markup(self) -> str:
        """The form as it is drawn: once for the same question and the same choices, while nothing public changes."""
        offered: list[Any] = [field for field in self.fields.values() if isinstance(field, forms.ChoiceField)]
        question = cast(QueryDict, self.data).urlencode()
        return known(lambda: render_crispy_form(self), type(self), question, *(tuple(one.choices) for one in offered))

    def value(self, name: str, default: Any = None) -> Any:
        """The checked value of a field; the default where it is empty or wrong."""
        found = self.cleaned_data.get(name)
        return default if found in (None, "") else found


class AsOfForm(FilterForm):
    """The day that the numbers of a page are counted on."""

    submit_label = "この日の数を見る"

    as_of = JapaneseDateField(
        label="いつ現在", required=False, help_text="例：2021-01-01、令和3年1月1日。空欄なら今日現在です。"
    )

    def clean_as_of(self) -> date | None:
        day = self.cleaned_data["as_of"]
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError("昭和22年5月3日（1947-05-03）から2199-12-31までの日付を入れてください。")
        return day

    @property
    def day(self) -> date:
        """The day asked for; today where none or a wrong one was given."""
        return self.value("as_of") or timezone.localdate()
