"""A day entered in four parts, and a file whose limits are shown."""

import re
from datetime import date

import html5lib
import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from portal.core.fields import JapaneseDateField, LastDayField
from portal.core.widgets import JapaneseDateWidget, PlainSelect, UploadField

MEGABYTE = 1024 * 1024


class DayForm(forms.Form):
    held_on = JapaneseDateField(label="開催日", widget=JapaneseDateWidget, help_text="例：令和3年2月10日")


class OptionalDayForm(forms.Form):
    ends_on = LastDayField(label="最終日", widget=JapaneseDateWidget, required=False)


class PaperForm(forms.Form):
    paper = UploadField(label="資料", extensions=["pdf", "csv"], max_bytes=MEGABYTE, help_text="一つだけ。")


def typed(era="令和", year="", month="", day="", name="held_on"):
    parts = {"era": era, "year": year, "month": month, "day": day}
    return {f"{name}_{part}": value for part, value in parts.items()}


def drawn(form):
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(
        f'<!doctype html><html lang="ja"><head><title>x</title></head><body>{as_crispy_form(form)}</body></html>'
    )


def shown(form) -> tuple[str, ...]:
    """What stands in the four parts."""
    tree = drawn(form)
    era = next(option.get("value") for option in tree.iter("option") if option.get("selected") is not None)
    return (era, *(control.get("value", "") for control in tree.iter("input")))


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("令和", "3", "2", "10"), date(2021, 2, 10)),
        (("令和", "元", "5", "1"), date(2019, 5, 1)),
        (("平成", "31", "1", "11"), date(2019, 1, 11)),
        (("昭和", "64", "1", "7"), date(1989, 1, 7)),
        (("西暦", "2021", "2", "10"), date(2021, 2, 10)),
        (("令和", "３年", " 2月 ", "１０日"), date(2021, 2, 10)),
    ],
)
def test_four_parts_make_a_day(parts, day):
    form = DayForm(typed(*parts))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["held_on"] == day


@pytest.mark.parametrize(
    "parts",
    [
        ("令和", "3", "13", "1"),
        ("令和", "3", "2", "30"),
        ("令和", "3", "", "10"),
        ("令和", "さん", "2", "10"),
        ("令和", "", "", "10"),
    ],
)
def test_what_is_no_day_is_refused_and_kept(parts):
    form = DayForm(typed(*parts))

    assert form.errors["held_on"] == ["日付として読めません。例：2021-02-10、令和3年2月10日"]
    assert shown(form) == parts


def test_a_year_of_one_digit_under_no_era_is_no_year():
    form = DayForm(typed("西暦", "3", "2", "10"))

    assert form.errors["held_on"] == [
        "何年かが分かりません。西暦4桁か元号を付けてください。例：2021-02-10、令和3年2月10日"
    ]
    assert shown(form) == ("西暦", "3", "2", "10")


@pytest.mark.parametrize("data", [typed(), typed("西暦"), typed(year=" "), {}])
def test_nothing_typed_is_no_day(data):
    assert DayForm(data).errors["held_on"] == ["このフィールドは必須です。"]
    form = OptionalDayForm({key.replace("held_on", "ends_on"): value for key, value in data.items()})
    assert form.is_valid()
    assert form.cleaned_data["ends_on"] is None


@pytest.mark.parametrize(
    ("day", "parts"),
    [
        (date(2021, 2, 10), ("令和", "3", "2", "10")),
        (date(1989, 1, 7), ("昭和", "64", "1", "7")),
        (date(1920, 1, 2), ("西暦", "1920", "1", "2")),
        (date(1800, 1, 2), ("西暦", "1800", "1", "2")),
        (None, ("令和", "", "", "")),
    ],
)
def test_a_day_is_shown_in_its_era(day, parts):
    assert shown(DayForm(initial={"held_on": day})) == parts


def test_the_last_day_of_a_period_is_shown_inclusive():
    assert shown(OptionalDayForm(initial={"ends_on": date(2021, 4, 1)})) == ("令和", "3", "3", "31")


@given(st.dates(min_value=date(1868, 10, 23)))
def test_every_day_comes_back_as_it_was_shown(day):
    widget = JapaneseDateWidget()
    data = dict(zip(typed(), widget.decompress(day), strict=True))

    assert JapaneseDateField(widget=widget).clean(widget.value_from_datadict(data, {}, "held_on")) == day


def test_each_part_has_its_label_and_the_group_its_legend_help_and_error():
    tree = drawn(DayForm(typed("令和", "3", "13", "1")))
    controls = {control.get("id"): control for tag in ("input", "select") for control in tree.iter(tag)}
    labels = {label.get("for"): "".join(label.itertext()).split() for label in tree.iter("label")}
    fieldset = next(tree.iter("fieldset"))

    assert controls.keys() == labels.keys() == {f"id_held_on_{number}" for number in range(4)}
    assert [labels[f"id_held_on_{number}"][-1] for number in (1, 2, 3)] == ["年", "月", "日"]
    assert labels["id_held_on_0"][0] == "元号"
    assert {control.get("aria-invalid") for control in controls.values()} == {"true"}
    assert {control.get("inputmode") for control in tree.iter("input")} == {"numeric"}
    assert fieldset.get("aria-describedby") == "id_held_on_helptext id_held_on_error"
    assert "".join(next(fieldset.iter("legend")).itertext()).split() == ["開催日", "必須"]


def test_the_error_leads_to_the_first_part():
    tree = drawn(DayForm({}))

    assert [link.get("href") for link in tree.iter("a")] == ["#id_held_on_0"]


def test_without_ids_the_day_is_drawn_as_well():
    assert JapaneseDateWidget().id_for_label("") == ""


def test_a_file_shows_its_limits():
    tree = drawn(PaperForm())
    control = next(tree.iter("input"))

    assert control.get("accept") == ".pdf,.csv"
    assert control.get("aria-describedby") == "id_paper_helptext"
    help_text = next(element for element in tree.iter("div") if element.get("id") == "id_paper_helptext")
    assert help_text.text == "一つだけ。選べるファイル：PDF・CSV。1MBまで。"


@pytest.mark.parametrize(
    ("name", "size", "error"),
    [
        ("paper.pdf", MEGABYTE, None),
        ("paper.pdf", MEGABYTE + 1, "ファイルは1MBまでです。"),
        ("paper.exe", 1, "ファイル拡張子 “exe” は許可されていません。許可されている拡張子は pdf, csv です。"),
    ],
)
def test_a_file_beyond_its_limits_is_refused(name, size, error):
    form = PaperForm({}, {"paper": SimpleUploadedFile(name, b"x" * size)})

    assert form.errors.get("paper", []) == ([error] if error else [])


def test_a_file_that_is_needed_is_asked_for():
    assert PaperForm({}, {}).errors["paper"] == ["このフィールドは必須です。"]


def test_only_what_is_typed_is_required():
    shown = JapaneseDateWidget().get_context("held_on", None, {"required": True})["widget"]["subwidgets"]

    assert [part["attrs"].get("required", False) for part in shown] == [False, True, True, True]


def test_a_plain_list_is_drawn_as_django_draws_it():
    class ListForm(forms.Form):
        plain = forms.ChoiceField(widget=PlainSelect, choices=[("", "すべて"), ("a&b", "甲<乙")], required=False)
        stock = forms.ChoiceField(choices=[("", "すべて"), ("a&b", "甲<乙")], required=False)

    form = ListForm({"plain": "a&b", "stock": "a&b"})

    def squeezed(name: str) -> str:
        return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", str(form[name]))).replace(name, "name")

    assert squeezed("plain") == squeezed("stock")
