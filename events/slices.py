"""Parts of all events and exhibitions that people follow: those of a ward, a prefecture, a municipality, of a kind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlencode

from crispy_forms.layout import Layout
from django import forms
from django.http import Http404, HttpRequest

from events.choices import EventKind
from events.models import Event, Exhibition, TourStop
from events.querysets import EventQuerySet, ExhibitionQuerySet, TourStopQuerySet
from municipalities.models import Municipality, Prefecture, Ward
from portal.core.forms import FilterForm

_ANY = "すべて"


@dataclass(frozen=True)
class Slice:
    """What has all of these; without any, everything. An exhibition has no kind, so that no slice by kind holds one."""

    ward: Ward | None = None
    prefecture: Prefecture | None = None
    municipality: Municipality | None = None
    kind: str = ""

    @property
    def title(self) -> str:
        """「品川区のイベント・展示」."""
        places = "・".join(str(place) for place in (self.prefecture, self.municipality, self.ward) if place)
        what = str(EventKind(self.kind).label) if self.kind else "イベント・展示"
        if places:
            return f"{places}の{what}"
        return what if self.kind else f"すべての{what}"

    @property
    def query(self) -> str:
        """「ward=131091」: the slice as part of an address; empty for everything."""
        places = {"ward": self.ward, "prefecture": self.prefecture, "municipality": self.municipality}
        codes = {name: str(place.pk) for name, place in places.items() if place}
        return urlencode(codes | ({"kind": self.kind} if self.kind else {}))

    @property
    def _codes(self) -> list[str]:
        """The codes of the ward and the municipality; a ward may be named as either."""
        return [str(place.pk) for place in (self.ward, self.municipality) if place]

    def events(self, at: datetime | None = None) -> EventQuerySet:
        """The public events of the slice, wholes and parts."""
        rows = Event.objects.published(at)
        for code in self._codes:
            rows = rows.in_municipality(code)
        if self.prefecture:
            rows = rows.in_prefecture(self.prefecture.pk)
        return rows.of_kind(self.kind) if self.kind else rows

    def newest_events(self, at: datetime | None = None) -> EventQuerySet:
        """The public events that are in the slice or have a part in it, newest published first; no parts."""
        public = Event.objects.published(at)
        return (public.wholes_of(self.events(at)) if self.query else public).newest_wholes()

    def begun_exhibitions(self, at: datetime | None = None) -> ExhibitionQuerySet:
        """The public exhibitions whose first place is in the slice."""
        rows = self._exhibitions(at)
        for code in self._codes:
            rows = rows.begun_in(code)
        return rows

    def newest_exhibitions(self, at: datetime | None = None) -> ExhibitionQuerySet:
        """The public exhibitions in the slice by their first place or a stop, newest published first."""
        rows = self._exhibitions(at)
        for code in self._codes:
            rows = rows.shown_in(code)
        return rows.newest()

    def _exhibitions(self, at: datetime | None) -> ExhibitionQuerySet:
        rows = Exhibition.objects.published(at)
        if self.prefecture:
            rows = rows.in_prefecture(self.prefecture.pk)
        return rows.none() if self.kind else rows

    def stops(self, at: datetime | None = None) -> TourStopQuerySet:
        """The stops of public exhibitions that are in the slice."""
        rows = TourStop.objects.of_public_exhibitions(at)
        for code in self._codes:
            rows = rows.in_ward(code)
        if self.prefecture:
            rows = rows.of_prefecture(self.prefecture.pk)
        return rows.none() if self.kind else rows


class SliceForm(FilterForm):
    """Reads a slice from an address; each place costs one query where it is given, none where it is not."""

    submit_label = "アドレスを表示する"

    kind = forms.ChoiceField(label="種別", required=False, choices=[("", _ANY), *EventKind.choices])
    ward = forms.ModelChoiceField(Ward.objects.all(), label="区", required=False)
    prefecture = forms.ModelChoiceField(Prefecture.objects.all(), label="都道府県", required=False)
    # Chosen by the link on its page: a list of 1,741 would help nobody.
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label="自治体",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "この団体コードの自治体はありません。"},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # Who chooses anew leaves the municipality behind.
        self.helper.layout = Layout("kind", "ward", "prefecture")

    def offer(self, *, wards: list[Ward], prefectures: list[Prefecture]) -> Self:
        """Gives the lists of places to choose from, which were read already."""
        for name, places in (("ward", wards), ("prefecture", prefectures)):
            field: Any = self.fields[name]
            field.choices = [("", _ANY), *((place.pk, str(place)) for place in places)]
        return self

    @property
    def slice(self) -> Slice:
        """What was asked for and is valid."""
        return Slice(self.value("ward"), self.value("prefecture"), self.value("municipality"), self.value("kind", ""))


def slice_of(request: HttpRequest) -> Slice:
    """The slice that a machine asks for. Raises Http404 for one that there is not: never everything instead."""
    form = SliceForm.of(request)
    if form.errors:
        raise Http404("この条件のイベントはありません。")
    return form.slice
