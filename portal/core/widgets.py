"""Ways of entering things that HTML has no control for."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.template.loader import render_to_string

from portal.core.wareki import era_of

WESTERN = "西暦"
ERAS = ("令和", "平成", "昭和", WESTERN)
# Years of an era are read with up to two digits.
LONGEST_ERA = 99

_PARTS = re.compile(r"(令和|平成|昭和|)(.*?)年(.*?)月(.*?)日")
_MEGABYTE = 1024 * 1024


class JapaneseDateWidget(forms.MultiWidget):
    """A day in four parts: era, year, month and day. Its value is the day as officials write it.

    Give it to a ``JapaneseDateField``: what was typed stays, whether it is a day or not.
    """

    use_fieldset = True
    template_name = "dads/widgets/japanese_date.html"

    def __init__(self, attrs: dict[str, Any] | None = None):
        number = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            {
                "era": forms.Select(choices=[(era, era) for era in ERAS]),
                "year": forms.TextInput({**number, "maxlength": 4}),
                "month": forms.TextInput({**number, "maxlength": 2}),
                "day": forms.TextInput({**number, "maxlength": 2}),
            },
            attrs,
        )

    def decompress(self, value: Any) -> list[str]:
        if isinstance(value, date):
            era = era_of(value)
            year = value.year - era.began.year + 1 if era else 0
            if era is None or era.name not in ERAS or year > LONGEST_ERA:
                return [WESTERN, str(value.year), str(value.month), str(value.day)]
            return [era.name, str(year), str(value.month), str(value.day)]
        if isinstance(value, str) and (match := _PARTS.fullmatch(value)):
            name, *numbers = match.groups()
            return [name or WESTERN, *numbers]
        return [ERAS[0], "", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """「令和3年2月10日」; empty where no part but the era is filled in."""
        era, *typed = super().value_from_datadict(data, files, name)
        year, month, day = (
            re.sub(rf"\s*{unit}?\s*$", "", (part or "").strip()) for part, unit in zip(typed, "年月日", strict=True)
        )
        if not (year or month or day):
            return ""
        return f"{'' if era == WESTERN else era or ERAS[0]}{year}年{month}月{day}日"

    def id_for_label(self, id_: str) -> str:
        """The first part: there the error summary leads."""
        return f"{id_}_0" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """An era is always chosen: HTML knows ``required`` only of a list that begins with an empty choice."""
        context = super().get_context(name, value, attrs)
        context["widget"]["subwidgets"][0]["attrs"].pop("required", None)
        return context

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        """By the site's own templates, where the rest of the form pack lies."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class PlainSelect(forms.Select):
    """A list to choose from, drawn in one go: Django draws every choice by a template of its own, which takes long."""

    template_name = "dads/widgets/select.html"

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        """By the site's own templates, where the rest of the form pack lies."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class UploadField(forms.FileField):
    """A file to send, with its limits shown: what kinds, how large."""

    widget = forms.FileInput

    def __init__(self, *, extensions: Iterable[str], max_bytes: int, help_text: str = "", **options: Any):
        self.extensions, self.max_bytes = list(extensions), max_bytes
        kinds = "・".join(extension.upper() for extension in self.extensions)
        limits = f"選べるファイル：{kinds}。{self.max_bytes // _MEGABYTE}MBまで。"
        super().__init__(help_text=f"{help_text}{limits}", **options)
        self.validators.append(FileExtensionValidator(self.extensions))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        accept = ",".join(f".{extension}" for extension in self.extensions)
        return super().widget_attrs(widget) | {"accept": accept}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if data and data.size > self.max_bytes:
            raise forms.ValidationError(f"ファイルは{self.max_bytes // _MEGABYTE}MBまでです。")
        return upload
