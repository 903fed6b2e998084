"""Form fields for days."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from municipalities.models import WardTie
from portal.core.fields import JapaneseDateField, LastDayField


def test_an_era_date_is_taken():
    assert JapaneseDateField().clean("令和3年2月10日") == date(2021, 2, 10)


@pytest.mark.parametrize("typed", ["", "  ", None])
def test_nothing_typed_is_no_date(typed):
    assert JapaneseDateField(required=False).clean(typed) is None


def test_a_real_date_passes_through():
    assert JapaneseDateField().clean(date(2021, 2, 10)) == date(2021, 2, 10)


@pytest.mark.parametrize("typed", ["2021-02-30", "あした", "\x00"])
def test_what_is_no_date_is_explained(typed):
    with pytest.raises(ValidationError) as refused:
        JapaneseDateField().clean(typed)

    assert refused.value.messages == ["日付として読めません。例：2021-02-10、令和3年2月10日"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("平成29年12月26日（火）", date(2017, 12, 26)),
        ("平成２９年１２月２６日（火曜日）", date(2017, 12, 26)),
        ("2017/12/26 (火)", date(2017, 12, 26)),
        ("R1.5.1（水曜）", date(2019, 5, 1)),
        ("平成31年4月30日（火）", date(2019, 4, 30)),
        ("令和6年2月29日（木）", date(2024, 2, 29)),
        ("2020-12-31（木）", date(2020, 12, 31)),
    ],
)
def test_a_weekday_that_fits_is_taken(typed, day):
    assert JapaneseDateField().clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("平成29年12月26日（金）", "平成29年12月26日は火曜日です。"),
        ("2017-12-26 (金曜日)", "平成29年12月26日は火曜日です。"),
        ("平成31年5月1日（火）", "令和元年5月1日は水曜日です。"),
        ("令和6年2月29日（水）", "令和6年2月29日は木曜日です。"),
        ("令和2年12月31日（金）", "令和2年12月31日は木曜日です。"),
    ],
)
@pytest.mark.parametrize("field", [JapaneseDateField, LastDayField])
def test_a_weekday_that_does_not_fit_is_refused_with_the_right_one(field, typed, message):
    with pytest.raises(ValidationError) as refused:
        field().clean(typed)

    assert (refused.value.messages, refused.value.error_list[0].code) == ([message], "weekday")


def test_the_last_day_is_typed_inclusive_and_kept_exclusive():
    field = LastDayField()

    assert field.clean("2021-03-31") == date(2021, 4, 1)
    assert field.prepare_value(date(2021, 4, 1)) == date(2021, 3, 31)
    assert field.prepare_value("2021-03-31") == "2021-03-31"
    assert field.has_changed(date(2021, 4, 1), "2021-03-31") is False
    assert field.has_changed(date(2021, 4, 1), "2021-04-01") is True


def test_a_period_may_go_on():
    assert LastDayField(required=False).clean("") is None


def test_the_end_of_time_is_no_last_day():
    with pytest.raises(ValidationError):
        LastDayField().clean("9999-12-31")


def test_models_use_these_fields():
    fields = {name: WardTie._meta.get_field(name).formfield() for name in ("starts_on", "ends_on")}

    assert isinstance(fields["starts_on"], JapaneseDateField)
    assert isinstance(fields["ends_on"], LastDayField)
