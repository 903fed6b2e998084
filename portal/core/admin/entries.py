"""The controls of the back office for dates, times, money and numbers: beside each stands what it is read as."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminIntegerFieldWidget, AdminSplitDateTime, AdminTimeWidget
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from portal.core.entries import FiscalYearEntry, TimeEntry, WholeNumberEntry
from portal.core.fields import JapaneseDateField, MomentEntry, YenField
from portal.core.read_back import Kind, ReadBackForm, read_back

FISCAL_YEAR = "fiscal_year"


class DrawnByTheSite(forms.Widget):
    """A widget drawn by the site's own templates."""

    template_name: str

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        context = self.get_context(name, value, attrs)
        return render_to_string(self.template_name, context)


class ReadBackInput(DrawnByTheSite, forms.TextInput):
    """A line of text with what it is read as beside it; a small script keeps that up to date while somebody types."""

    template_name = "admin/widgets/read_back.html"
    kind: ClassVar[Kind]

    class Media:
        js = (forms.Script("js/read-back.js", type="module"),)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["read_back"] = {"kind": self.kind.value, "text": read_back(self.kind, str(widget["value"] or ""))}
        return context


class DateInput(ReadBackInput, AdminDateWidget):  # type: ignore[misc]
    kind = Kind.DATE

    def __init__(self, attrs: Any = None):
        super().__init__({"size": 20, **(attrs or {})})


class TimeInput(ReadBackInput, AdminTimeWidget):  # type: ignore[misc]
    kind = Kind.TIME

    def __init__(self, attrs: Any = None):
        super().__init__({"size": 10, **(attrs or {})})


class MomentInput(DrawnByTheSite, AdminSplitDateTime):
    template_name = "admin/widgets/moment.html"

    def __init__(self, attrs: Any = None):
        forms.MultiWidget.__init__(self, [DateInput, TimeInput], attrs)


class NumberInput(ReadBackInput, AdminIntegerFieldWidget):
    kind = Kind.WHOLE_NUMBER

    def __init__(self, attrs: Any = None):
        super().__init__({"inputmode": "numeric", **(attrs or {})})


class FiscalYearInput(ReadBackInput, AdminIntegerFieldWidget):
    kind = Kind.FISCAL_YEAR


class YenInput(ReadBackInput, AdminIntegerFieldWidget):
    kind = Kind.YEN

    def __init__(self, attrs: Any = None):
        super().__init__({"class": "vYenField", **(attrs or {})})


# By the kind of a column: how the back office reads it, and with which control.
ENTRIES: dict[type[models.Field], dict[str, Any]] = {
    models.DateField: {"form_class": JapaneseDateField, "widget": DateInput},
    models.DateTimeField: {"form_class": MomentEntry, "widget": MomentInput},
    models.TimeField: {"form_class": TimeEntry, "widget": TimeInput},
    models.IntegerField: {"form_class": WholeNumberEntry, "widget": NumberInput},
    models.BigIntegerField: {"form_class": WholeNumberEntry, "widget": NumberInput},
    YenField: {"widget": YenInput},
}
FISCAL_YEAR_ENTRY: dict[str, Any] = {"form_class": FiscalYearEntry, "widget": FiscalYearInput}


def say_back(request: HttpRequest) -> HttpResponse:
    """What a text is read as, while somebody types it."""
    return HttpResponse(ReadBackForm(request.GET).said(), content_type="text/plain; charset=utf-8")
