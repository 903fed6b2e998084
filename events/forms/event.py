"""What the list and the calendar of events can be asked for."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms

from events.choices import EventKind, Status
from events.forms.record import ANY, ChosenForm, RecordFilter
from events.wanted import Wanted
from events.when import AHEAD, Span, When
from municipalities.place_names import PlaceNames
from portal.core.fields import JapaneseDateField
from portal.core.forms import FIRST_DAY, LAST_DAY
from portal.core.widgets import PlainSelect

# What only the list can be asked for: a page of the calendar is its own time.
TIMES = ("when", "from", "to", "fiscal_year")
SUBSCRIBED = ("ward", "prefecture", "municipality", "kind")


class CalendarFilter(ChosenForm):
    """Where, what kind, free of charge, online: all that is no question of time.

    The towns to choose from are those of the chosen prefecture; without one the field is not there.
    """

    ward = forms.ChoiceField(label="区", required=False, widget=PlainSelect)
    prefecture = forms.ChoiceField(label="都道府県", required=False, widget=PlainSelect)
    municipality = forms.ChoiceField(label="市区町村", required=False, widget=PlainSelect)
    kind = forms.ChoiceField(label="種別", required=False, widget=PlainSelect, choices=[ANY, *EventKind.choices])
    status = forms.ChoiceField(label="実施状況", required=False, widget=PlainSelect, choices=[ANY, *Status.choices])
    free = forms.BooleanField(label="参加無料", required=False)
    online = forms.BooleanField(label="オンライン", required=False)

    field_order = ["kind", "ward", "prefecture", "municipality", "status", "free", "online"]

    def __init__(self, *args: Any, places: PlaceNames, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._offer("ward", places.wards)
        self._offer("prefecture", places.prefectures)
        self._offer("municipality", places.municipalities)
        if not places.municipalities and not self.data.get("municipality"):
            del self.fields["municipality"]

    @property
    def wanted(self) -> Wanted:
        """What was asked for and is valid."""
        return Wanted(**{name: value for name, value in self.chosen.items() if name not in ("from", "to")})

    @property
    def calendar_query(self) -> str:
        """What was chosen that the calendar can be asked for as well."""
        return self.query_of({name: value for name, value in self.chosen.items() if name not in TIMES})


class EventFilter(CalendarFilter, RecordFilter):
    """With the question of time, and how many events each choice would give."""

    when = forms.ChoiceField(
        label="いつ", required=False, widget=PlainSelect, choices=[("", "これから"), *When.choices]
    )

    counted: Mapping[str, int] = {}

    field_order = ["when", "from", "to", *CalendarFilter.field_order, "fiscal_year"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # As they stand in the address: 「from」 can be no name in Python.
        for name, label in (("from", "期間の初日"), ("to", "期間の最終日")):
            example = forms.TextInput({"placeholder": "例：令和8年10月1日"})
            self.fields[name] = JapaneseDateField(label=label, required=False, widget=example)
        self.order_fields(self.field_order)

    def clean(self) -> None:
        """What is wrong with a period is told, and the list is as if there were none."""
        for name in ("from", "to"):
            day = self.cleaned_data.get(name)
            if day and not FIRST_DAY <= day <= LAST_DAY:
                self.add_error(name, "昭和22年5月3日（1947-05-03）から2199-12-31までの日付を入れてください。")
        first, last = self._span
        if first and last and last < first:
            self.add_error("to", "期間の最終日は、初日より前にできません。")
            self.cleaned_data.pop("from", None)
        elif self.value("when") == When.PERIOD and not (first or last or self.errors):
            self.add_error("from", "期間の初日か最終日を入れてください。")

    @property
    def _span(self) -> Span:
        return Span(self.value("from"), self.value("to"))

    @property
    def chosen(self) -> dict[str, Any]:
        """Days count where a period is asked for, or no time at all; a period without days is none."""
        chosen = super().chosen
        days: dict[str, date] = {name: chosen.pop(name) for name in ("from", "to") if name in chosen}
        if chosen.get("when") == When.PERIOD:
            del chosen["when"]
        return chosen if "when" in chosen or not days else {"when": When.PERIOD.value, **days, **chosen}

    @property
    def wanted(self) -> Wanted:
        asked = {name: value for name, value in self.chosen.items() if name not in ("from", "to")}
        return Wanted(span=self._span, **asked)

    @property
    def subscription_query(self) -> str:
        """What was chosen that can be subscribed to."""
        return self.query_of({name: value for name, value in self.chosen.items() if name in SUBSCRIBED})

    @property
    def without_time(self) -> str:
        """The same question, of all times; empty where that is asked already."""
        if self.value("when") == When.ALL:
            return ""
        rest = {name: value for name, value in self.chosen.items() if name not in TIMES}
        return self.query_of({"when": When.ALL.value, **rest})

    @property
    def shortcuts(self) -> list[tuple[str, int | None, str, bool]]:
        """The times that look ahead, each with its number and the address that asks for it, all else as chosen."""
        rest = {name: value for name, value in self.chosen.items() if name not in TIMES}
        chosen = self.chosen.get("when", "")
        times = [("", "これから", None), *((when.value, str(when.label), self.counted.get(when)) for when in AHEAD)]
        return [
            (label, count, f"?{self.query_of({'when': when, **rest} if when else rest)}", when == chosen)
            for when, label, count in times
        ]

    def show_counts(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Writes beside each choice how many events it would give; without a number where nobody counted."""
        self.counted = counts["when"]
        for name, found in counts.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                labelled = [(value, _with_count(label, found.get(str(value)))) for value, label in _choices(field)]
                field.choices = labelled
            elif field is not None:
                # The field as it is drawn took its label over when it was checked.
                self[name].label = _with_count(str(field.label), found.get("on"))


def _choices(field: forms.ChoiceField) -> list[tuple[Any, str]]:
    return list(cast(Iterable[tuple[Any, str]], field.choices))


def _with_count(label: str, count: int | None) -> str:
    return label if count is None else f"{label}（{count:,}）"
