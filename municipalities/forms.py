"""What people may ask of the directory of municipalities."""

from typing import Any

from django import forms

from municipalities.choices import MunicipalityKind, PostKind, Relation
from municipalities.models import MemberPost, Municipality, Prefecture
from municipalities.models.member import MemberPostQuerySet
from municipalities.querysets import MunicipalityQuerySet
from portal.core.forms import FilterForm
from portal.core.known import known

_ANY = ("", "すべて")


def _prefectures() -> list[tuple[str, str]]:
    return known(Prefecture.objects.choices, "prefectures")


class MunicipalityFilterForm(FilterForm):
    """Words, prefecture, kind and relation with the wards."""

    submit_label = "さがす"

    q = forms.CharField(
        label="ことば",
        required=False,
        max_length=50,
        help_text="自治体の名称、読み（ひらがな・カタカナ）、ローマ字、団体コードでさがせます。",
    )
    prefecture = forms.ChoiceField(label="都道府県", required=False)
    kind = forms.ChoiceField(label="種別", required=False, choices=[_ANY, *MunicipalityKind.choices])
    relation = forms.ChoiceField(label="23区との関係", required=False, choices=[_ANY, *Relation.choices])

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["prefecture"].choices = [_ANY, *_prefectures()]  # type: ignore[attr-defined]

    def all_rows(self) -> MunicipalityQuerySet:
        """What is filtered."""
        return Municipality.objects.existing()

    def found(self) -> MunicipalityQuerySet:
        """The municipalities that pass every valid filter."""
        rows = self.all_rows()
        if kind := self.value("kind"):
            rows = rows.of_kind(kind)
        if prefecture := self.value("prefecture"):
            rows = rows.in_prefecture(prefecture)
        if words := self.value("q"):
            rows = rows.matching(words)
        if relation := self.value("relation"):
            rows = rows.linked(relation, official=False)
        return rows

    def totals(self) -> tuple[int, int]:
        """How many are found, and how many of them without fictional records."""
        found = self.found()
        total, relation = found.count(), self.value("relation")
        return total, found.linked(relation, official=True).count() if relation else total


class MemberPostFilterForm(FilterForm):
    """Kind, prefecture and municipality of what members post; only those municipalities are offered that have posts."""

    kind = forms.ChoiceField(label="種別", required=False, choices=[_ANY, *PostKind.choices])
    prefecture = forms.ChoiceField(label="都道府県", required=False)
    municipality = forms.ChoiceField(label="自治体", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.public = MemberPost.objects.published()
        self.fields["prefecture"].choices = [_ANY, *_prefectures()]  # type: ignore[attr-defined]
        self.fields["municipality"].choices = [_ANY, *self.public.owners()]  # type: ignore[attr-defined]

    def found(self) -> MemberPostQuerySet:
        """The public posts that pass every valid filter."""
        rows: MemberPostQuerySet = self.public
        if kind := self.value("kind"):
            rows = rows.of_kind(kind)
        if prefecture := self.value("prefecture"):
            rows = rows.in_prefecture(prefecture)
        if municipality := self.value("municipality"):
            rows = rows.of(municipality)
        return rows
