"""What can be asked of the partners: on which day, of which set, where."""

from typing import Any

from django import forms

from municipalities.choices import Relation
from municipalities.models import Municipality, Prefecture, Ward
from municipalities.querysets import MunicipalityQuerySet
from portal.core.forms import AsOfForm

_ANY = ("", "すべて")


class PartnersForm(AsOfForm):
    """A day, one of the sets or their union, and where: the municipalities that make a number."""

    submit_label = "この条件の一覧を見る"

    set = forms.ChoiceField(label="区分", required=False, choices=[(r.value, r.label) for r in reversed(Relation)])
    prefecture = forms.ChoiceField(label="都道府県", required=False)
    ward = forms.ChoiceField(label="交流している区", required=False)

    outside = forms.BooleanField(label="特別区を除く", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        wards = [(ward.code, ward.name) for ward in Ward.objects.all()]
        self.fields["prefecture"].choices = [_ANY, *Prefecture.objects.choices()]  # type: ignore[attr-defined]
        self.fields["ward"].choices = [_ANY, *wards]  # type: ignore[attr-defined]

    @property
    def relation(self) -> Relation:
        return Relation(self.value("set", Relation.UNION))

    def found(self) -> MunicipalityQuerySet:
        """The municipalities that are counted; as many as the number says."""
        rows = Municipality.objects.linked(self.relation, self.day, official=True)
        if self.value("outside"):
            rows = rows.outside_the_wards()
        if prefecture := self.value("prefecture"):
            rows = rows.in_prefecture(prefecture)
        if ward := self.value("ward"):
            rows = rows.tied_with(ward, self.day)
        return rows
