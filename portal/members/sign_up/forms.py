"""What somebody who signs up chooses and writes."""

import unicodedata
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from municipalities.forms import MunicipalityFilterForm
from municipalities.models import Municipality
from municipalities.querysets import MunicipalityQuerySet
from portal.core.guard import GuardedForm

_PHONE = RegexValidator(r"^\+?[0-9()-]{9,20}$", "電話番号は、数字とハイフンで入れてください。例：03-1234-5678")


class PlaceForm(MunicipalityFilterForm):
    """Finds one's own municipality; one that cannot sign up is found as well, and told why."""

    kind = relation = None  # type: ignore[assignment]

    def all_rows(self) -> MunicipalityQuerySet:
        return Municipality.objects.all()

    @property
    def is_asked(self) -> bool:
        return bool(self.value("q") or self.value("prefecture"))


class PlainField(forms.CharField):
    """A line in which full-width letters, digits and signs are those of ASCII."""

    def to_python(self, value: Any) -> Any:
        written = super().to_python(value)
        return unicodedata.normalize("NFKC", written) if isinstance(written, str) else written


class PlainEmailField(PlainField, forms.EmailField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(value).strip().lower()


class PhoneField(PlainField):
    def to_python(self, value: Any) -> Any:
        written = super().to_python(value).translate(dict.fromkeys(map(ord, "‐‑‒–—―−ー"), "-"))
        return "".join(written.split())


class ApplicantForm(GuardedForm):
    """Who applies; anybody may send it."""

    department = forms.CharField(label="所属", max_length=100, help_text="例：企画部 企画課")
    name = forms.CharField(
        label="氏名", max_length=100, widget=forms.TextInput({"autocomplete": "name"}), help_text="担当される方。"
    )
    phone = PhoneField(
        label="電話番号",
        max_length=30,
        validators=[_PHONE],
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        help_text="職場の番号を入れてください。例：03-1234-5678",
    )
    email = PlainEmailField(
        label="メールアドレス",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text="職場のアドレスを入れてください。確認のメールをお送りします。",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What was written, each under its label, to be looked through."""
        return [(str(field.label), self.cleaned_data[field.name]) for field in self.visible_fields()]
