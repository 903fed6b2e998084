"""What people may ask of the search."""

from typing import Any

from django import forms

from portal.core.forms import FilterForm
from portal.search.choices import Kind
from portal.search.queries import Query, read

LONGEST_QUERY = 100


class SearchForm(FilterForm):
    """Words and a kind; wrong ones are told of, and nothing is searched."""

    submit_label = "さがす"

    q = forms.CharField(
        label="さがす言葉",
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={"max_length": f"さがす言葉は{LONGEST_QUERY}文字までです。短くしてお試しください。"},
    )
    kind = forms.ChoiceField(
        label="種類",
        required=False,
        choices=[("", "すべて"), *Kind.choices],
        error_messages={"invalid_choice": "この種類はありません。一覧から選んでください。"},
    )

    def clean_q(self) -> str:
        words = self.cleaned_data["q"]
        if words and not read(words).terms:
            raise forms.ValidationError("さがす言葉に、文字か数字を入れてください。")
        return words

    @property
    def query(self) -> Query | None:
        """What is searched; None where nothing was typed, or something is wrong."""
        words = self.value("q", "")
        return read(words) if words and self.is_valid() else None

    @property
    def messages(self) -> list[str]:
        return [str(message) for errors in self.errors.values() for message in errors]

    def typed(self) -> Any:
        """What stands in the box."""
        return self["q"].value() or ""
