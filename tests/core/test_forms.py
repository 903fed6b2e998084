"""Forms that read an address: what is right is used, what is wrong is said and left out."""

from datetime import date

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils import timezone

from portal.core.forms import AsOfForm, FilterForm


class ColourFilter(FilterForm):
    colour = forms.ChoiceField(label="色", choices=[("red", "赤")], required=False)
    number = forms.IntegerField(label="数", required=False)


@pytest.mark.parametrize(
    ("address", "colour", "number", "wrong"),
    [
        ({}, None, None, []),
        ({"colour": "red", "number": "0"}, "red", 0, []),
        ({"colour": "", "number": ""}, None, None, []),
        ({"colour": "green", "number": "3"}, None, 3, ["colour"]),
        ({"number": "9" * 5000}, None, None, ["number"]),
        ({"colour": "\x00"}, None, None, ["colour"]),
        ({"unknown": "x"}, None, None, []),
    ],
    ids=["nothing", "right", "empty", "no such choice", "far too long", "NUL", "unknown parameter"],
)
def test_a_filter_gives_what_is_valid(rf, address, colour, number, wrong):
    form = ColourFilter.of(rf.get("/", address))

    assert form.value("colour") == colour
    assert form.value("number") == number
    assert list(form.errors) == wrong


def test_an_empty_or_wrong_value_is_the_default(rf):
    form = ColourFilter.of(rf.get("/", {"number": "many"}))

    assert form.value("number", 7) == 7
    assert form.value("colour", "red") == "red"


def test_a_filter_is_sent_by_get_and_sends_nothing_of_its_own(rf):
    html = render_crispy_form(ColourFilter.of(rf.get("/")), context={"csrf_token": "SECRET"})

    assert '<form method="get" class="filter-form" data-live novalidate>' in html
    assert "SECRET" not in html
    assert 'name=""' not in html
    assert '<button class="button" data-variant="primary" type="submit">絞り込む</button>' in html


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2021-01-01", date(2021, 1, 1)),
        ("令和3年1月1日", date(2021, 1, 1)),
        ("Ｒ３．１．１", date(2021, 1, 1)),
        ("1947-05-03", date(1947, 5, 3)),
        ("2199-12-31", date(2199, 12, 31)),
    ],
)
def test_the_day_asked_for(rf, typed, day):
    form = AsOfForm.of(rf.get("/", {"as_of": typed}))

    assert form.day == day
    assert not form.errors


@pytest.mark.parametrize("typed", ["", "   "])
def test_today_where_no_day_is_asked_for(rf, typed):
    form = AsOfForm.of(rf.get("/", {"as_of": typed}))

    assert form.day == timezone.localdate()
    assert not form.errors


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2021-02-30", "日付として読めません。例：2021-02-10、令和3年2月10日"),
        ("きのう", "日付として読めません。例：2021-02-10、令和3年2月10日"),
        ("1947-05-02", "昭和22年5月3日（1947-05-03）から2199-12-31までの日付を入れてください。"),
        ("2200-01-01", "昭和22年5月3日（1947-05-03）から2199-12-31までの日付を入れてください。"),
    ],
)
def test_today_and_a_message_where_the_day_is_wrong(rf, typed, message):
    form = AsOfForm.of(rf.get("/", {"as_of": typed}))

    assert form.day == timezone.localdate()
    assert form.errors == {"as_of": [message]}
    assert f'value="{typed}"' in render_crispy_form(form)
