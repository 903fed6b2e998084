"""What can be asked of the partners: on which day, of which set, where."""

from typing import Any, NamedTuple

from django import forms

from municipalities.choices import Relation
from municipalities.models import Municipality, Prefecture, Ward
from municipalities.querysets import MunicipalityQuerySet
from portal.core.forms import AsOfForm
from portal.statistics.definitions import DEFINITIONS, OF_OVERLAPS, Definition

_ANY = ("", "すべて")


class Chosen(NamedTuple):
    """What an address names: the municipalities that are in all of these sets, with how they are counted."""

    relations: tuple[Relation, ...]
    label: str
    definition: Definition


# By the name in the address: the union first, then each set, then where sets overlap.
CHOICES = {
    str(definition.relation): Chosen((definition.relation,), str(definition.relation.label), definition)
    for definition in sorted(DEFINITIONS, key=lambda definition: definition.relation != Relation.UNION)
    if definition.relation
} | {overlap.name: Chosen(overlap.sets, definition.label, definition) for overlap, definition in OF_OVERLAPS.items()}


class PartnersForm(AsOfForm):
    """A day, one of the sets, their union or an overlap, and where: the municipalities that make a number."""

    submit_label = "この条件の一覧を見る"

    set = forms.ChoiceField(
        label="区分", required=False, choices=[(name, chosen.label) for name, chosen in CHOICES.items()]
    )
    prefecture = forms.ChoiceField(label="都道府県", required=False)
    ward = forms.ChoiceField(label="交流している区", required=False)

    outside = forms.BooleanField(label="特別区を除く", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        wards = [(ward.code, ward.name) for ward in Ward.objects.all()]
        self.fields["prefecture"].choices = [_ANY, *Prefecture.objects.choices()]  # type: ignore[attr-defined]
        self.fields["ward"].choices = [_ANY, *wards]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Chosen:
        return CHOICES[self.value("set", Relation.UNION)]

    def found(self) -> MunicipalityQuerySet:
        """The municipalities that are counted; as many as the number says."""
        rows: MunicipalityQuerySet = Municipality.objects.all()
        for relation in self.chosen.relations:
            rows = rows.linked(relation, self.day, official=True)
        if self.value("outside"):
            rows = rows.outside_the_wards()
        if prefecture := self.value("prefecture"):
            rows = rows.in_prefecture(prefecture)
        if ward := self.value("ward"):
            rows = rows.tied_with(ward, self.day)
        return rows
